// A Webex site that is reached over XML: the console is the same, and only the PIN can be changed. Must not repeat what
// webex.spec.ts tests.

import { expect, test } from "./support/test";

test.use({ demoArguments: ["--webex", "xml"] });

test("over XML: the PIN can be changed and everything else is shown read-only", async ({ page, sandbox }) => {
  await page.goto("/webex/rooms/admin2%40example.com");
  await expect(page.getByRole("textbox", { name: "Room name" })).toBeDisabled();
  await page.getByRole("textbox", { name: "Host PIN", exact: true }).fill("5938");
  await page.getByRole("region", { name: "Changes" }).getByRole("button", { name: "Review" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Apply" }).click();
  await expect(page.getByRole("region", { name: "Changes" })).toContainText("read back and confirmed");
  const sent = (await sandbox.ledger()).map(({ body }) => JSON.stringify(body)).filter((body) => body.includes("SetUser"));
  expect(sent).toHaveLength(1);
  expect(sent[0]).toContain("<hostPIN>5938</hostPIN>");
});
