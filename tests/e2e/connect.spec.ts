// Passcodes of Adobe Connect's meetings as a person deals with them: each task of the vendor's guide from the place where
// one looks for it, and what happens when the vendor is in trouble. Must not test lists and jobs in general.

import type { Locator, Page } from "@playwright/test";

import { Bulk } from "./support/bulk";
import { expectAccessible, expectNoDanglingIds, expectNoSidewaysScroll } from "./support/looks";
import { connectWrites } from "./support/sandbox";
import { expect, test } from "./support/test";

test.use({ demoArguments: ["--people", "400"] });

const SWITCH = "Hosts may require a passcode";
const WHEN = "about ten minutes";

function dialog(page: Page): Locator {
  return page.getByRole("dialog").filter({ visible: true });
}

function table(page: Page): Locator {
  return page.getByRole("table", { name: "Meetings" });
}

/** What is said about the open meeting under its name. */
function facts(page: Page): Locator {
  return page.getByText(/^Address: .* · Passcode: /);
}

/** Opens the list with only those meetings that need a passcode, or only those that do not. */
async function listed(page: Page, filter: "Needs a passcode" | "Without a passcode"): Promise<void> {
  await page.goto("/connect/meetings");
  await table(page).waitFor();
  await page.getByRole("combobox", { name: "Passcode" }).selectOption({ label: filter });
  await expect(page).toHaveURL(/needs_passcode=/);
  // The rows that were there stay until the others have come.
  const gone = filter === "Needs a passcode" ? "not set" : "set";
  await expect(table(page).getByRole("cell", { name: gone, exact: true })).toHaveCount(0);
}

/** Opens the first meeting without a passcode and answers its name. */
async function openMeeting(page: Page): Promise<string> {
  await listed(page, "Without a passcode");
  const link = table(page).getByRole("rowheader").getByRole("link").first();
  const name = await link.innerText();
  await link.click();
  await page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
  await expect(facts(page)).toContainText("Passcode: not set");
  return name;
}

/** Sets the passcode of the open meeting to a chosen one. */
async function set(page: Page, passcode: string): Promise<void> {
  await page.getByRole("button", { name: "Set the passcode" }).click();
  await dialog(page).getByRole("button", { name: "Choose one" }).click();
  await dialog(page).getByRole("textbox", { name: "Passcode" }).fill(passcode);
  await dialog(page).getByRole("button", { name: "Set it" }).click();
}

/** Waits for the new passcode to be shown, and puts it away. */
async function isSet(page: Page, passcode: string): Promise<void> {
  await expect(dialog(page).getByText(passcode, { exact: true })).toBeVisible();
  await expect(dialog(page)).toContainText(WHEN);
  await dialog(page).getByRole("button", { name: "Done" }).click();
  await expect(dialog(page)).toBeHidden();
}

async function apply(page: Page): Promise<void> {
  await page.getByRole("region", { name: "Changes" }).getByRole("button", { name: "Review" }).click();
  await dialog(page).getByRole("button", { name: "Apply" }).click();
  await expect(page.getByRole("region", { name: "Changes" })).toContainText("read back and confirmed");
}

test("account: hosts are allowed to require passcodes, and forbidden again, with one plain switch", async ({ page, sandbox }) => {
  await page.goto("/connect/account");
  const allowed = page.getByRole("switch", { name: SWITCH });
  await expect(allowed).not.toBeChecked();
  await expect(page.getByText("Only administrators can change it.")).toBeVisible();
  await expect(page.getByText(WHEN)).toBeVisible();
  await allowed.click();
  await apply(page);
  await page.reload();
  await expect(allowed).toBeChecked();
  await allowed.click();
  await apply(page);
  await page.reload();
  await expect(allowed).not.toBeChecked();
  const update = "action=meeting-feature-update&account-id=7&feature-id=fid-meeting-passcode-notallowed&enable=";
  expect(await connectWrites(sandbox)).toEqual([`${update}false`, `${update}true`]);
  await expectAccessible(page);
});

test("meeting: a passcode is set, reset and removed; each is read back and says when it counts", async ({ page, sandbox }) => {
  const name = await openMeeting(page);
  await set(page, "connect12");
  await expect(dialog(page).getByRole("heading")).toHaveText(`New passcode for ${name}`);
  await isSet(page, "connect12");
  await expect(facts(page)).toContainText("Passcode: set");
  await set(page, "Connect13");
  await isSet(page, "Connect13");
  await page.getByRole("button", { name: "Remove the passcode" }).click();
  await expect(dialog(page)).toContainText(WHEN);
  await expectAccessible(page);
  await dialog(page).getByRole("button", { name: "Remove the passcode" }).click();
  await expect(page.getByRole("status").filter({ hasText: `“${name}” needs no passcode any more.` }).first()).toBeVisible();
  await expect(facts(page)).toContainText("Passcode: not set");
  await expect(page.getByRole("button", { name: "Remove the passcode" })).toBeHidden();
  const id = new URL(page.url()).pathname.split("/").at(-1);
  const update = `action=acl-field-update&acl-id=${id}&field-id=meeting-passcode&value=`;
  expect(await connectWrites(sandbox)).toEqual([`${update}connect12`, `${update}Connect13`, update]);
  await expect(page.getByText("connect12")).toHaveCount(0);
  await expectNoDanglingIds(page);
});

