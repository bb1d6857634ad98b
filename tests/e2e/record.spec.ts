// The record as a person uses it: a change is found, opened and undone, the record verified and taken away. What is found by
// which filter is in `crates/proxy/tests/it/record`. Must not depend on how much was recorded before.

import { readFile } from "node:fs/promises";

import type { Locator, Page } from "@playwright/test";

import { expectAccessible, expectNoDanglingIds, expectNoSidewaysScroll } from "./support/looks";
import { expect, test } from "./support/test";
import { ROW, type Workbench } from "./support/workbench";

/** Lines of the table, without what is open below them. */
function lines(page: Page): Locator {
  return page.getByRole("table", { name: "Record" }).locator("tbody > tr:not(.record-open)").filter({ has: page.locator(".what") });
}

function button(line: Locator): Locator {
  return line.locator(".what").getByRole("button");
}

async function turnOn(workbench: Workbench): Promise<void> {
  await workbench.open();
  await workbench.switch(ROW.waitingRoom).check();
  await workbench.apply();
  await expect(workbench.bar).toContainText("Applied 1 change, read back and confirmed.");
}

function inRecord(workbench: Workbench): string {
  return `/audit?object=zoom:${encodeURIComponent(workbench.groupId())}`;
}

test("a change is found, opened and undone; both entries say so", async ({ page, workbench, sandbox }) => {
  await turnOn(workbench);
  await page.keyboard.press("g");
  await page.keyboard.press("r");
  await expect(page.getByRole("heading", { level: 1, name: "Record" })).toBeVisible();
  await expect(page).toHaveURL(/\/audit$/);
  await page.keyboard.press("/");
  await page.keyboard.type(workbench.groupId());
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/audit\?q=/);
  await page.getByRole("combobox", { name: "Outcome" }).selectOption({ label: "applied" });
  await expect(page).toHaveURL(/result=applied/);

  const first = lines(page).first();
  await expect(first).toContainText("Change group settings");
  await expect(first).toContainText("Waiting room: off → on");
  await expect(first).toContainText("admin");
  await expect(first.locator(".how")).toHaveText("applied");
  const seq = /entry-(\d+)/.exec((await button(first).getAttribute("aria-controls")) ?? "")?.[1];
  await button(first).press("Enter");
  await expect(button(first)).toHaveAttribute("aria-expanded", "true");
  const open = page.locator(`#entry-${seq}`);
  await expect(open.getByRole("row", { name: /^Waiting room/ }).getByRole("deletion")).toHaveText("off");
  await expect(open.getByRole("row", { name: /^Waiting room/ }).getByRole("insertion")).toHaveText("on");
  await expect(open).toContainText("Request id");
  await expect(open).toContainText("Tracking id");
  await expectAccessible(page);
  await expectNoDanglingIds(page);

  await open.getByRole("button", { name: "Undo…" }).click();
  const dialog = page.getByRole("dialog", { name: "Undo this change?" });
  await expect(dialog).toContainText("Waiting room: on → off");
  await expect(dialog).toContainText("Zoom");
  await expectAccessible(page);
  expect(await sandbox.writes()).toHaveLength(1);
  await dialog.getByRole("button", { name: "Undo the change" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("The change was undone.")).toBeVisible();
  expect((await sandbox.writes()).at(-1)).toMatchObject({ method: "PATCH", body: { meeting_security: { waiting_room: false } } });
  await expect(lines(page).first()).toContainText("Waiting room: on → off");
  await expect(open.getByRole("link", { name: /^Entry / })).toBeVisible();
  await expect(open.getByRole("button", { name: "Undo…" })).toHaveCount(0);
  await page.goto(`/audit/${seq}`);
  await expect(page.getByRole("heading", { level: 1, name: `Entry ${seq}` })).toBeVisible();
  await expect(page.getByText("Undone by")).toBeVisible();
});

