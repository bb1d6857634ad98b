// Showing a secret as a person asks for it: why, once, large, and gone by itself; the password again when it was given too
// long ago; who may not. The rules of the server are in `crates/proxy/tests/it/reveal.rs`.

import type { Page } from "@playwright/test";

import { expectAccessible, expectNoDanglingIds } from "./support/looks";
import { expect, PASSWORD, signIn, test } from "./support/test";

const PERSON = "admin2@example.com";
const ROOM = "/webex/v1/meetingPreferences/personalMeetingRoom?userEmail=admin2%40example.com";
const HOST_PIN = "Reveal: Host PIN";

/** The PIN that the vendor holds, asked as any client would. */
async function pinAt(vendors: string): Promise<string> {
  const answer = await fetch(`${vendors}${ROOM}`, { headers: { authorization: "Bearer demo-webex-token" } });
  return ((await answer.json()) as { hostPin: string }).hostPin;
}

async function openRoom(page: Page): Promise<void> {
  await page.goto(`/webex/rooms/${encodeURIComponent(PERSON)}`);
  await page.getByRole("textbox", { name: "Host PIN", exact: true }).waitFor();
}

async function reveal(page: Page, name: string, reason: string): Promise<void> {
  await page.getByRole("button", { name }).click();
  const dialog = page.getByRole("dialog", { name });
  await dialog.getByLabel("Why you need to see it").fill(reason);
  await dialog.getByRole("button", { name: "Reveal", exact: true }).click();
}

/** What the browser keeps of a page. */
async function kept(page: Page): Promise<string> {
  return page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.title, location.href, history.state]));
}

/** Asks the server as the console would. */
async function ask(page: Page, body: unknown): Promise<{ status: number; kind: string }> {
  return page.evaluate(async (body) => {
    const headers = { "X-Requested-With": "roomkey", "Content-Type": "application/json" };
    const answer = await fetch("/api/reveal", { method: "POST", headers, body: JSON.stringify(body) });
    return { status: answer.status, kind: ((await answer.json()) as { kind?: string }).kind ?? "" };
  }, body);
}

const WANTED = { operation: "webex.room.get", params: { userEmail: PERSON }, pointer: "/hostPin", reason: "Ticket 1" };

test.describe("as the help desk", () => {
  // Signing in again ends a session: this one is the test's own.
  test.use({ account: null });

  test("PIN of a room: asked why, shown large, copied, and hidden by itself", async ({ page, context, demo }) => {
    await page.goto("/sign-in");
    await signIn(page, "helpdesk");
    await page.getByRole("button", { name: /^helpdesk, / }).waitFor();
    await page.clock.install();
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await openRoom(page);
    await page.getByRole("button", { name: HOST_PIN }).click();
    const dialog = page.getByRole("dialog", { name: HOST_PIN });
    await dialog.getByRole("button", { name: "Reveal", exact: true }).click();
    const reason = dialog.getByLabel("Why you need to see it");
    await expect(reason).toBeFocused();
    await expect(reason).toHaveAccessibleDescription("Say why: a ticket, or a sentence.");
    await expectAccessible(page);
    await reason.fill("Ticket 4711");
    await reason.press("Enter");

    const pin = await pinAt(demo.vendors);
    const value = dialog.getByRole("status").filter({ hasText: pin });
    await expect(value).toHaveText(pin);
    await expect(value).toBeFocused();
    await expect(dialog.getByText(/^Hides in \d+ seconds\.$/)).toBeVisible();
    await dialog.getByRole("button", { name: "Copy" }).click();
    await expect(dialog.getByText("Copied.")).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(pin);
    expect(await kept(page)).not.toContain(pin);
    await expectAccessible(page);
    await expectNoDanglingIds(page);

    await page.clock.fastForward(29_000);
    await expect(dialog.getByText(/^Hides in [01] seconds?\.$/)).toBeVisible();
    await page.clock.fastForward(2_000);
    await expect(dialog).toBeHidden();
    await expect(page.getByText(pin, { exact: true })).toHaveCount(0);
    await expect(page.getByRole("button", { name: HOST_PIN })).toBeFocused();
  });
});

test("token of a person: shown from the result of the action, with the parameters that it was asked with", async ({ page, sandbox }) => {
  await page.goto("/zoom/users");
  await page.getByRole("table", { name: "Users" }).getByRole("link").first().click();
  await page.getByRole("link", { name: "Access" }).click();
  await page.getByRole("button", { name: /token/i }).first().waitFor();
  const since = await sandbox.now();
  await page.getByRole("button", { name: "Read a token" }).click();
  const dialog = page.getByRole("dialog").first();
  await dialog.getByRole("button", { name: "Read a token" }).click();
  await expect(dialog.getByText("set", { exact: true })).toBeVisible();
  await reveal(page, "Reveal: Token", "Ticket 4711");
  const shown = page.getByRole("dialog", { name: "Reveal: Token" });
  await expect(shown.getByText(/^Hides in /)).toBeVisible();
  await shown.getByRole("button", { name: "Hide" }).click();
  await expect(shown).toBeHidden();
  const asked = (await sandbox.ledger(since)).filter((line) => line.path.endsWith("/token"));
  expect(asked).toHaveLength(2);
  expect(asked[1]?.query).toBe(asked[0]?.query);
});

test.describe("as the auditor", () => {
  test.use({ account: "auditor" });

  test("no button, and a direct request is refused", async ({ page, watch }) => {
    watch.expect(403, /^\/api\/reveal$/);
    await openRoom(page);
    await expect(page.getByText("set", { exact: true }).first()).toBeVisible();
    await expect(page.getByRole("button", { name: /^Reveal/ })).toHaveCount(0);
    expect(await ask(page, WANTED)).toEqual({ status: 403, kind: "forbidden" });
  });
});

test.describe("some time after signing in", () => {
  test.use({ account: null, demoArguments: ["--proof-seconds", "5"] });

  test("the password is asked for in place, and what was asked goes on; or it is given up", async ({ page, demo, watch }) => {
    watch.expect(400, /^\/api\/reveal$/);
    watch.expect(403, /^\/api\/reveal$/);
    await page.goto("/sign-in");
    await signIn(page, "helpdesk");
    await page.getByRole("button", { name: /^helpdesk, / }).waitFor();
    await openRoom(page);
    // Refused as no secret while the password counts as given lately, and for want of it from then on.
    const late = async () => (await ask(page, { ...WANTED, pointer: "/topic" })).kind;
    await expect.poll(late, { timeout: 20_000 }).toBe("recent_sign_in_required");

    await reveal(page, HOST_PIN, "Ticket 4711");
    const again = page.getByRole("dialog", { name: "Sign in again" });
    await expect(again.getByText("Give yours once more.")).toBeVisible();
    await expect(again.getByLabel("User name")).toHaveValue("helpdesk");
    await expectAccessible(page);
    await again.getByRole("button", { name: "Cancel" }).click();
    await expect(again).toBeHidden();
    const dialog = page.getByRole("dialog", { name: HOST_PIN });
    await expect(dialog.getByRole("alert")).toContainText("Secrets are shown only to somebody");
    await expect(dialog.getByLabel("Why you need to see it")).toHaveValue("Ticket 4711");

    await dialog.getByRole("button", { name: "Reveal", exact: true }).click();
    await again.getByLabel("Password").fill(PASSWORD);
    await again.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(dialog.getByText(await pinAt(demo.vendors), { exact: true })).toBeVisible();
  });
});
