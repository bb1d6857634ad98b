// Each kind of field, changed alone: the vendor gets one request with that leaf and nothing else.

import { expect, test } from "./support/test";
import { ROW, type Workbench } from "./support/workbench";
import type { Sandbox } from "./support/sandbox";

test.beforeEach(async ({ workbench }) => workbench.open());

async function applied(workbench: Workbench, sandbox: Sandbox, rows = 1): Promise<{ query: string; body: unknown }[]> {
  await workbench.apply();
  await expect(workbench.bar).toContainText(rows === 1 ? "Applied 1 change, read back" : `Applied ${rows} changes, read back`);
  return (await sandbox.writes()).map(({ query, body }) => ({ query, body }));
}

test("choice picked by its name: its number is sent", async ({ workbench, sandbox }) => {
  await expect(workbench.choice(ROW.whoWaits)).toHaveValue("1");
  await workbench.choice(ROW.whoWaits).selectOption({ label: "Everyone" });
  const body = { meeting_security: { waiting_room_settings: { participants_to_place_in_waiting_room: 0 } } };
  expect(await applied(workbench, sandbox)).toEqual([{ query: "option=meeting_security", body }]);
});

test("number typed: a number is sent", async ({ workbench, sandbox }) => {
  await workbench.text(ROW.shortest).fill(" 12 ");
  const body = { meeting_security: { meeting_password_requirement: { length: 12 } } };
  expect(await applied(workbench, sandbox)).toEqual([{ query: "option=meeting_security", body }]);
});

test("text typed and typed back: no change is left", async ({ workbench }) => {
  const before = await workbench.text(ROW.needNotWait).inputValue();
  await workbench.text(ROW.needNotWait).pressSequentially("x");
  await expect(workbench.bar).toContainText("1 change");
  await workbench.text(ROW.needNotWait).fill(before);
  await expect(workbench.bar).toBeHidden();
});

test("several choices ticked: the whole list is sent in the vendor's order", async ({ workbench, sandbox }) => {
  const row = workbench.row(ROW.regions);
  await row.getByLabel("Data center regions in use", { exact: true }).click();
  await expect(row.getByRole("checkbox", { name: "Germany" })).toBeChecked();
  await row.getByRole("checkbox", { name: "Germany" }).uncheck();
  await row.getByRole("checkbox", { name: "Australia" }).check();
  const writes = await applied(workbench, sandbox);
  expect(writes).toEqual([{ query: "", body: { in_meeting: { data_center_regions: ["AU", "NL", "US"] } } }]);
});

test("lines of text: blank ones do not count, the whole list is sent", async ({ workbench, sandbox }) => {
  const area = workbench.text(ROW.blockedDomains);
  await expect(area).toHaveValue("spam.example.net");
  await area.press("Control+End");
  await area.pressSequentially("\n\n  *.example.org \n");
  const body = { meeting_security: { block_user_domain_list: ["spam.example.net", "*.example.org"] } };
  expect(await applied(workbench, sandbox)).toEqual([{ query: "option=meeting_security", body }]);
});

test("line that is too short: a fault at the row", async ({ page, workbench }) => {
  await workbench.text(ROW.blockedDomains).fill("a.b");
  await workbench.bar.getByRole("button", { name: "Review" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Blocked domains" })).toBeFocused();
  await expect(workbench.row(ROW.blockedDomains)).toContainText("Write at least 5 characters.");
});

test("entries added, changed and removed: the whole list is sent", async ({ workbench, sandbox }) => {
  const row = workbench.row(ROW.countries);
  await row.getByLabel("Countries people may call", { exact: true }).click();
  await row.getByRole("button", { name: "Remove Entry 1" }).click();
  await expect(row.getByRole("group", { name: /^Entry/ })).toHaveCount(1);
  await row.getByRole("button", { name: "Add an entry" }).click();
  const added = row.getByRole("group", { name: "Entry 2" });
  await added.getByLabel("Country code").pressSequentially("NL");
  await added.getByLabel("Country or region").pressSequentially("Netherlands");
  await expect(added.getByLabel("Country code")).toHaveValue("NL");

  await workbench.openReview();
  await expect(workbench.review.getByRole("insertion")).toHaveText("2 entries");
  await workbench.review.getByRole("button", { name: "Back" }).click();
  const selected_countries = [
    { code: "US", name: "United States" },
    { code: "NL", name: "Netherlands" },
  ];
  const body = { audio_conferencing: { call_me_and_invite_by_phone: { call_out_countries: { selected_countries } } } };
  expect(await applied(workbench, sandbox)).toEqual([{ query: "", body }]);
});

test("rows of several variants: one request for each, settings before locks", async ({ workbench, sandbox }) => {
  await workbench.lock(ROW.pmiPasscode).click();
  await workbench.text(ROW.shortest).fill("9");
  await workbench.switch(ROW.joinBeforeHost).uncheck();
  const writes = await applied(workbench, sandbox, 3);
  expect(writes).toEqual([
    { query: "", body: { schedule_meeting: { join_before_host: false } } },
    { query: "option=meeting_security", body: { meeting_security: { meeting_password_requirement: { length: 9 } } } },
    { query: "option=meeting_security", body: { meeting_security: { pmi_password: true } } },
  ]);
});
