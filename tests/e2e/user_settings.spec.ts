// The settings of one person: what a group of theirs locks is said on the row and cannot be changed there.

import { expect, test } from "./support/test";
import { GROUP, ROW } from "./support/workbench";

test("setting that a group locks: the row names the group, and only the other rows can be changed", async ({ page, sandbox, workbench }) => {
  const locks = { meeting_security: { waiting_room: true } };
  await sandbox.mutate(`groups/${workbench.groupId()}/lock_settings`, "meeting_security", locks);
  await page.goto(workbench.path().replace(/settings$/, "members"));
  await page.getByRole("table", { name: "Members" }).getByRole("link").first().click();
  await page.getByRole("link", { name: "Settings", exact: true }).click();

  await expect(workbench.row(ROW.waitingRoom)).toContainText(`Locked by ${GROUP}`);
  await expect(workbench.switch(ROW.waitingRoom)).toBeDisabled();
  await expect(workbench.text(ROW.shortest)).toBeEnabled();
  await expect(workbench.row(ROW.shortest)).not.toContainText("Locked by");
});
