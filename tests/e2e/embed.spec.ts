// The console inside a portal's page, of the same site and of another one, in the browser that enforces it all. Must not
// test what a place does: the other specs do, and it is the same here.

import type { Frame, Page } from "@playwright/test";

import { startDemo } from "./support/demo";
import { expectAccessible, expectNoSidewaysScroll } from "./support/looks";
import { expect, signIn, test as base } from "./support/test";
import { ROW, Workbench } from "./support/workbench";
import { startPortal, type Portal } from "./portal/server";

const test = base.extend<{ shown: (origin: string, how?: How) => Promise<Frame> }, { portal: Portal }>({
  portal: [
    async ({}, use) => {
      const portal = await startPortal();
      await use(portal);
      await portal.stop();
    },
    { scope: "worker" },
  ],

  demo: [
    async ({ portal }, use) => {
      const demo = await startDemo("--embed", portal.sameSite, "--embed", portal.crossSite);
      portal.roomkey = demo.console;
      await use(demo);
      await demo.stop();
    },
    { scope: "worker" },
  ],

  shown: async ({ page, demo }, use) =>
    use(async (origin, how = {}) => {
      await page.goto(address(origin, how));
      await expect.poll(() => inside(page, demo.console)).toBeTruthy();
      return inside(page, demo.console)!;
    }),
});

interface How {
  path?: string;
  place?: string;
  theme?: string;
  lang?: string;
  label?: string;
  class?: string;
}

function address(origin: string, { path = "/", ...how }: How): string {
  return `${origin}${path}?${new URLSearchParams(how as Record<string, string>)}`;
}

/** The frame that shows Roomkey. */
function inside(page: Page, roomkey: string): Frame | undefined {
  return page.frames().find((frame) => frame !== page.mainFrame() && frame.url().startsWith(roomkey));
}

/** What the element has said to its page so far. */
function said(page: Page): Promise<[string, Record<string, unknown>][]> {
  return page.evaluate(() => (window as unknown as { said: [string, Record<string, unknown>][] }).said);
}

/** Opens the sign-in window from inside the frame. */
async function signInWindow(page: Page, frame: Frame): Promise<Page> {
  const [window] = await Promise.all([page.waitForEvent("popup"), frame.getByRole("button", { name: "Sign in" }).click()]);
  return window;
}

const iframe = (page: Page) => page.locator("roomkey-console iframe");

test("portal of the same site: the place without navigation, with who is signed in and the way out", async ({ page, portal, shown, demo }) => {
  const frame = await shown(portal.sameSite, { place: "zoom/groups", label: "Meeting groups" });
  await expect(frame.getByRole("heading", { level: 1, name: "Groups" })).toBeVisible();
  await expect(frame.getByRole("table", { name: "Groups" }).getByRole("link").first()).toBeVisible();
  await expect(frame.getByRole("navigation")).toHaveCount(0);
  await expect(frame.getByRole("banner")).toHaveCount(0);
  await expect(frame.getByText("admin · Administrator")).toBeVisible();
  await expect(iframe(page)).toHaveAttribute("title", "Meeting groups");
  const [tab] = await Promise.all([page.waitForEvent("popup"), frame.getByRole("link", { name: "Open in Roomkey (new tab)" }).click()]);
  await expect(tab).toHaveURL(`${demo.console}/zoom/groups`);
  await expect(tab.getByRole("navigation", { name: "Places" })).toBeVisible();
});

test("links in the frame: stay inside, with title and focus, and the portal is told where one is", async ({ page, portal, shown, demo }) => {
  const frame = await shown(portal.sameSite, { place: "/zoom/groups" });
  await frame.getByRole("link", { name: "Clinical staff" }).click();
  const heading = frame.getByRole("heading", { level: 1, name: "Clinical staff" });
  await expect(heading).toBeVisible();
  await expect(heading).toBeFocused();
  expect(await frame.title()).toBe("Clinical staff · Roomkey");
  expect(frame.url()).toMatch(new RegExp(`^${demo.console}/embed/zoom/groups/`));
  const place = new URL(frame.url()).pathname.replace(/^\/embed/, "");
  await expect.poll(() => said(page)).toEqual([
    ["ready", { place: "/zoom/groups" }],
    ["navigate", { place }],
  ]);
  await frame.evaluate(() => history.back());
  await expect(frame.getByRole("heading", { level: 1, name: "Groups" })).toBeVisible();
  expect(page.url()).toContain(portal.sameSite);
});

