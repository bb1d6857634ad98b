// Bulk jobs: from a file, from what is pasted and from a selection, through the dry run to the end; rows that fail; new
// values that are handed over once. Must not test what the vendors do with them.

import { readFileSync } from "node:fs";

import { Bulk, emails, table } from "./support/bulk";
import { expectAccessible, expectNoDanglingIds, expectNoSidewaysScroll } from "./support/looks";
import { expect, test } from "./support/test";

test.use({ demoArguments: ["--people", "400"] });

/** Where people are changed at Zoom, as faults name it. */
const USERS = "/zoom/v2/users/*";

test("file of 300 rows: dry run, start, finish, export", async ({ page, sandbox }) => {
  test.slow();
  const bulk = new Bulk(page);
  const people = await emails(sandbox);
  expect(people).toHaveLength(300);
  await bulk.begin();
  await bulk.choose("keys.csv", table(people, ";"));
  await expect(page.getByRole("status").filter({ hasText: "keys.csv · CSV" })).toContainText("300 rows · 2 columns");
  await expect(page.getByRole("checkbox", { name: "The first row holds the names of the columns" })).toBeChecked();
  await expect(bulk.column("E-mail")).toHaveValue("userId");
  await expect(bulk.column("Host key")).toHaveValue("/host_key");
  await expect(page.getByRole("cell", { name: "••••" }).first()).toBeVisible();
  await expect(page.getByText("417203")).toHaveCount(0);
  await expectAccessible(page);
  await expectNoDanglingIds(page);

  await bulk.check();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Zoom host keys, 300 rows");
  await expect(bulk.state("300 can be sent")).toBeVisible();
  await expect(bulk.rows.getByRole("row")).toHaveCount(101);
  await page.getByRole("button", { name: "Show more" }).click();
  await expect(bulk.rows.getByRole("row")).toHaveCount(201);
  expect(await sandbox.writes()).toEqual([]);
  await expectAccessible(page);
  await expectNoDanglingIds(page);

  await page.getByRole("button", { name: "Start…" }).click();
  const dialog = page.getByRole("dialog", { name: "Send 300 rows?" });
  await dialog.getByRole("textbox").fill("30");
  await dialog.getByRole("button", { name: "Start", exact: true }).click();
  await expect(dialog.getByRole("textbox")).toBeFocused();
  await expect(dialog).toContainText("Type 300 to start.");
  await expectAccessible(page);
  await dialog.getByRole("textbox").fill("300");
  await dialog.getByRole("button", { name: "Start", exact: true }).click();
  await expect(dialog).toBeHidden();

  await expect(bulk.state("finished")).toBeVisible({ timeout: 60_000 });
  await expect(bulk.state("300 of 300")).toBeVisible();
  await expect(bulk.rows.getByText("verified", { exact: true })).toHaveCount(200);
  expect(await sandbox.writes()).toHaveLength(300);
  await expectAccessible(page);

  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export as CSV" }).click();
  const exported = readFileSync(await (await downloading).path(), "utf8");
  expect(exported).toContain(people[299]);
  expect(exported).not.toContain("417203");

  await page.goto("/bulk");
  const row = page.getByRole("table", { name: "Bulk jobs" }).getByRole("row").filter({ hasText: "keys.csv" });
  await expect(row).toContainText("finished");
  await expect(row).toContainText("300 of 300");
  await expectAccessible(page);
});

