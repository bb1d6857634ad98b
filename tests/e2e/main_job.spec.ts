// What people come for: the waiting room of a group is turned on and locked, reviewed, applied, read back and undone.

import { tabTo } from "./support/keyboard";
import { expect, test } from "./support/test";
import { GROUP, ROW, type Workbench } from "./support/workbench";

async function turnOnAndLock(workbench: Workbench): Promise<void> {
  await workbench.switch(ROW.waitingRoom).check();
  await workbench.lock(ROW.waitingRoom).click();
}

test("waiting room on and locked: one request each with only that leaf, and it stays", async ({ page, workbench, sandbox }) => {
  await page.goto("/zoom/groups");
  await page.getByRole("link", { name: GROUP }).click();
  await expect(workbench.switch(ROW.waitingRoom)).not.toBeChecked();
  await expect(workbench.lock(ROW.waitingRoom)).toHaveAttribute("aria-pressed", "false");
  await expect(workbench.bar).toBeHidden();

  await turnOnAndLock(workbench);
  await expect(workbench.row(ROW.waitingRoom)).toContainText("changed");
  await expect(workbench.bar).toContainText("1 change, 1 lock");
  await expect(workbench.bar).toContainText("Applies to 30 people.");

  await workbench.openReview();
  await expect(workbench.review).toHaveAccessibleName("Review 2 changes to Clinical staff");
  await expect(workbench.review).toContainText("2 requests · read back after writing");
  const setting = workbench.review.getByRole("row", { name: /^Waiting room/ });
  await expect(setting.getByRole("deletion")).toHaveText("off");
  await expect(setting.getByRole("insertion")).toHaveText("on");
  const lock = workbench.review.getByRole("row", { name: /^Lock: Waiting room/ });
  await expect(lock.getByRole("deletion")).toHaveText("open");
  await expect(lock.getByRole("insertion")).toHaveText("locked");
  await expect(lock).toContainText("30 people cannot change this any more; their own choices are overridden.");
  expect(await sandbox.writes()).toEqual([]);

  await workbench.review.getByRole("button", { name: "Apply" }).click();
  await expect(workbench.bar).toContainText("Applied 2 changes, read back and confirmed.");
  await expect(workbench.row(ROW.waitingRoom)).toContainText("applied");
  const option = "option=meeting_security";
  const body = { meeting_security: { waiting_room: true } };
  expect(await sandbox.writes()).toEqual([
    { method: "PATCH", path: workbench.vendorPath("settings"), query: option, body },
    { method: "PATCH", path: workbench.vendorPath("lock_settings"), query: option, body },
  ]);

  await page.reload();
  await expect(workbench.switch(ROW.waitingRoom)).toBeChecked();
  await expect(workbench.lock(ROW.waitingRoom)).toHaveAttribute("aria-pressed", "true");
  await expect(workbench.bar).toBeHidden();
});

test("setting that the vendor changes along: marked on its row and named in the bar", async ({ workbench }) => {
  await workbench.open();
  await expect(workbench.switch(ROW.joinBeforeHost)).toBeChecked();
  await turnOnAndLock(workbench);
  await workbench.apply();

  await expect(workbench.bar).toContainText(/Zoom changed with it: [^.]*Join before the host/);
  await expect(workbench.row(ROW.joinBeforeHost)).toContainText("changed by Zoom");
  await expect(workbench.switch(ROW.joinBeforeHost)).not.toBeChecked();
});

test("undo of the last change: the same leaves go back, and only those", async ({ workbench, sandbox }) => {
  await workbench.open();
  await turnOnAndLock(workbench);
  await workbench.apply();
  await expect(workbench.bar).toContainText("Applied 2 changes");
  const before = await sandbox.now();

  await workbench.bar.getByRole("button", { name: "Undo" }).click();
  await expect(workbench.bar).toContainText("Undone: 2 changes.");
  await expect(workbench.switch(ROW.waitingRoom)).not.toBeChecked();
  await expect(workbench.lock(ROW.waitingRoom)).toHaveAttribute("aria-pressed", "false");
  const body = { meeting_security: { waiting_room: false } };
  const writes = await sandbox.writes(before);
  expect(writes.map((write) => [write.path, write.body])).toEqual([
    [workbench.vendorPath("settings"), body],
    [workbench.vendorPath("lock_settings"), body],
  ]);
  await expect(workbench.bar.getByRole("button", { name: "Undo" })).toBeHidden();
  await workbench.bar.getByRole("button", { name: "Close" }).click();
  await expect(workbench.bar).toBeHidden();
});

test("main job with the keyboard alone: done, and the focus is not lost", async ({ page, workbench, sandbox }) => {
  await page.goto("/zoom/groups");
  const names = page.getByRole("table", { name: "Groups" }).getByRole("rowheader");
  await names.first().waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type(GROUP);
  await expect(names).toHaveCount(1);
  await tabTo(page, page.getByRole("link", { name: GROUP }), 8);
  await page.keyboard.press("Enter");
  await workbench.row(ROW.waitingRoom).waitFor();

  await page.keyboard.press("/");
  await expect(workbench.filter).toBeFocused();
  await page.keyboard.type("waiting room");
  await expect(workbench.row(ROW.pmiPasscode)).toBeHidden();
  await tabTo(page, workbench.switch(ROW.waitingRoom), 20);
  await page.keyboard.press("Space");
  await tabTo(page, workbench.lock(ROW.waitingRoom), 3);
  await page.keyboard.press("Enter");
  await tabTo(page, workbench.bar.getByRole("button", { name: "Review" }), 40);
  await page.keyboard.press("Enter");
  await tabTo(page, workbench.review.getByRole("button", { name: "Apply" }), 5);
  await page.keyboard.press("Enter");

  await expect(workbench.bar).toContainText("Applied 2 changes, read back and confirmed.");
  expect(await sandbox.writes()).toHaveLength(2);
  await tabTo(page, workbench.bar.getByRole("button", { name: "Undo" }), 3);
});
