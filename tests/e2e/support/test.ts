// The `test` of every spec: a demo for each worker, a fresh sandbox, a signed-in person and a watched console for each
// test. Must not hold what only one spec needs.

import { test as base, expect, type Browser, type BrowserContextOptions, type Page } from "@playwright/test";

import { PASSWORD, startDemo, type Demo } from "./demo";
import { Sandbox } from "./sandbox";
import { Watch } from "./watch";
import { Workbench } from "./workbench";

/** The accounts of a demo; none for nobody. */
export type Account = "admin" | "auditor" | "helpdesk" | null;

interface ForTest {
  /** Who is signed in when the test begins. */
  account: Account;
  /** Whether that person has just signed in, for what wants that. Such a session is the test's own. */
  fresh: boolean;
  sandbox: Sandbox;
  watch: Watch;
  workbench: Workbench;
}

interface ForWorker {
  /** More arguments for the demo. */
  demoArguments: string[];
  demo: Demo;
  /** Signs an account in once, or anew, and answers its cookies from then on. */
  session: (account: Exclude<Account, null>, fresh: boolean) => Promise<BrowserContextOptions["storageState"]>;
}

export const test = base.extend<ForTest, ForWorker>({
  demoArguments: [[], { option: true, scope: "worker" }],

  demo: [
    async ({ demoArguments }, use) => {
      const demo = await startDemo(...demoArguments);
      await use(demo);
      await demo.stop();
    },
    { scope: "worker" },
  ],

  session: [
    async ({ browser, demo }, use) => {
      const known = new Map<string, BrowserContextOptions["storageState"]>();
      await use(async (account, fresh) => {
        if (fresh) return begin(browser, demo, account);
        if (!known.has(account)) known.set(account, await begin(browser, demo, account));
        return known.get(account);
      });
    },
    { scope: "worker" },
  ],

  account: ["admin", { option: true }],

  fresh: [false, { option: true }],

  baseURL: async ({ demo }, use) => use(demo.console),

  storageState: async ({ account, fresh, session }, use) => use(account === null ? undefined : await session(account, fresh)),

  sandbox: [
    async ({ demo, storageState }, use) => {
      // Signing in came first, so that nothing of it is left in the ledger.
      void storageState;
      await demo.sandbox.reset();
      await use(demo.sandbox);
    },
    { auto: true },
  ],

  watch: [
    async ({ context }, use) => {
      const watch = new Watch();
      context.on("page", (page) => watch.follow(page));
      await use(watch);
      watch.check();
    },
    { auto: true },
  ],

  workbench: async ({ page, demo }, use) => use(new Workbench(page, demo.groups)),
});

/** Fills the sign-in form, on its page or in its dialog, and sends it. */
export async function signIn(page: Page, name: string, password = PASSWORD): Promise<void> {
  await page.getByLabel("User name").fill(name);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function begin(browser: Browser, demo: Demo, account: string): Promise<BrowserContextOptions["storageState"]> {
  // Whatever the test that follows reads.
  const page = await browser.newPage({ baseURL: demo.console, storageState: undefined, locale: "en-GB" });
  await page.goto("/sign-in");
  await signIn(page, account);
  await expect(page.getByRole("button", { name: new RegExp(`^${account}, `) })).toBeVisible();
  // What the start page reads must not reach the ledger of the test that follows.
  await page.waitForLoadState("networkidle");
  const state = await page.context().storageState();
  await page.close();
  return state;
}

export { expect, PASSWORD };
