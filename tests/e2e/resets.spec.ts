// Resetting a PIN, a key or a passcode from the places where they are: made up or chosen, shown once, handed over, hidden;
// and what is said when the vendor refuses, does not answer, or takes it and does not do it. Who may set which leaf is in
// `tests/http/role_fields.rs`.

import type { Locator, Page } from "@playwright/test";

import { expectAccessible, expectNoDanglingIds, expectNoSidewaysScroll } from "./support/looks";
import { pinAt } from "./support/reveal";
import { type Sandbox } from "./support/sandbox";
import { expect, test } from "./support/test";

const ROOM = "/webex/rooms/admin2%40example.com";
const PUT_ROOM = /^\/api\/webex\/meetingPreferences\/personalMeetingRoom$/;
const DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

function dialog(page: Page): Locator {
  return page.getByRole("dialog").filter({ visible: true });
}

/** Where the new value stands. */
function shown(page: Page): Locator {
  return dialog(page).locator("output");
}

/** Opens the dialog of a person's room. */
async function askForPin(page: Page): Promise<void> {
  await page.goto(ROOM);
  await page.getByRole("heading", { level: 1, name: "Admin Two" }).waitFor();
  await page.getByRole("button", { name: "Reset PIN" }).click();
  await expect(page.getByRole("dialog", { name: "New host PIN for Admin Two" })).toBeVisible();
}

async function generate(page: Page): Promise<void> {
  await dialog(page).getByRole("button", { name: "Generate", exact: true }).click();
}

/** PINs that were put into the room. */
async function pins(sandbox: Sandbox): Promise<string[]> {
  return (await sandbox.writes()).map(({ body }) => (body as { hostPin: string }).hostPin);
}

/** What the browser keeps of a page. */
async function kept(page: Page): Promise<string> {
  return page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.title, location.href, history.state]));
}