test("meeting: its rules are said while typing, and a new passcode can be generated", async ({ page, sandbox }) => {
  await openMeeting(page);
  await page.getByRole("button", { name: "Set the passcode" }).click();
  await dialog(page).getByRole("button", { name: "Choose one" }).click();
  const passcode = dialog(page).getByRole("textbox", { name: "Passcode" });
  await expect(passcode).toBeFocused();
  for (const [typed, said] of [
    ["pass code", "letters A to Z and digits only"],
    ["12345678901234567", "Shorten this to 16 characters"],
  ] as const) {
    await passcode.fill(typed);
    await expect(dialog(page).getByText(said)).toBeVisible();
  }
  await expectAccessible(page);
  await dialog(page).getByRole("button", { name: "Generate one instead" }).click();
  await dialog(page).getByRole("button", { name: "Generate", exact: true }).click();
  const shown = dialog(page).locator("output");
  await expect(shown).toHaveText(/^[2-9A-HJ-NP-Za-km-np-z]{8}$/);
  const generated = await shown.innerText();
  await expectAccessible(page);
  await dialog(page).getByRole("button", { name: "Done" }).click();
  await expect(facts(page)).toContainText("Passcode: set");
  expect((await connectWrites(sandbox)).at(-1)).toContain(`value=${generated}`);
  await expect(page.getByText(generated)).toHaveCount(0);
});

test("list: meetings that need a passcode are found, and whether one has a passcode is said at each", async ({ page }) => {
  await listed(page, "Needs a passcode");
  const links = table(page).getByRole("rowheader").getByRole("link");
  const count = await links.count();
  expect(count).toBeGreaterThan(3);
  await expect(table(page).getByRole("cell", { name: /^set\b/ })).toHaveCount(count);
  const first = await table(page).getByRole("rowheader").first().innerText();
  await page.getByRole("searchbox").fill(first);
  await table(page).getByRole("link", { name: first, exact: true }).first().click();
  await expect(facts(page)).toContainText("Passcode: set");
  await expect(page.getByRole("table", { name: "Hosts" }).getByRole("rowheader").first()).toBeVisible();
});

test("list: meetings are found by folder and by host", async ({ page }) => {
  await page.goto("/connect/meetings");
  await table(page).waitFor();
  // Meetings in shared folders are named after theirs.
  await page.getByRole("searchbox").fill(":");
  const shared = table(page).getByRole("rowheader").filter({ hasText: ":" });
  const [name = ""] = (await shared.first().innerText()).split(":");
  await page.getByRole("searchbox").fill("");
  const folder = page.getByRole("combobox", { name: "Folder" });
  await folder.selectOption({ label: name });
  await expect(table(page).getByRole("rowheader").filter({ hasNotText: `${name}:` })).toHaveCount(0);
  await folder.selectOption({ label: "Folder: all" });
  await expect(table(page).getByRole("rowheader").filter({ hasNotText: `${name}:` })).not.toHaveCount(0);
  await folder.selectOption({ label: name });
  await expect(table(page).getByRole("rowheader").filter({ hasNotText: `${name}:` })).toHaveCount(0);
  await table(page).getByRole("rowheader").getByRole("link").first().click();
  await expect(page.getByText(`Folder: ${name}`)).toBeVisible();

  await page.goto("/connect/hosts");
  await page.getByRole("searchbox").fill("Connect Host");
  await page.getByRole("table", { name: "Hosts" }).getByRole("link", { name: "Connect Host" }).click();
  await page.getByRole("heading", { level: 1, name: "Connect Host" }).waitFor();
  await expect(table(page).getByRole("rowheader")).toHaveCount(3);
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 800 });
  await expectNoSidewaysScroll(page);
});