test("what was changed again since: both values are said and nothing is sent", async ({ page, workbench, sandbox, watch }) => {
  watch.expect(412, /^\/api\/audit\/\d+\/undo$/);
  await turnOn(workbench);
  await page.goto(inRecord(workbench));
  await button(lines(page).first()).click();
  const { path, option } = workbench.elsewhere;
  await sandbox.mutate(path, option, { meeting_security: { waiting_room: false } });
  await page.getByRole("button", { name: "Undo…" }).click();
  const dialog = page.getByRole("dialog", { name: "Undo this change?" });
  await dialog.getByRole("button", { name: "Undo the change" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Somebody changed this again since");
  await expect(dialog).toContainText("Waiting room was set to “on” by this entry, and is “off” now.");
  expect(await sandbox.writes()).toHaveLength(1);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

test("verified, with numbers and the public key; and taken away as three kinds of file", async ({ page, workbench }) => {
  await turnOn(workbench);
  await page.goto(inRecord(workbench));
  const whole = page.getByRole("region", { name: "Whether the record is whole" });
  await whole.getByRole("button", { name: "Verify" }).click();
  await expect(whole.getByText("whole", { exact: true })).toBeVisible();
  await expect(whole.getByRole("status")).toContainText(/\d+ rows since /);
  await whole.getByText("Public key of the checkpoints").click();
  await expect(whole.getByRole("code")).toHaveText(/^[0-9a-f]{64}$/);

  for (const [name, ending] of [["CSV", "csv"], ["XLSX", "xlsx"], ["JSON lines with hashes", "jsonl"]] as const) {
    await page.getByRole("button", { name: "Export" }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: new RegExp(name) }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(new RegExp(`^roomkey-record-\\d+\\.${ending}$`));
    const content = await readFile(await file.path());
    if (ending === "csv") expect(content.toString()).toContain("Change group settings");
    if (ending === "jsonl") expect(JSON.parse(content.toString().split("\n")[0])).toHaveProperty("hash");
    await page.keyboard.press("Escape");
  }
  await page.goto("/audit?kind=exported");
  await expect(lines(page).first()).toContainText("Export the record");
});

test("filters stand in the address, go by a button, and an empty answer says so", async ({ page, workbench, watch }) => {
  watch.expect(400, /^\/api\/audit$/);
  await turnOn(workbench);
  await page.goto(`${inRecord(workbench)}&actor=admin`);
  await expect(lines(page).first()).toContainText("Waiting room");
  await page.getByRole("button", { name: "Remove Who: admin" }).click();
  await expect(page).toHaveURL(/\/audit\?object=zoom/);
  await page.getByRole("combobox", { name: "Vendor" }).selectOption({ label: "Webex" });
  await expect(page.getByText("Nothing in the record fits.")).toBeVisible();
  await page.getByRole("button", { name: "Show all" }).click();
  await expect(page).toHaveURL(/\/audit$/);
  await expect(lines(page).first()).toBeVisible();
  await page.goto("/audit?object=nonsense");
  await expect(page.getByRole("alert")).toContainText("object");
});

test("older entries come by a button, behind those that are here", async ({ page, workbench }) => {
  await workbench.open();
  // More than a page of them.
  await page.evaluate(async () => {
    for (let at = 0; at < 30; at++) {
      for (const name of ["first", "second"]) {
        const headers = { "X-Requested-With": "roomkey", "Content-Type": "application/json" };
        await fetch("/api/zoom/groups", { method: "POST", headers, body: JSON.stringify({ name: `Record ${name} ${at}` }) });
      }
    }
  });
  await page.goto("/audit?operation=zoom.groups.create");
  await expect(lines(page)).toHaveCount(50);
  const last = await button(lines(page).last()).getAttribute("aria-controls");
  await page.getByRole("button", { name: "Load older" }).click();
  await expect(lines(page).nth(50)).toBeVisible();
  await expect(button(lines(page).nth(49))).toHaveAttribute("aria-controls", last!);
});

test("a server that does not answer: said, and tried again", async ({ page, watch, workbench }) => {
  watch.expectFailure(/^\/api\/audit/);
  await workbench.open();
  await page.waitForLoadState("networkidle");
  await page.context().setOffline(true);
  await page.getByRole("link", { name: "Record", exact: true }).click();
  await expect(page.getByRole("alert").first()).toContainText("cannot reach its server");
  await page.context().setOffline(false);
  await page.getByRole("button", { name: "Try again" }).first().click();
  await expect(lines(page).first()).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test("axe finds nothing, and nothing scrolls sideways", async ({ page }) => {
      await page.goto("/audit?actor=admin");
      await button(lines(page).first()).click();
      await expectAccessible(page);
      await expectNoDanglingIds(page);
      for (const width of [1024, 390, 320]) {
        await page.setViewportSize({ width, height: 800 });
        await expectNoSidewaysScroll(page);
      }
      await expectAccessible(page);
    });
  });
}

test.describe("as the auditor", () => {
  test.use({ account: "auditor" });

  test("everything can be read and verified, and nothing undone", async ({ page }) => {
    await page.goto("/zoom/users");
    await page.getByRole("link", { name: "Record", exact: true }).click();
    await expect(lines(page).first()).toBeVisible();
    await button(lines(page).first()).click();
    await expect(page.getByRole("button", { name: "Copy link" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Undo…" })).toHaveCount(0);
    await page.getByRole("button", { name: "Verify" }).click();
    await expect(page.getByText("whole", { exact: true })).toBeVisible();
  });
});

test.describe("as the help desk", () => {
  test.use({ account: "helpdesk" });

  test("no link, and the address says that it is not for this account", async ({ page }) => {
    await page.goto("/zoom/users");
    await page.getByRole("heading", { level: 1, name: "Users" }).waitFor();
    await expect(page.getByRole("link", { name: "Record", exact: true })).toHaveCount(0);
    await page.goto("/audit");
    await expect(page.getByRole("heading", { level: 1, name: "Not for this account" })).toBeVisible();
  });
});