test.describe("as the help desk", () => {
  test.use({ account: "helpdesk" });

  test("PIN of a room: made up with two keys, set alone, shown large and in words, copied, and hidden by itself", async ({ page, context, demo, sandbox }) => {
    await page.clock.install();
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.goto(ROOM);
    await page.getByRole("heading", { level: 1, name: "Admin Two" }).waitFor();
    await page.getByRole("button", { name: "Reset PIN" }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog", { name: "New host PIN for Admin Two" })).toContainText("Webex personal room. Works now.");
    await expect(dialog(page)).toContainText("Generate makes up 4 digits");
    await expect(dialog(page).getByRole("button", { name: "Generate" })).toBeFocused();
    await expectAccessible(page);
    await page.keyboard.press("Enter");

    await expect(shown(page)).toHaveText(/^\d{4}$/);
    await expect(shown(page)).toBeFocused();
    const pin = await shown(page).innerText();
    expect(await pinAt(demo.vendors)).toBe(pin);
    await expect(dialog(page)).toContainText([...pin].map((digit) => DIGITS[Number(digit)]).join(" · "));
    await expect(dialog(page)).toContainText(/Shown once; it hides in \d+ seconds\./);
    const recorded = await dialog(page).getByText(/^Recorded as request /).innerText();
    expect(recorded).toMatch(/ [0-9a-f-]{8,}$/);
    await dialog(page).getByRole("button", { name: "Copy" }).click();
    await expect(dialog(page).getByText("Copied.")).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(pin);
    expect(await kept(page)).not.toContain(pin);
    await expectAccessible(page);
    await expectNoDanglingIds(page);
    await page.setViewportSize({ width: 320, height: 800 });
    await expectNoSidewaysScroll(page);

    // The vendor takes whole rooms only: everything else in it is as it was.
    const [write] = await sandbox.writes();
    expect(write).toMatchObject({ method: "PUT", query: "userEmail=admin2%40example.com" });
    expect(Object.keys(write?.body as object)).toContain("coHosts");

    await page.clock.fastForward(10_000);
    await expect(dialog(page)).toContainText(/it hides in \d+ seconds?\./);
    await page.clock.fastForward(20_000);
    await expect(dialog(page)).toBeHidden();
    await expect(page.getByText(pin, { exact: true })).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Reset PIN" })).toBeFocused();
  });

  test("PIN of a room: a chosen one is checked while it is typed, and a weak one is not sent", async ({ page, demo, sandbox }) => {
    await askForPin(page);
    await dialog(page).getByRole("button", { name: "Choose one" }).click();
    const field = dialog(page).getByRole("textbox", { name: "Host PIN" });
    await expect(field).toBeFocused();
    for (const [typed, said] of [
      ["1234", "This runs upward"],
      ["7777", "This is one digit repeated"],
      ["48x1", "A PIN has digits only."],
      ["48291", "A PIN has 4 digits here."],
    ] as const) {
      await field.fill(typed);
      await expect(field).toHaveAccessibleDescription(new RegExp(said));
      await field.press("Enter");
      await expect(field).toBeFocused();
    }
    await expectAccessible(page);
    expect(await sandbox.writes()).toEqual([]);
    await field.fill("0482");
    await expect(field).toHaveAccessibleDescription("");
    await field.press("Enter");
    await expect(shown(page)).toHaveText("0482");
    expect(await pinAt(demo.vendors)).toBe("0482");
    await dialog(page).getByRole("button", { name: "Done" }).click();
    await expect(dialog(page)).toBeHidden();
    await expect(page.getByText("0482", { exact: true })).toHaveCount(0);
  });

  test("passcode of a meeting: letters are told apart by case, and it says when it counts", async ({ page, sandbox }) => {
    await page.goto("/connect/meetings?needs_passcode=false");
    await page.getByRole("table", { name: "Meetings" }).getByRole("rowheader").getByRole("link").first().click();
    await page.getByRole("button", { name: "Set the passcode" }).click();
    await expect(dialog(page)).toContainText("Works from the next start of the meeting, or after about ten minutes.");
    await generate(page);
    await expect(shown(page)).toHaveText(/^[2-9A-HJ-NP-Za-km-np-z]{8}$/);
    const passcode = await shown(page).innerText();
    await expect(dialog(page)).toContainText("capital ");
    await expect(dialog(page)).toContainText("small ");
    await expect(shown(page).locator(".group")).toHaveText([passcode.slice(0, 4), passcode.slice(4)]);
    expect(String((await sandbox.writes()).at(-1)?.body)).toContain(`value=${passcode}`);
    await dialog(page).getByRole("button", { name: "Done" }).click();
    await expect(page.getByText(/Passcode: set/)).toBeVisible();
  });

  test("keys of a Zoom user: nothing but the key is sent, and what cannot be read back is said to be so", async ({ page, sandbox }) => {
    await page.goto("/zoom/users");
    await page.getByRole("table", { name: "Users" }).getByRole("link").first().click();
    await page.getByRole("link", { name: "Access" }).click();
    await page.getByRole("button", { name: "Reset host key" }).click();
    await generate(page);
    await expect(shown(page)).toHaveText(/^\d{6}$/);
    const key = await shown(page).innerText();
    await expect(dialog(page)).toContainText("it could not be read back");
    expect((await sandbox.writes()).map(({ method, body }) => ({ method, body }))).toEqual([{ method: "PATCH", body: { host_key: key } }]);
    await dialog(page).getByRole("button", { name: "Done" }).click();

    await page.getByRole("button", { name: "Reset meeting passcode" }).click();
    await generate(page);
    await expect(shown(page)).toHaveText(/^[2-9A-Za-z]{8}$/);
    const passcode = await shown(page).innerText();
    await expect(dialog(page)).not.toContainText("read back");
    expect((await sandbox.writes()).at(-1)?.body).toEqual({ schedule_meeting: { pmi_password: passcode } });
    const { address, token } = await sandbox.asClient();
    const path = new URL(page.url()).pathname.replace(/^\/zoom/, "/zoom/v2").replace(/\/access$/, "/settings");
    const answer = await fetch(`${address}${path}`, { headers: { authorization: `Bearer ${token}` } });
    expect(((await answer.json()) as { schedule_meeting: object }).schedule_meeting).toMatchObject({ pmi_password: passcode });
  });

  test("locked for a moment: waits as long as it is told, and sends the same PIN again", async ({ page, sandbox, watch }) => {
    watch.expect(429, PUT_ROOM);
    const body = { message: "Locked", errors: [{ description: "Locked" }], trackingId: "ROUTER_0000-TEST" };
    await sandbox.fault({ vendor: "webex", method: "PUT", times: 1, fault: { kind: "status", status: 423, retry_after: "1", body } });
    await askForPin(page);
    await generate(page);
    await expect(shown(page)).toHaveText(/^\d{4}$/, { timeout: 20_000 });
    const sent = await pins(sandbox);
    expect(new Set(sent)).toEqual(new Set([await shown(page).innerText()]));
    expect(sent).toHaveLength(2);
  });

  test("too many calls: says that it waits, and then shows the PIN", async ({ page, sandbox, watch }) => {
    watch.expect(429, PUT_ROOM);
    await sandbox.fault({ vendor: "webex", method: "PUT", times: 1, fault: { kind: "status", status: 429, retry_after: "2", body: { message: "Slow down" } } });
    await askForPin(page);
    await generate(page);
    await expect(dialog(page).getByRole("status").filter({ hasText: /second/ })).toBeVisible();
    await expect(dialog(page).getByRole("button", { name: "Setting it…" })).toBeVisible();
    await expect(shown(page)).toHaveText(/^\d{4}$/, { timeout: 20_000 });
  });

  test("refused: the reason and the code, nothing shown, and what was typed is still there", async ({ page, sandbox, watch }) => {
    watch.expect(422, PUT_ROOM);
    const body = { message: "Not that one", errors: [{ description: "Not that one" }], trackingId: "ROUTER_0000-TEST" };
    await sandbox.fault({ vendor: "webex", method: "PUT", times: 1, fault: { kind: "status", status: 409, body } });
    await askForPin(page);
    await dialog(page).getByRole("button", { name: "Choose one" }).click();
    await dialog(page).getByRole("textbox", { name: "Host PIN" }).fill("4829");
    await dialog(page).getByRole("button", { name: "Set it" }).click();
    await expect(dialog(page).getByRole("alert")).toContainText("Not that one");
    await expect(dialog(page)).toContainText("Webex 409");
    await expect(shown(page)).toHaveCount(0);
    await expect(dialog(page).getByRole("textbox", { name: "Host PIN" })).toHaveValue("4829");
    await expect(dialog(page).getByRole("button", { name: "Try again" })).toBeFocused();
    await expectAccessible(page);
    await page.keyboard.press("Enter");
    await expect(shown(page)).toHaveText("4829");
  });

  test("vendor fails or hangs: not known, not shown, and the same PIN is tried again", async ({ page, demo, sandbox, watch }) => {
    test.setTimeout(90_000);
    watch.expect(502, PUT_ROOM);
    watch.expect(504, PUT_ROOM);
    await sandbox.fault({ vendor: "webex", method: "PUT", times: 1, fault: { kind: "status", status: 500 } });
    await askForPin(page);
    await generate(page);
    await expect(dialog(page).getByRole("alert")).toContainText("it is not there");
    await expect(dialog(page)).toContainText("it is not known to work");
    await expect(shown(page)).toHaveCount(0);
    await sandbox.fault({ vendor: "webex", method: "PUT", times: 1, fault: { kind: "hang" } });
    await dialog(page).getByRole("button", { name: "Try again" }).click();
    await expect(dialog(page).getByRole("button", { name: "Setting it…" })).toBeVisible();
    await expect(dialog(page).getByRole("button", { name: "Try again" })).toBeFocused({ timeout: 40_000 });
    await expect(shown(page)).toHaveCount(0);
    await dialog(page).getByRole("button", { name: "Try again" }).click();
    await expect(shown(page)).toHaveText(/^\d{4}$/);
    expect(await shown(page).innerText()).toBe(await pinAt(demo.vendors));
    expect(new Set(await pins(sandbox)).size).toBe(1);
  });

  test("made and never answered: read back, and shown because it is there", async ({ page, demo, sandbox }) => {
    test.setTimeout(60_000);
    await sandbox.fault({ vendor: "webex", method: "PUT", times: 1, fault: { kind: "apply_then_hang" } });
    await askForPin(page);
    await generate(page);
    await expect(shown(page)).toHaveText(/^\d{4}$/, { timeout: 40_000 });
    expect(await shown(page).innerText()).toBe(await pinAt(demo.vendors));
  });

  test("taken and not done: said so, and not shown", async ({ page, demo, sandbox }) => {
    await sandbox.fault({ vendor: "webex", method: "PUT", fault: { kind: "ignore" } });
    const before = await pinAt(demo.vendors);
    await askForPin(page);
    await generate(page);
    await expect(dialog(page).getByRole("alert")).toContainText("it is not there after reading back");
    await expect(shown(page)).toHaveCount(0);
    expect(await pinAt(demo.vendors)).toBe(before);
  });

  test("closed before it was done: what came of it is said all the same, without the PIN", async ({ page, sandbox }) => {
    await sandbox.fault({ vendor: "webex", method: "PUT", times: 1, fault: { kind: "hang", ms: 1500 } });
    await askForPin(page);
    await generate(page);
    await dialog(page).getByRole("button", { name: "Cancel" }).click();
    await expect(dialog(page)).toBeHidden();
    const said = page.getByText("Host PIN is set now, and was not shown.", { exact: false });
    await expect(said).toBeVisible({ timeout: 20_000 });
    const [pin] = await pins(sandbox);
    await expect(page.getByText(pin ?? "")).toHaveCount(0);
  });
});

test.describe("as the auditor", () => {
  test.use({ account: "auditor" });

  test("nothing can be reset", async ({ page }) => {
    await page.goto(ROOM);
    await page.getByRole("textbox", { name: "Host PIN", exact: true }).waitFor();
    await expect(page.getByRole("button", { name: /reset|generate/i })).toHaveCount(0);
    await page.goto("/connect/meetings");
    await page.getByRole("table", { name: "Meetings" }).getByRole("link").first().click();
    await page.getByRole("table", { name: "Hosts" }).waitFor();
    await expect(page.getByRole("button", { name: "Set the passcode" })).toHaveCount(0);
  });
});