test("several: the same passcode for the chosen ones in one call, and removed in one call", async ({ page, sandbox }) => {
  await listed(page, "Without a passcode");
  const boxes = table(page).getByRole("rowgroup").last().getByRole("checkbox");
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await page.getByRole("button", { name: "Set a passcode…" }).click();
  await expect(dialog(page)).toContainText(WHEN);
  await dialog(page).getByRole("textbox", { name: "Passcode" }).fill("same1234");
  await dialog(page).getByRole("button", { name: "Set a passcode" }).click();
  await expect(dialog(page).getByRole("definition")).toHaveCount(2);
  await expectAccessible(page);
  await dialog(page).getByRole("button", { name: "Close" }).last().click();
  const [write] = await connectWrites(sandbox);
  expect(write?.match(/&acl-id=\d+&field-id=meeting-passcode&value=same1234/g)).toHaveLength(2);

  await listed(page, "Needs a passcode");
  await boxes.nth(0).check();
  await page.getByRole("button", { name: "Remove passcodes" }).click();
  await dialog(page).getByRole("button", { name: "Remove passcodes" }).click();
  await expect(dialog(page).getByRole("definition")).toHaveCount(1);
  expect((await connectWrites(sandbox)).at(-1)).toMatch(/^action=acl-field-update&acl-id=\d+&field-id=meeting-passcode&value=$/);
});

test("bulk: chosen meetings get passcodes of their own, and then stand in the list of those that need one", async ({ page }) => {
  await listed(page, "Without a passcode");
  const boxes = table(page).getByRole("rowgroup").last().getByRole("checkbox");
  for (const at of [0, 1, 2]) await boxes.nth(at).check();
  const names = await table(page).getByRole("rowheader").allInnerTexts();
  await page.getByRole("button", { name: "Bulk job…" }).click();
  const bulk = new Bulk(page);
  await expect(page.getByRole("radio", { name: "Adobe Connect passcodes" })).toBeChecked();
  await expect(bulk.column("sco_id")).toHaveValue("scoId");
  await page.getByRole("radio", { name: "Generate them" }).check();
  await bulk.check();
  await bulk.start(3);
  await expect(bulk.state("finished")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("3 verified", { exact: true })).toBeVisible();
  await listed(page, "Needs a passcode");
  for (const name of names.slice(0, 3)) await expect(table(page).getByRole("rowheader", { name, exact: true }).first()).toBeVisible();
});

test("trouble: a failure inside a success and a page instead of an answer get sentences, and nothing typed is lost", async ({ page, sandbox, watch }) => {
  watch.expect(502, /^\/api\/connect\/meetings\/\d+\/passcode$/);
  await openMeeting(page);
  const failure = '<?xml version="1.0" encoding="utf-8"?><results><status code="internal-error"/></results>';
  const path = "xml/acl-field-*";
  await sandbox.fault({ vendor: "connect", path, fault: { kind: "status", status: 200, body: failure } });
  await set(page, "connect12");
  await expect(dialog(page).getByRole("alert")).toContainText("Something went wrong inside Adobe Connect");
  await expect(dialog(page).getByRole("textbox", { name: "Passcode" })).toHaveValue("connect12");
  await sandbox.fault({ vendor: "connect", path, fault: { kind: "status", status: 200, body: "<html>Back soon</html>" } });
  await dialog(page).getByRole("button", { name: "Try again" }).click();
  await expect(dialog(page).getByRole("alert")).toContainText("makes no sense");
  await sandbox.fault();
  await dialog(page).getByRole("button", { name: "Try again" }).click();
  await isSet(page, "connect12");
  await expect(facts(page)).toContainText("Passcode: set");
});

test("trouble: what the vendor takes and does not do is not said to be done", async ({ page, sandbox }) => {
  await openMeeting(page);
  await sandbox.fault({ vendor: "connect", path: "xml/acl-field-update", fault: { kind: "ignore" } });
  await set(page, "connect12");
  await expect(dialog(page).getByRole("alert")).toContainText("it is not there after reading back");
});

test.describe("help desk", () => {
  test.use({ account: "helpdesk" });

  test("finds a meeting, resets its passcode, and has no way to the account's switch", async ({ page }) => {
    await openMeeting(page);
    await set(page, "desk1234");
    await isSet(page, "desk1234");
    await expect(page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Account", exact: true })).toHaveCount(0);
  });
});

test.describe("auditor", () => {
  test.use({ account: "auditor" });

  test("sees which meetings need a passcode and how the switch stands, and changes neither", async ({ page }) => {
    await listed(page, "Needs a passcode");
    await expect(table(page).getByRole("checkbox")).toHaveCount(0);
    await table(page).getByRole("rowheader").getByRole("link").first().click();
    await expect(facts(page)).toContainText("Passcode: set");
    await expect(page.getByRole("button", { name: /passcode/ })).toHaveCount(0);
    await page.goto("/connect/account");
    await expect(page.getByRole("switch", { name: SWITCH })).toBeDisabled();
  });
});
