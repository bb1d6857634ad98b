// The console inside a portal's page: a demo that allows two of the portal's origins, and how its frame is found. Must not
// stand in for an answer of ours.

import type { Frame, Page } from "@playwright/test";

import { startPortal, type Portal } from "../portal/server";
import { startDemo } from "./demo";
import { test as base } from "./test";

/** What a page of the portal shows. */
export interface How {
  /** The portal's page. */
  path?: string;
  place?: string;
  theme?: string;
  lang?: string;
  label?: string;
  class?: string;
}

interface ForTest {
  /** Opens a page of the portal and answers the frame in it. */
  shown: (origin: string, how?: How) => Promise<Frame>;
}

interface ForWorker {
  portal: Portal;
}

export const test = base.extend<ForTest, ForWorker>({
  // What works where browsers send no cookies across sites works where they do.
  launchOptions: [
    async ({ launchOptions }, use) => use({ ...launchOptions, args: [...(launchOptions.args ?? []), "--test-third-party-cookie-phaseout"] }),
    { scope: "worker", option: true },
  ],

  portal: [
    async ({}, use) => {
      const portal = await startPortal();
      await use(portal);
      await portal.stop();
    },
    { scope: "worker" },
  ],

  demo: [
    async ({ portal, demoArguments }, use) => {
      const demo = await startDemo("--embed", portal.sameSite, "--embed", portal.crossSite, ...demoArguments);
      portal.roomkey = demo.console;
      await use(demo);
      await demo.stop();
    },
    { scope: "worker" },
  ],

  shown: async ({ page, demo }, use) =>
    use(async (origin, how = {}) => {
      await page.goto(address(origin, how));
      let frame: Frame | undefined;
      while ((frame = inside(page, demo.console)) === undefined) await page.waitForEvent("framenavigated");
      return frame;
    }),
});

/** Address of a page of the portal. */
export function address(origin: string, { path = "/", ...how }: How): string {
  return `${origin}${path}?${new URLSearchParams(how as Record<string, string>)}`;
}

/** The frame that shows Roomkey. */
export function inside(page: Page, roomkey: string): Frame | undefined {
  return page.frames().find((frame) => frame !== page.mainFrame() && frame.url().startsWith(roomkey));
}

/** The frame as the portal sees it. */
export const iframe = (page: Page) => page.locator("roomkey-console iframe");

/** Changes an attribute of the element. */
export async function set(page: Page, name: string, value: string): Promise<void> {
  await page.locator("roomkey-console").evaluate((element, [name, value]) => element.setAttribute(name, value), [name, value]);
}

/** What the element has said to its page so far. */
export function said(page: Page): Promise<[string, Record<string, unknown>][]> {
  return page.evaluate(() => (window as unknown as { said: [string, Record<string, unknown>][] }).said);
}

/** Opens the sign-in window from inside the frame. */
export async function signInWindow(page: Page, frame: Frame): Promise<Page> {
  const [window] = await Promise.all([page.waitForEvent("popup"), frame.getByRole("button", { name: "Sign in" }).click()]);
  return window;
}
