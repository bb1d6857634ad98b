// A Veeting key of one account: the console is the same, and what the key may not do is not offered. Must not repeat what
// veeting.spec.ts tests.

import { expect, test } from "./support/test";

test.use({ demoArguments: ["--veeting", "account"] });

test("with an account key: meetings are scheduled for nobody in particular, and accounts are not made", async ({ page, sandbox }) => {
  await page.goto("/veeting/accounts");
  const accounts = page.getByRole("table", { name: "Accounts" });
  await expect(accounts.getByRole("rowheader")).toHaveCount(1);
  await expect(page.getByRole("button", { name: "Create an account…" })).toHaveCount(0);
  await accounts.getByRole("link").first().click();
  await page.getByText("Account ID", { exact: true }).waitFor();
  await expect(page.getByRole("navigation", { name: "Parts of this" }).getByRole("link")).toHaveText(["Details"]);

  await page.goto("/veeting/meetings");
  await page.getByRole("button", { name: "Schedule a meeting…" }).click();
  const dialog = page.getByRole("dialog").filter({ visible: true });
  await dialog.getByRole("textbox", { name: "Topic" }).fill("Our own meeting");
  await expect(dialog.getByRole("textbox", { name: "Organizer's e-mail" })).toHaveCount(0);
  await dialog.getByLabel("Start", { exact: true }).fill("2027-03-09T10:00");
  await dialog.getByRole("button", { name: "Schedule a meeting" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Meeting scheduled." }).first()).toBeVisible();
  const [posted] = (await sandbox.ledger()).filter(({ method }) => method === "POST");
  expect(posted?.headers).not.toHaveProperty("x-user-id");
  expect(posted?.headers).not.toHaveProperty("x-user-email");
});
