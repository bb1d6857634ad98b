// The workbench around the main job: filter, sections, dependent rows, faults at fields, discarding, leaving, links to
// rows. What single kinds of fields send is in fields.spec.ts.

import { expect, test } from "./support/test";
import { GROUP, ROW } from "./support/workbench";

test.beforeEach(async ({ workbench }) => workbench.open());

test("group with settings: every section with its rows, nothing changed", async ({ page, workbench }) => {
  for (const title of ["Meeting security", "Who may join", "In meeting", "Recording", "Recording access", "Chat"]) {
    await expect(workbench.sections.getByRole("link", { name: new RegExp(`^${title} \\d`) })).toBeVisible();
    await expect(page.getByRole("heading", { level: 2, name: title, exact: true })).toBeAttached();
  }
  await expect(workbench.bar).toBeHidden();
  await expect(workbench.filter).toHaveAttribute("placeholder", /^Filter \d{3} settings$/);
  await expect(workbench.switch(ROW.exceptions)).toBeDisabled();
  await expect(workbench.row(ROW.exceptions)).toContainText("read-only");
});

test("filter by words of label or help: only those rows and their sections", async ({ page, workbench }) => {
  await workbench.filter.fill("waiting room");
  await expect(workbench.row(ROW.waitingRoom)).toBeVisible();
  await expect(workbench.row(ROW.whoWaits)).toBeVisible();
  await expect(workbench.row(ROW.joinBeforeHost)).toBeHidden();
  await expect(page.getByRole("heading", { level: 2, name: "Chat" })).toBeHidden();
  await expect(workbench.sections.getByRole("link", { name: /^Chat/ })).toBeHidden();

  await workbench.filter.fill("zzz");
  await expect(page.getByText("No setting matches. Try another word, or clear the filter.")).toBeVisible();
  await workbench.filter.fill("");
  await expect(workbench.row(ROW.joinBeforeHost)).toBeVisible();
});

test("filter that leaves a dependent row: its switch stays with it", async ({ workbench }) => {
  await workbench.filter.fill("shortest passcode");
  await expect(workbench.row(ROW.shortest)).toBeVisible();
  await expect(workbench.row("meeting_security.meeting_security.meeting_password")).toBeVisible();
  await expect(workbench.row(ROW.pmiPasscode)).toBeHidden();
});

