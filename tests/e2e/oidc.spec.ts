// Signing in at a certified provider in a real browser: there and back, what groups decide, proving it once more over an open
// page, and sessions that end here and there. What an untruthful provider says is in crates/proxy/tests/it/oidc.

import type { Page } from "@playwright/test";

import { expectAccessible, expectNoDanglingIds } from "./support/looks";
import { ask, HOST_PIN, openRoom, pinAt, reveal, WANTED } from "./support/reveal";
import { startSingleSignOn, type SingleSignOn } from "./support/single_sign_on";
import { expect, test as base } from "./support/test";

const test = base.extend<object, { sso: SingleSignOn }>({
  sso: [
    async ({ demo }, use) => {
      const sso = await startSingleSignOn(demo.vendors);
      await use(sso);
      await sso.stop();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ sso }, use) => use(sso.console),
});

test.use({ account: null });

const BUTTON = { name: "Sign in with Example" };

async function atProvider(page: Page, account: string): Promise<void> {
  await page.getByLabel("Account").fill(account);
  await page.getByRole("button", { name: "Let me in" }).click();
}

async function signIn(page: Page, account: string, to = "/"): Promise<void> {
  await page.goto(to);
  await page.getByRole("link", BUTTON).click();
  await atProvider(page, account);
}

test("sign-in at the provider: back at the very place, with the role of the groups", async ({ page, context }) => {
  await page.goto("/sessions");
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await expect(page.getByLabel("User name")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", BUTTON).click();
  await expect(page).toHaveURL(/^http:\/\/localhost:\d+\/interaction\//);
  await atProvider(page, "dana");

  await expect(page).toHaveURL(/\/sessions$/);
  await expect(page.getByRole("button", { name: "Dana Fox, Help desk" })).toBeVisible();
  const own = page.getByRole("table", { name: "You" });
  await expect(own.getByText("this one")).toBeVisible();
  await expect(own.getByRole("cell", { name: "single sign-on" })).toBeVisible();
  await expect(page.getByRole("table", { name: "Other people" })).toHaveCount(0);
  await expectAccessible(page);
  await expectNoDanglingIds(page);
  const cookies = (await context.cookies()).filter(({ name }) => name.startsWith("__Host-roomkey"));
  expect(cookies.map(({ name, sameSite, httpOnly }) => [name, sameSite, httpOnly])).toEqual([["__Host-roomkey", "Strict", true]]);

  await page.reload();
  await expect(own.getByText("this one")).toBeVisible();
});

test("sign-in without a group that may, or given up: a sentence on the sign-in page", async ({ page }) => {
  await signIn(page, "carl");
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("none of your groups may use this console");
  await expect(alert).toContainText(/Request id [0-9a-f]{32}/);
  await expectAccessible(page);
  await page.context().clearCookies();

  await page.getByRole("link", BUTTON).click();
  await page.getByRole("button", { name: "Give up" }).click();
  await expect(alert).toContainText("given up, or refused there");
  await page.goto("/auth/oidc/callback?code=x&state=y");
  await expect(alert).toContainText("not begun in this browser");
});

test("a secret some time after signing in: proved once more in a window, and what was asked goes on", async ({ page, demo, watch }) => {
  watch.expect(400, /^\/api\/reveal$/);
  watch.expect(403, /^\/api\/reveal$/);
  await signIn(page, "dana");
  await expect(page.getByRole("button", { name: "Dana Fox, Help desk" })).toBeVisible();
  const before = (await page.context().cookies()).find(({ name }) => name === "__Host-roomkey")!.value;
  await openRoom(page);
  const late = async () => (await ask(page, { ...WANTED, pointer: "/topic" })).kind;
  await expect.poll(late, { timeout: 20_000 }).toBe("recent_sign_in_required");

  await reveal(page, HOST_PIN, "Ticket 4711");
  const again = page.getByRole("dialog", { name: "Sign in again" });
  await expect(again.getByText("Sign in once more.")).toBeVisible();
  await expect(again.getByLabel("Password")).toHaveCount(0);
  await expectAccessible(page);
  const opened = page.waitForEvent("popup");
  await again.getByRole("button", BUTTON).click();
  const window = await opened;
  await expect(window).toHaveURL(/^http:\/\/localhost:\d+\/interaction\//);
  await atProvider(window, "dana");

  await expect(again).toBeHidden();
  await expect(page.getByRole("dialog", { name: HOST_PIN }).getByText(await pinAt(demo.vendors), { exact: true })).toBeVisible();
  await expect.poll(() => window.isClosed()).toBe(true);
  const after = (await page.context().cookies()).find(({ name }) => name === "__Host-roomkey")!.value;
  expect(after).not.toBe(before);
});

test("signing out here signs out there, and signing out there ends the session here at once", async ({ page, context, sso, watch }) => {
  watch.expect(401, /^\/api\//);
  await signIn(page, "ada", "/sessions");
  await page.getByRole("button", { name: "Ada Boss, Administrator" }).click();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.getByRole("button", { name: "Sign out of everything" }).click();
  await expect(page).toHaveURL(`${sso.console}/sign-in`);
  await page.getByRole("link", BUTTON).click();
  await expect(page.getByLabel("Account"), "the provider has forgotten the person, too").toBeVisible();
  await atProvider(page, "ada");
  await expect(page.getByRole("button", { name: "Ada Boss, Administrator" })).toBeVisible();
  await page.goto("/sessions");
  await expect(page.getByText("this one")).toBeVisible();

  const other = await context.newPage();
  await other.goto(`${sso.provider}/session/end`);
  await other.getByRole("button", { name: "Sign out of everything" }).click();
  await expect(other.getByText("You are signed out.")).toBeVisible();
  const status = () => page.evaluate(async () => (await fetch("/api/sessions")).status);
  await expect.poll(status, { timeout: 1_000 }).toBe(401);
});

test("sessions: an administrator ends somebody else's, and signs out everywhere", async ({ page, browser, sso, watch }) => {
  watch.expect(401, /^\/api\//);
  const elsewhere = await browser.newContext({ baseURL: sso.console });
  const dana = await elsewhere.newPage();
  await signIn(dana, "dana", "/sessions");
  await expect(dana.getByText("this one")).toBeVisible();
  await signIn(page, "ada", "/sessions");
  const others = page.getByRole("table", { name: "Other people" });
  const row = others.getByRole("row").filter({ hasText: "Dana Fox [dana at " });
  await expect(row.first()).toBeVisible();
  const count = await row.count();
  expect(count).toBeGreaterThan(0);
  for (let left = count; left > 0; left -= 1) {
    await row.first().getByRole("button", { name: /^Sign out Dana Fox/ }).click();
    await expect(row).toHaveCount(left - 1);
  }
  expect(await dana.evaluate(async () => (await fetch("/api/sessions")).status)).toBe(401);
  await elsewhere.close();
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await page.goto("/sessions");
  await expect(page).toHaveURL(/\/sign-in\?to=/);
});

test.describe("when the provider has failed", () => {
  test("sign-in: a sentence says so, and the local accounts are still there", async ({ page, demo }) => {
    const failed = await startSingleSignOn(demo.vendors);
    await failed.stopProvider();
    await page.goto(`${failed.console}/bulk`);
    await page.getByRole("link", BUTTON).click();
    await expect(page.getByRole("alert")).toContainText("does not answer");
    await expect(page).toHaveURL(/to=%2Fbulk/);
    await expect(page.getByLabel("User name")).toBeVisible();
    await failed.stop();
  });
});