test("desk in the frame: the start place", async ({ portal, shown }) => {
  const frame = await shown(portal.sameSite, { place: "desk" });
  await expect(frame.getByRole("heading", { level: 1 })).toBeVisible();
  expect(new URL(frame.url()).pathname).toMatch(/^\/embed\//);
});

test("attribute place: leads on inside, and asks first when something would be lost", async ({ page, portal, shown, demo }) => {
  const bench = new Workbench(page, demo.groups);
  const frame = await shown(portal.sameSite, { place: bench.path() });
  const rows = new Workbench(frame as unknown as Page, demo.groups);
  await rows.switch(ROW.waitingRoom).check();
  const go = (place: string) => page.locator("roomkey-console").evaluate((element, to) => element.setAttribute("place", to), place);
  await go("zoom/users");
  const dialog = frame.getByRole("dialog", { name: "Leave this page?" });
  await expect(dialog).toBeInViewport();
  await dialog.getByRole("button", { name: "Leave without applying" }).click();
  await expect(frame.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
  await go("//elsewhere.example/x");
  await go("sign-out");
  await go("zoom/groups");
  await expect(frame.getByRole("heading", { level: 1, name: "Groups" })).toBeVisible();
  await expect(frame.getByText("admin · Administrator")).toBeVisible();
});

test("a write in the frame: is carried out, and the portal is told", async ({ page, portal, shown, demo, sandbox }) => {
  const frame = await shown(portal.sameSite, { place: new Workbench(page, demo.groups).path() });
  const bench = new Workbench(frame as unknown as Page, demo.groups);
  await bench.switch(ROW.waitingRoom).check();
  await bench.apply();
  await expect(bench.bar).toContainText("Applied 1 change");
  expect((await sandbox.writes()).map(({ body }) => body)).toEqual([{ meeting_security: { waiting_room: true } }]);
  const place = new Workbench(page, demo.groups).path();
  await expect.poll(() => said(page)).toContainEqual(["changed", { place }]);
});

test("frame grows with what is shown, up to what the portal allows", async ({ page, portal, shown }) => {
  const frame = await shown(portal.sameSite, { place: "zoom/divisions" });
  await expect(frame.getByRole("heading", { level: 1, name: "Divisions" })).toBeVisible();
  const height = async () => (await iframe(page).boundingBox())!.height;
  const content = () => frame.evaluate(() => Math.ceil(document.body.getBoundingClientRect().height));
  await expect.poll(async () => (await height()) === (await content())).toBe(true);
  const small = await height();
  expect(await frame.evaluate(() => document.documentElement.scrollHeight <= innerHeight)).toBe(true);

  await page.locator("roomkey-console").evaluate((element) => element.setAttribute("place", "zoom/users"));
  await expect(frame.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
  await expect.poll(height, "four fifths of the window, and no higher").toBe(720);
  await page.locator("roomkey-console").evaluate((element) => element.classList.add("limited"));
  await expect.poll(height).toBe(500);
  await page.locator("roomkey-console").evaluate((element) => element.setAttribute("place", "zoom/divisions"));
  await expect(frame.getByRole("heading", { level: 1, name: "Divisions" })).toBeVisible();
  await expect.poll(height, "and shrinks again").toBe(small);
});

test("attribute theme: light, dark and as on this device", async ({ page, portal, shown }) => {
  await page.emulateMedia({ colorScheme: "light" });
  const frame = await shown(portal.sameSite, { place: "zoom/groups", theme: "dark" });
  await expect(frame.getByRole("heading", { level: 1, name: "Groups" })).toBeVisible();
  const ground = () => frame.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await ground();
  const theme = (name: string) => page.locator("roomkey-console").evaluate((element, to) => element.setAttribute("theme", to), name);
  await theme("light");
  await expect.poll(ground).not.toBe(dark);
  const light = await ground();
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await ground()).toBe(light);
  await theme("auto");
  await expect.poll(ground).toBe(dark);
});

test("attribute lang: every request asks for it, and another one loads the page again", async ({ page, portal, shown, demo }) => {
  const languages = new Set<string>();
  page.on("request", async (request) => {
    if (request.url().startsWith(`${demo.console}/api/`)) languages.add((await request.allHeaders())["accept-language"]);
  });
  const frame = await shown(portal.sameSite, { place: "zoom/groups", lang: "de" });
  await frame.getByRole("link", { name: "Clinical staff" }).waitFor();
  expect([...languages]).toEqual(["de"]);
  await page.locator("roomkey-console").evaluate((element) => element.setAttribute("lang", "en-GB"));
  await expect.poll(() => [...languages]).toEqual(["de", "en-GB"]);
  await frame.getByRole("link", { name: "Clinical staff" }).waitFor();
});

test("look of the portal: accent, font, corners and density are taken over, in both themes", async ({ page, portal, shown }) => {
  const frame = await shown(portal.sameSite, { place: "zoom/groups", theme: "light", class: "branded" });
  const link = frame.getByRole("link", { name: "Clinical staff" });
  const colour = () => link.evaluate((element) => getComputedStyle(element).color);
  await expect.poll(colour).toBe("rgb(102, 51, 153)");
  const root = (name: string) => frame.evaluate((property) => getComputedStyle(document.documentElement).getPropertyValue(property), name);
  expect(await frame.evaluate(() => getComputedStyle(document.body).fontFamily)).toBe('"DejaVu Serif", serif');
  expect([await root("--rk-radius"), await root("--rk-control")]).toEqual(["8px", "40px"]);
  await page.locator("roomkey-console").evaluate((element) => element.setAttribute("theme", "dark"));
  await expect.poll(colour).toBe("rgb(255, 212, 0)");
  await expectAccessible(page);
});

test("look that cannot be read or is no look: refused, and the rest is taken", async ({ page, portal, shown }) => {
  const warned = page.waitForEvent("console", (message) => message.type() === "warning" && message.text().includes("roomkey-console"));
  const frame = await shown(portal.sameSite, { place: "zoom/groups", theme: "light", class: "unreadable" });
  await frame.getByRole("link", { name: "Clinical staff" }).waitFor();
  expect((await warned).text()).toContain("accent-light, font");
  const root = (name: string) => frame.evaluate((property) => getComputedStyle(document.documentElement).getPropertyValue(property).trim(), name);
  expect([await root("--rk-accent-light"), await root("--rk-radius")]).toEqual(["#0b6478", "6px"]);
  expect(await root("--rk-font")).toContain("system-ui");
});

for (const { name, signedIn } of [
  { name: "signed in at Roomkey already: one click", signedIn: true },
  { name: "not signed in: in a window of Roomkey", signedIn: false },
]) {
  test.describe(name, () => {
    test.use({ account: signedIn ? "admin" : null });

    test(`portal of another site, ${name}`, async ({ page, context, portal, shown, demo }) => {
      const frame = await shown(portal.crossSite, { place: "zoom/groups" });
      await expect(frame.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
      await expect(frame.getByLabel("Password")).toHaveCount(0);
      await expect.poll(() => said(page)).toEqual([
        ["ready", { place: "/zoom/groups" }],
        ["sign-in", { needed: true }],
      ]);
      await expectAccessible(page);
      const window = await signInWindow(page, frame);
      const closed = window.waitForEvent("close");
      if (!signedIn) {
        expect(window.url()).toMatch(new RegExp(`^${demo.console}/sign-in/window\\?challenge=`));
        await expectAccessible(window);
        await signIn(window, "admin");
      }
      await closed;
      await expect(frame.getByRole("link", { name: "Clinical staff" })).toBeVisible();
      await expect.poll(() => said(page)).toContainEqual(["sign-in", { needed: false }]);
      const own = (await context.cookies()).find((cookie) => cookie.name === "__Host-roomkey-embed");
      const kept = { httpOnly: true, secure: true, sameSite: "None", path: "/", expires: -1, partitionKey: "http://localhost" };
      expect(own).toMatchObject(kept);
      await page.reload();
      await expect.poll(() => inside(page, demo.console)?.getByRole("link", { name: "Clinical staff" }).isVisible()).toBe(true);
    });
  });
}

test.describe("session of a frame", () => {
  test.use({ fresh: true });

  test("session that ends in the frame: signing in again in place, and the change is applied", async ({ page, context, portal, shown, demo, sandbox, watch }) => {
    watch.expect(401, /^\/api\/zoom\/groups\/[^/]+\/settings$/);
    const frame = await shown(portal.crossSite, { place: new Workbench(page, demo.groups).path() });
    const closed = (await signInWindow(page, frame)).waitForEvent("close");
    await closed;
    const bench = new Workbench(frame as unknown as Page, demo.groups);
    await bench.text(ROW.needNotWait).fill("guests.example.org");
    await bench.switch(ROW.waitingRoom).check();

    // Signing out at Roomkey itself ends the session of the frame.
    const tab = await context.newPage();
    await tab.goto(`${demo.console}/zoom/groups`);
    await tab.getByRole("button", { name: "admin, Administrator" }).click();
    await tab.getByRole("button", { name: "Sign out" }).click();
    await expect(tab.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
    await tab.close();

    await bench.apply();
    const dialog = frame.getByRole("dialog", { name: "Sign in again" });
    await expect(dialog).toContainText("nothing you typed is lost");
    await expect(dialog).toBeInViewport();
    expect(await sandbox.writes()).toEqual([]);
    await signIn(await signInWindow(page, frame), "admin");
    await expect(dialog).toBeHidden();
    await expect(bench.bar).toContainText("Applied 2 changes");
    const waiting = { waiting_room: true, waiting_room_settings: { whitelisted_domains_for_waiting_room: "guests.example.org" } };
    expect((await sandbox.writes()).map(({ body }) => body)).toEqual([{ meeting_security: waiting }]);
  });
});

test("places in the frame at 320 px and in axe's eyes: nothing scrolls sideways, nothing is found", async ({ page, portal, shown, demo }) => {
  test.setTimeout(180_000);
  for (const place of ["zoom/groups", "zoom/users", new Workbench(page, demo.groups).path(), "bulk", "connections"]) {
    await page.setViewportSize({ width: 1024, height: 800 });
    const frame = await shown(portal.sameSite, { place });
    await frame.getByRole("heading", { level: 1 }).waitFor();
    await frame.getByText("admin · Administrator").waitFor();
    await expectAccessible(page);
    await page.setViewportSize({ width: 352, height: 800 });
    await expectNoSidewaysScroll(frame as unknown as Page);
  }
});

test("portal that isolates itself: may show the console, too", async ({ portal, shown }) => {
  const frame = await shown(portal.sameSite, { path: "/isolated", place: "zoom/groups" });
  await expect(frame.getByRole("link", { name: "Clinical staff" })).toBeVisible();
});

// Each in a browser of its own, since what a browser refuses, it writes to its console.
test.describe("harm", () => {
  test("origin that is not on the list: the frame is refused, nothing is shown and nothing asked", async ({ browser, portal, demo, session, sandbox }) => {
    const context = await browser.newContext({ storageState: await session("admin", false) });
    const page = await context.newPage();
    const asked: string[] = [];
    page.on("request", (request) => {
      if (request.url().startsWith(demo.console)) asked.push(new URL(request.url()).pathname);
    });
    const refused = page.waitForEvent("console", (message) => message.text().includes("frame-ancestors"));
    await page.goto(address(portal.forbidden, { place: "zoom/groups" }));
    await refused;
    const frame = page.frames()[1];
    expect(await frame.evaluate(() => document.body.textContent)).not.toContain("Groups");
    expect(asked).toEqual(["/embed.js", "/embed/zoom/groups"]);
    expect(await said(page)).toEqual([]);
    expect(await sandbox.ledger()).toEqual([]);
    await context.close();
  });

  test("clickjacking: no document of ours can be framed that is not made for it, nor that one by others", async ({ browser, portal, demo, session, sandbox }) => {
    const context = await browser.newContext({ storageState: await session("admin", false) });
    const page = await context.newPage();
    const framed = [
      // An origin that may frame /embed may frame nothing else.
      ...["/zoom/groups", "/", "/sign-in", "/sign-in/window?challenge=x"].map((path) => [portal.sameSite, path]),
      ...["/zoom/groups", "/embed/zoom/groups", "/embed/desk"].map((path) => [portal.forbidden, path]),
    ];
    for (const [origin, path] of framed) {
      const refused = page.waitForEvent("console", (message) => message.text().includes("frame-ancestors"));
      await page.goto(`${origin}/harm?${new URLSearchParams({ frame: `${demo.console}${path}` })}`);
      await refused;
      await page.mouse.click(300, 300);
      expect(page.frames()[1].url(), path).toBe("chrome-error://chromewebdata/");
    }
    expect(await sandbox.ledger()).toEqual([]);
    await context.close();
  });

  test("forged forms and requests from a portal in which somebody is signed in: nothing is carried out", async ({ browser, portal, demo, session, sandbox }) => {
    const context = await browser.newContext({ storageState: await session("admin", true) });
    const page = await context.newPage();
    for (const origin of [portal.forbidden, portal.crossSite, portal.sameSite]) {
      await page.goto(address(origin, { place: "zoom/groups" }));
      if (origin === portal.crossSite) {
        await expect.poll(() => inside(page, demo.console)).toBeTruthy();
        const frame = inside(page, demo.console)!;
        await (await signInWindow(page, frame)).waitForEvent("close");
        await frame.getByRole("link", { name: "Clinical staff" }).waitFor();
      }
      await page.goto(`${origin}/harm?frame=about:blank`);
      await sandbox.reset();
      const group = `${demo.console}/api/zoom/groups/${demo.groups.get("Clinical staff")}`;
      const outcomes = await page.evaluate(
        async ([group, roomkey]) => {
          const attempt = (url: string, init: RequestInit) =>
            fetch(url, { credentials: "include", ...init }).then(
              (answer) => `${answer.type} ${answer.status}`,
              () => "failed",
            );
          const body = JSON.stringify({ meeting_security: { waiting_room: true } });
          const simple = { method: "POST", mode: "no-cors" as const, headers: { "Content-Type": "text/plain" } };
          const headers = { "Content-Type": "application/json", "X-Requested-With": "roomkey", "X-Roomkey-Embed": "1" };
          const outcomes = [
            await attempt(`${group}/settings`, { ...simple, body }),
            await attempt(`${group}/settings`, { method: "PATCH", headers, body }),
            await attempt(group, { method: "DELETE", headers }),
            await attempt(group, { headers }),
            await attempt(`${roomkey}/auth/embed-code`, { ...simple, body: "{}" }),
            await attempt(`${roomkey}/auth/embed-code`, { method: "POST", headers, body: "{}" }),
          ];
          for (const [enctype, name] of [
            ["text/plain", '{"username":"admin","x":"'],
            ["application/x-www-form-urlencoded", "a"],
            ["multipart/form-data", "file"],
          ]) {
            const form = document.createElement("form");
            Object.assign(form, { method: "post", enctype, action: `${group}/settings`, target: "sink" });
            const field = document.createElement("input");
            Object.assign(field, { name, value: '"}' });
            form.append(field);
            document.body.append(form);
            const loaded = new Promise((resolve) => document.querySelector("[name=sink]")!.addEventListener("load", resolve, { once: true }));
            form.submit();
            await loaded;
          }
          return outcomes;
        },
        [group, demo.console],
      );
      expect(outcomes.filter((outcome) => !["failed", "opaque 0"].includes(outcome)), origin).toEqual([]);
      // Reading across origins is the browser's to refuse, and what it let through was not carried out.
      expect(await sandbox.writes(), origin).toEqual([]);
      expect(await sandbox.ledger(), origin).toEqual([]);
    }
    await context.close();
  });

  test("sign-in window opened by a stranger: the code goes nowhere", async ({ browser, portal, demo, session }) => {
    const context = await browser.newContext({ storageState: await session("admin", true) });
    const page = await context.newPage();
    await page.goto(`${portal.forbidden}/harm?frame=about:blank`);
    const challenge = "A".repeat(43);
    const [window] = await Promise.all([
      page.waitForEvent("popup"),
      page.evaluate(([url]) => void open(url), [`${demo.console}/sign-in/window?challenge=${challenge}`]),
    ]);
    await window.waitForEvent("close");
    expect(await page.evaluate(() => (globalThis as unknown as { heard: unknown[] }).heard)).toEqual([]);
    await context.close();
  });

  test("messages of others than the portal's page itself: not listened to", async ({ page, portal, shown }) => {
    const frame = await shown(portal.sameSite, { place: "zoom/groups" });
    await frame.getByRole("link", { name: "Clinical staff" }).waitFor();
    // The same origin, but another window: a frame beside it.
    await page.evaluate(() => {
      const beside = document.createElement("iframe");
      document.body.append(beside);
      const target = document.querySelector("roomkey-console")!.shadowRoot!.querySelector("iframe")!.contentWindow;
      (beside.contentWindow as Window & { target?: unknown }).target = target;
    });
    await page.frames().at(-1)!.evaluate(() => {
      const { target } = globalThis as unknown as { target: Window };
      target.postMessage({ roomkey: "look", theme: "dark", tokens: {} }, "*");
      target.postMessage({ roomkey: "go", place: "/bulk" }, "*");
    });
    // The page itself is listened to, after what was said before.
    await page.locator("roomkey-console").evaluate((element) => element.setAttribute("place", "zoom/users"));
    await expect(frame.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
    expect((await said(page)).map(([, detail]) => detail.place)).toEqual(["/zoom/groups", "/zoom/users"]);
    expect(await frame.evaluate(() => document.documentElement.dataset.theme)).toBe("system");
  });
});