test("change and lock in a section: counted beside its name", async ({ page, workbench }) => {
  const link = workbench.sections.getByRole("link", { name: /^Meeting security / });
  await expect(link).not.toContainText("changed");
  await workbench.switch(ROW.waitingRoom).check();
  await workbench.switch(ROW.pmiPasscode).uncheck();
  await expect(link).toContainText("2 changed");
  await workbench.lock(ROW.pmiPasscode).click();
  await expect(link).toContainText("2 changed");
  await expect(link.getByTitle("1 locked")).toBeVisible();
  await workbench.sections.getByRole("link", { name: /^Recording access / }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Recording access" })).toBeInViewport();
});

test("row that depends on a switch: quiet while it is off, in force when it is on", async ({ workbench }) => {
  await expect(workbench.row(ROW.whoWaits)).toHaveClass(/\boff\b/);
  await workbench.switch(ROW.waitingRoom).check();
  await expect(workbench.row(ROW.whoWaits)).not.toHaveClass(/\boff\b/);
  await workbench.switch(ROW.waitingRoom).uncheck();
  await expect(workbench.row(ROW.whoWaits)).toHaveClass(/\boff\b/);
  await expect(workbench.bar).toBeHidden();
});

test("text where a number belongs: the summary has the focus, leads there, and nothing is sent", async ({
  page,
  workbench,
  sandbox,
}) => {
  await workbench.text(ROW.shortest).fill("ten");
  await expect(workbench.text(ROW.shortest)).toHaveAccessibleDescription(/Enter a whole number, in digits only\./);
  await workbench.bar.getByRole("button", { name: "Review" }).click();

  const summary = page.getByRole("alert").filter({ hasText: "Put 1 row right before this can be applied." });
  await expect(summary).toBeFocused();
  await expect(workbench.review).toBeHidden();
  await summary.getByRole("link", { name: "Shortest passcode" }).click();
  await expect(workbench.text(ROW.shortest)).toBeFocused();
  await expect(workbench.text(ROW.shortest)).toHaveValue("ten");
  expect(await sandbox.writes()).toEqual([]);

  await workbench.text(ROW.shortest).fill("10");
  await expect(summary).toBeHidden();
  await workbench.apply();
  await expect(workbench.bar).toContainText("Applied 1 change");
});

test("discarding: asks first, then everything is as it was read", async ({ page, workbench, sandbox }) => {
  await workbench.switch(ROW.waitingRoom).check();
  await workbench.text(ROW.shortest).fill("11");
  await workbench.bar.getByRole("button", { name: "Discard" }).click();
  const dialog = page.getByRole("dialog", { name: "Discard 2 changes?" });
  await dialog.getByRole("button", { name: "Keep them" }).click();
  await expect(dialog).toBeHidden();
  await expect(workbench.text(ROW.shortest)).toHaveValue("11");

  await workbench.bar.getByRole("button", { name: "Discard" }).click();
  await dialog.getByRole("button", { name: "Discard" }).click();
  await expect(workbench.bar).toBeHidden();
  await expect(workbench.text(ROW.shortest)).toHaveValue("8");
  await expect(workbench.switch(ROW.waitingRoom)).not.toBeChecked();
  expect(await sandbox.writes()).toEqual([]);
});

test("going elsewhere with changes: asks, stays with them or leaves without", async ({ page, workbench }) => {
  await workbench.switch(ROW.waitingRoom).check();
  const groups = page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Groups", exact: true });
  const dialog = page.getByRole("dialog", { name: "Leave this page?" });

  await groups.click();
  await expect(dialog).toContainText("This page has changes that were not applied.");
  await dialog.getByRole("button", { name: "Stay here" }).click();
  await expect(dialog).toBeHidden();
  await expect(page).toHaveURL(workbench.path());
  await expect(workbench.switch(ROW.waitingRoom)).toBeChecked();

  await groups.click();
  await dialog.getByRole("button", { name: "Leave without applying" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Groups" })).toBeVisible();
});

test("going back with changes: asks, and the address stays what it is", async ({ page, workbench }) => {
  await page.goto("/zoom/groups");
  await page.getByRole("link", { name: GROUP }).click();
  await workbench.switch(ROW.waitingRoom).check();
  await page.evaluate(() => history.back());
  const dialog = page.getByRole("dialog", { name: "Leave this page?" });
  await expect(dialog).toBeVisible();
  await expect(page).toHaveURL(workbench.path());
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(workbench.switch(ROW.waitingRoom)).toBeChecked();
});

test("closing the tab with changes: the browser asks; without: it does not", async ({ page, workbench }) => {
  await workbench.switch(ROW.waitingRoom).check();
  const asked = page.waitForEvent("dialog");
  await page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
  await expect(workbench.switch(ROW.waitingRoom)).toBeChecked();

  await workbench.switch(ROW.waitingRoom).uncheck();
  const closed = page.waitForEvent("close");
  await page.close({ runBeforeUnload: true });
  await closed;
});

test("link to a row: the page opens there with the focus on its control", async ({ page, workbench }) => {
  await page.goto("/zoom/groups");
  await page.getByRole("table", { name: "Groups" }).waitFor();
  await page.goto(workbench.path(ROW.joinBeforeHost));
  await expect(workbench.switch(ROW.joinBeforeHost)).toBeFocused();
  await expect(workbench.switch(ROW.joinBeforeHost)).toBeInViewport();
});

test("link on a row: the address names it, also when the filter had hidden it", async ({ page, workbench }) => {
  await workbench.row(ROW.shortest).getByRole("link", { name: "Link to Shortest passcode" }).press("Enter");
  await expect(page).toHaveURL(workbench.path(ROW.shortest));
  await expect(workbench.text(ROW.shortest)).toBeFocused();

  await workbench.filter.fill("chat");
  await expect(workbench.row(ROW.shortest)).toBeHidden();
  await page.evaluate((hash) => (location.hash = hash), ROW.pmiPasscode);
  await expect(workbench.switch(ROW.pmiPasscode)).toBeFocused();
  await expect(workbench.filter).toHaveValue("");
});
