// Choosing people and groups by name: typing, arrows, addresses that are pasted, and what each of many chosen people got.
// Must not test what can be done to them: see every_operation.spec.ts.

import type { Page } from "@playwright/test";

import { expectAccessible, expectNoDanglingIds } from "./support/looks";
import { GROUP } from "./support/workbench";
import { expect, test } from "./support/test";

/** Opens an action and answers its dialog. */
async function open(page: Page, button: string | RegExp) {
  await page.getByRole("button", { name: button }).first().click();
  const dialog = page.getByRole("dialog").filter({ visible: true });
  await dialog.waitFor();
  return dialog;
}

test("members by name, with the keyboard alone, and as typed", async ({ page, workbench, sandbox }) => {
  await page.goto("/zoom/users");
  const cells = page.getByRole("table", { name: "Users" }).getByRole("row").nth(2).getByRole("cell");
  const email = await cells.filter({ hasText: "@" }).innerText();
  await page.goto(workbench.path().replace(/settings$/, "members"));
  const dialog = await open(page, "Add members…");
  const field = dialog.getByRole("combobox", { name: "Members" });

  await field.focus();
  await page.keyboard.type(email);
  await expect(dialog.getByRole("option")).toHaveCount(1);
  await expectAccessible(page);
  await expectNoDanglingIds(page);
  await page.keyboard.press("Enter");
  await expect(field).toHaveValue("");
  await expect(dialog.getByRole("listitem")).toHaveCount(1);

  await page.keyboard.press("ArrowDown");
  const second = await dialog.getByRole("option").nth(1).innerText();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("listitem").last()).toContainText(second.split("\n")[0] ?? "");
  await page.keyboard.press("Backspace");
  await expect(dialog.getByRole("listitem")).toHaveCount(1);

  await page.keyboard.type("nobody@elsewhere.example");
  await expect(dialog.getByText("Not in the list. Enter takes it as typed.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeVisible();
  await dialog.getByRole("button", { name: "Add members", exact: true }).click();
  await expect.poll(() => sandbox.writes()).toHaveLength(1);
  const [write] = await sandbox.writes();
  expect(write?.body).toEqual({ members: [{ email }, { email: "nobody@elsewhere.example" }] });
});

test("pasted addresses: each one its own, in as many calls as Zoom takes at once", async ({ page, workbench, sandbox }) => {
  await page.goto("/zoom/users");
  await page.getByText(/^All users: /).waitFor();
  await page.getByRole("table", { name: "Users" }).waitFor();
  const emails = await page.getByRole("table", { name: "Users" }).getByText(/@/).allInnerTexts();
  const some = emails.slice(0, 35);
  expect(some).toHaveLength(35);
  await page.goto(workbench.path().replace(/settings$/, "members"));
  const dialog = await open(page, "Add members…");
  await dialog.getByRole("combobox", { name: "Members" }).fill(some.join("; "));
  await expect(dialog.getByRole("listitem")).toHaveCount(34);
  await dialog.getByRole("button", { name: "Add members", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "Members added" }).first()).toBeVisible();
  const bodies = (await sandbox.writes()).map(({ body }) => (body as { members: { email: string }[] }).members);
  expect(bodies.map((members) => members.length)).toEqual([30, 5]);
  expect(bodies.flat().map((member) => member.email)).toEqual(some);
});

test("another group by name: its id is what is sent", async ({ page, workbench, sandbox }) => {
  await page.goto(workbench.path().replace(/settings$/, "members"));
  const dialog = await open(page, /^Move…/);
  const field = dialog.getByRole("combobox", { name: "The other group" });
  await dialog.getByRole("button", { name: "Move", exact: true }).click();
  await expect(dialog.getByRole("alert")).toBeVisible();
  await field.click();
  const other = dialog.getByRole("option").filter({ hasNotText: GROUP }).first();
  const name = (await other.innerText()).trim();
  await other.click();
  await expect(field).toHaveValue(name);
  await dialog.getByRole("button", { name: "Move", exact: true }).click();
  await expect(dialog).toBeHidden();
  const [write] = await sandbox.writes();
  expect(write?.body).toEqual({ action: "move", target_group_id: workbench.groupId(name) });
});

test("list that cannot be read: says so, and an address will do", async ({ page, workbench, watch, sandbox }) => {
  await page.goto(workbench.path().replace(/settings$/, "members"));
  await page.getByRole("table", { name: "Members" }).waitFor();
  await sandbox.fault({ method: "GET", path: "/zoom/v2/users", fault: { kind: "status", status: 400, body: { code: 300, message: "No." } } });
  watch.expect(400, /^\/api\/zoom\/users$/);
  watch.expect(422, /^\/api\/zoom\/users$/);
  watch.expect(502, /^\/api\/zoom\/users$/);
  const dialog = await open(page, "Add members…");
  await dialog.getByRole("combobox", { name: "Members" }).click();
  await expect(dialog.getByRole("status").filter({ hasText: /\S/ }).first()).toBeVisible();
  await page.keyboard.type("somebody@elsewhere.example");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("listitem")).toHaveText(/somebody@elsewhere\.example/);
  await page.keyboard.type("somebody else");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

test("licences of several people: what came of each, by name", async ({ page, sandbox }) => {
  await page.goto("/zoom/users");
  const table = page.getByRole("table", { name: "Users" });
  await table.waitFor();
  const boxes = table.getByRole("checkbox");
  for (let row = 0; row < 32; row += 1) await boxes.nth(row).check();
  const dialog = await open(page, "Change licences…");
  await dialog.getByRole("combobox", { name: "What to change" }).selectOption("user_type");
  await dialog.getByRole("combobox", { name: "New value" }).selectOption({ label: "Licensed" });
  await dialog.getByRole("button", { name: "Change licences", exact: true }).click();
  await expect(dialog.getByText(/^\d+ done, \d+ not$/)).toBeVisible({ timeout: 20_000 });
  await expect(dialog.getByRole("definition")).toHaveCount(32);
  await expect(dialog.getByRole("definition").filter({ hasText: "they had it already" }).first()).toBeVisible();
  const sizes = (await sandbox.writes()).map(({ body }) => (body as { users: unknown[] }).users.length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThanOrEqual(32);
  await expectAccessible(page);
});

test("value of a licence: offered to go with the kind of licence", async ({ page }) => {
  await page.goto("/zoom/users");
  await page.getByRole("table", { name: "Users" }).getByRole("checkbox").first().check();
  const dialog = await open(page, "Change licences…");
  const kind = dialog.getByRole("combobox", { name: "What to change" });
  const value = dialog.getByRole("combobox", { name: "New value" });
  await kind.selectOption("large_meeting");
  await value.selectOption({ label: "1,000 people" });
  await expect(value).toHaveValue("256");
  await kind.selectOption("user_type");
  await expect(value.getByRole("option", { name: "1,000 people" })).toHaveCount(0);
  await expect(value).not.toHaveValue("256");
  await kind.selectOption("zoom_events");
  await dialog.getByRole("textbox", { name: "New value" }).fill("500");
  await dialog.getByRole("button", { name: "Change licences", exact: true }).click();
  await expect(dialog.getByText(/^\d+ done, \d+ not$/)).toBeVisible({ timeout: 20_000 });
});