test("rows that fail: what went wrong, shown alone, and run again", async ({ page, sandbox }) => {
  const bulk = new Bulk(page);
  const some = (await emails(sandbox)).slice(0, 8);
  await bulk.begin();
  await bulk.choose("keys.csv", table(some));
  await bulk.check();
  const refused = { kind: "status", status: 400, body: { code: 300, message: "Not today." } } as const;
  await sandbox.fault({ method: "PATCH", path: USERS, times: 3, fault: refused });
  await bulk.start(8);
  await expect(bulk.state("finished")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("5 verified · 3 failed", { exact: true })).toBeVisible();
  await bulk.only("Failed");
  await expect(page).toHaveURL(/\?state=failed$/);
  await expect(bulk.rows.getByRole("row")).toHaveCount(4);
  await expect(bulk.rows.getByRole("row").nth(1)).toContainText("(300)");
  await expectAccessible(page);
  await expectNoDanglingIds(page);
  await sandbox.fault();
  await page.getByRole("button", { name: "Run the failed ones again" }).click();
  await expect(page.getByText("8 verified", { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("There is no such row.")).toBeVisible();
});

test("rows that are pasted: those that cannot be sent are known before the start", async ({ page, sandbox }) => {
  const bulk = new Bulk(page);
  const some = (await emails(sandbox)).slice(0, 3);
  await bulk.begin();
  await bulk.paste(table([...some, "nobody@elsewhere.example"], "\t"));
  await expect(page.getByRole("status").filter({ hasText: "pasted.csv" })).toContainText("separated by tabs");
  await bulk.check();
  await expect(bulk.state("3 can be sent, 1 cannot")).toBeVisible();
  await bulk.only("Invalid");
  await expect(bulk.rows.getByRole("row")).toHaveCount(2);
  await expect(bulk.rows).toContainText("nobody@elsewhere.example");
  await page.getByRole("button", { name: "Delete…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete the job" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Bulk jobs");
  await expect(page.getByText("pasted.csv")).toHaveCount(0);
});

test("file that is no table: a sentence, and what was chosen before stays", async ({ page, watch }) => {
  watch.expect(422, /^\/api\/jobs\/tables$/);
  const bulk = new Bulk(page);
  await bulk.begin();
  await bulk.choose("broken.csv", "E-mail,PIN\n\"ana@example.com,4829\n");
  await expect(page.getByRole("alert")).toContainText(/\.$/);
  await expect(page.getByRole("radio", { name: "Zoom host keys" })).toBeChecked();
  await expectAccessible(page);
});

test("column that is missing: said on top with the focus, and nothing is made", async ({ page }) => {
  const bulk = new Bulk(page);
  await bulk.begin();
  await bulk.paste("Who,What\nAnn,1");
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("Choose the column that holds “E-mail”.");
  await expect(page).toHaveURL(/\/bulk\/new$/);
  await expectAccessible(page);
  await expectNoDanglingIds(page);
  await bulk.column("Who").selectOption({ label: "E-mail" });
  await expect(page.getByRole("alert")).not.toContainText("E-mail");
});

test.describe("after a password was given", () => {
  test.use({ fresh: true });

  test("values that are generated: handed over once", async ({ page, sandbox }) => {
    const bulk = new Bulk(page);
    const some = (await emails(sandbox)).slice(0, 2);
    await bulk.begin();
    await bulk.paste(some.join("\n"));
    await page.getByRole("radio", { name: "Generate them" }).check();
    await page.getByRole("checkbox", { name: "No value twice in this job" }).check();
    await bulk.check();
    await bulk.start(2);
    await expect(bulk.state("finished")).toBeVisible({ timeout: 30_000 });
    await page.getByRole("button", { name: "Hand over the new values…" }).click();
    const dialog = page.getByRole("dialog", { name: "Hand over the new values" });
    await dialog.getByRole("button", { name: "Download once" }).click();
    await expect(dialog).toContainText("Say why you need them");
    await expectAccessible(page);
    await dialog.getByRole("textbox", { name: "Why you need them" }).fill("Letters to new hosts");
    await dialog.getByRole("combobox", { name: "File format" }).selectOption("csv");
    const downloading = page.waitForEvent("download");
    await dialog.getByRole("button", { name: "Download once" }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe("new-values.csv");
    const values = readFileSync(await download.path(), "utf8");
    for (const email of some) expect(values).toContain(email);
    await expect(dialog).toBeHidden();
    await expect(page.getByRole("button", { name: "Hand over the new values…" })).toBeHidden();
  });
});

test("people chosen in the list: they are the rows of a new job", async ({ page }) => {
  await page.goto("/zoom/users");
  const boxes = page.getByRole("table", { name: "Users" }).getByRole("checkbox");
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await page.getByRole("button", { name: "Bulk job…" }).click();
  await page.getByRole("radio", { name: "Zoom host keys" }).check();
  await expect(page.getByRole("status").filter({ hasText: "selection.csv" })).toContainText("2 rows");
  await expect(new Bulk(page).column("email")).toHaveValue("userId");
});

test("leaving with a table that was read: asked first", async ({ page }) => {
  const bulk = new Bulk(page);
  await bulk.begin();
  await bulk.paste("a@example.com");
  await page.getByRole("status").filter({ hasText: "pasted.csv" }).waitFor();
  await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Bulk jobs" }).click();
  await expect(page.getByRole("dialog", { name: "Leave this page?" })).toBeVisible();
});

test("g and b: to the bulk jobs; at 320 px nothing scrolls sideways", async ({ page, sandbox }) => {
  await page.goto("/zoom/groups");
  await page.getByRole("table", { name: "Groups" }).waitFor();
  await page.keyboard.press("g");
  await page.keyboard.press("b");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Bulk jobs");
  await page.setViewportSize({ width: 320, height: 844 });
  await expectNoSidewaysScroll(page);
  const bulk = new Bulk(page);
  await bulk.begin();
  await bulk.paste(table((await emails(sandbox)).slice(0, 3)));
  await bulk.column("E-mail").waitFor();
  await expectNoSidewaysScroll(page);
  await bulk.check();
  await bulk.rows.waitFor();
  await expectNoSidewaysScroll(page);
});

test.describe("auditor", () => {
  test.use({ account: "auditor" });

  test("auditor at the bulk jobs: sees them and makes none", async ({ page }) => {
    await page.goto("/bulk");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Bulk jobs");
    await expect(page.getByRole("button", { name: "New job" })).toHaveCount(0);
    await page.goto("/bulk/new");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Not for this account");
  });
});

test.describe("help desk", () => {
  test.use({ account: "helpdesk" });

  test("help desk: makes jobs for PINs, keys and passcodes, and none for settings", async ({ page }) => {
    await page.goto("/bulk");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Bulk jobs");
    await page.getByRole("button", { name: "New job" }).click();
    const kinds = page.getByRole("radio", { name: /^(Zoom|Webex|Adobe Connect) / });
    await expect(page.getByRole("radio", { name: "Zoom host keys" })).toBeVisible();
    await expect(kinds).toHaveCount(3);
    await expect(page.getByRole("radio", { name: /settings/ })).toHaveCount(0);
  });
});
