// Another administrator changes the same group while one edits: nothing of either is overwritten without a decision.

import { expect, test } from "./support/test";
import { ROW } from "./support/workbench";

const OUR_SETTINGS = /^\/api\/zoom\/groups\/[^/]+\/settings$/;

const passcodeLength = (length: number) => ({ meeting_security: { meeting_password_requirement: { length } } });

test.beforeEach(async ({ watch, workbench, sandbox }) => {
  watch.expect(412, OUR_SETTINGS);
  await workbench.open();
  await workbench.text(ROW.shortest).fill("12");
  const { path, option } = workbench.elsewhere;
  await sandbox.mutate(path, option, { meeting_security: { pmi_password: false } });
});

test("another row was changed meanwhile: both changes survive", async ({ workbench, sandbox }) => {
  await expect(workbench.switch(ROW.pmiPasscode)).toBeChecked();
  await workbench.apply();
  await expect(workbench.bar).toContainText("Applied 1 change, read back and confirmed.");
  await expect(workbench.switch(ROW.pmiPasscode)).not.toBeChecked();
  await expect(workbench.text(ROW.shortest)).toHaveValue("12");
  expect((await sandbox.writes()).map(({ body }) => body)).toEqual([passcodeLength(12)]);
});

test("the same row was changed meanwhile: a conflict is shown and nothing is sent", async ({ page, workbench, sandbox }) => {
  await sandbox.mutate(workbench.elsewhere.path, workbench.elsewhere.option, passcodeLength(10));
  await workbench.apply();
  await expect(workbench.bar).toContainText("Nothing was overwritten: choose which value stays, then apply again.");
  await expect(workbench.row(ROW.shortest)).toContainText("Somebody else set this to “10” while you were editing.");
  await expect(workbench.text(ROW.shortest)).toHaveValue("12");
  expect(await sandbox.writes()).toEqual([]);

  await workbench.bar.getByRole("button", { name: "Show the first" }).click();
  await expect(workbench.text(ROW.shortest)).toBeFocused();
  await workbench.bar.getByRole("button", { name: "Review" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Shortest passcode" })).toBeFocused();
  await expect(workbench.review).toBeHidden();
});

test("Take theirs: their value stands and there is nothing left to apply", async ({ workbench, sandbox }) => {
  await sandbox.mutate(workbench.elsewhere.path, workbench.elsewhere.option, passcodeLength(10));
  await workbench.apply();
  await workbench.row(ROW.shortest).getByRole("button", { name: "Take theirs" }).click();
  await expect(workbench.text(ROW.shortest)).toHaveValue("10");
  await expect(workbench.row(ROW.shortest)).not.toContainText("Somebody else");
  await expect(workbench.bar).toBeHidden();
  expect(await sandbox.writes()).toEqual([]);
});

test("Keep mine: the next apply overwrites theirs, after a review that shows it", async ({ workbench, sandbox }) => {
  await sandbox.mutate(workbench.elsewhere.path, workbench.elsewhere.option, passcodeLength(10));
  await workbench.apply();
  await workbench.row(ROW.shortest).getByRole("button", { name: "Keep mine" }).click();
  await expect(workbench.row(ROW.shortest)).not.toContainText("Somebody else");

  await workbench.openReview();
  await expect(workbench.review.getByRole("deletion")).toHaveText("10");
  await expect(workbench.review.getByRole("insertion")).toHaveText("12");
  await workbench.review.getByRole("button", { name: "Apply" }).click();
  await expect(workbench.bar).toContainText("Applied 1 change, read back and confirmed.");
  expect((await sandbox.writes()).map(({ body }) => body)).toEqual([passcodeLength(12)]);
});

test("the same row was changed to the same value: nothing is left to do and nothing is sent", async ({ workbench, sandbox }) => {
  await sandbox.mutate(workbench.elsewhere.path, workbench.elsewhere.option, passcodeLength(12));
  await workbench.apply();
  await expect(workbench.row(ROW.shortest)).not.toContainText("Somebody else");
  await expect(workbench.text(ROW.shortest)).toHaveValue("12");
  await expect(workbench.bar).toContainText("Nothing was left to apply: Zoom has these values already.");
  await expect(workbench.bar.getByRole("button", { name: "Undo" })).toBeHidden();
  expect(await sandbox.writes()).toEqual([]);
});
