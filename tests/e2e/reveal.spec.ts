// Showing a secret as a person asks for it: why, once, large, and gone by itself; who may not. The rules of the server are in
// `crates/proxy/tests/it/reveal.rs`; the password that is asked for again is in reveal_late.spec.ts.

import type { Page } from "@playwright/test";

import { expectAccessible, expectNoDanglingIds } from "./support/looks";
import { ask, HOST_PIN, openRoom, pinAt, reveal, WANTED } from "./support/reveal";
import { expect, test } from "./support/test";

/** What the browser keeps of a page. */
async function kept(page: Page): Promise<string> {
  return page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.title, location.href, history.state]));
}

test.describe("as the help desk", () => {
  test.use({ account: "helpdesk", fresh: true });

  test("PIN of a room: asked why, shown large, copied, and hidden by itself", async ({ page, context, demo }) => {
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

    await page.clock.fastForward(10_000);
    await expect(dialog.getByText(/^Hides in \d+ seconds?\.$/)).toBeVisible();
    await page.clock.fastForward(20_000);
    await expect(dialog).toBeHidden();
    await expect(page.getByText(pin, { exact: true })).toHaveCount(0);
    await expect(page.getByRole("button", { name: HOST_PIN })).toBeFocused();
  });
});

test.describe("as the administrator", () => {
  test.use({ account: "admin", fresh: true });

  test("passcode among the settings of a person: the one that the vendor holds, and put away by hand", async ({ page, sandbox }) => {
    await page.goto("/zoom/users");
    await page.getByRole("table", { name: "Users" }).getByRole("link").first().click();
    await page.getByRole("link", { name: "Settings" }).click();
    const name = "Reveal: Passcode of the personal room";
    await page.getByRole("button", { name }).waitFor();
    const { address, token } = await sandbox.asClient();
    const path = new URL(page.url()).pathname.replace(/^\/zoom/, "/zoom/v2");
    const answer = await fetch(`${address}${path}`, { headers: { authorization: `Bearer ${token}` } });
    const held = (await answer.json()) as { schedule_meeting: { pmi_password: string } };
    await reveal(page, name, "Ticket 4711");
    const dialog = page.getByRole("dialog", { name });
    await expect(dialog.getByText(held.schedule_meeting.pmi_password, { exact: true })).toBeVisible();
    await dialog.getByRole("button", { name: "Hide" }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText(held.schedule_meeting.pmi_password, { exact: true })).toHaveCount(0);
  });
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
