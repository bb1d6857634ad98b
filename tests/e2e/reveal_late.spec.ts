// A secret that is asked for some time after signing in: the password is wanted once more, in place. Must not repeat what
// reveal.spec.ts tests.

import { expectAccessible } from "./support/looks";
import { ask, HOST_PIN, openRoom, pinAt, reveal, WANTED } from "./support/reveal";
import { expect, PASSWORD, test } from "./support/test";

test.use({ account: "helpdesk", fresh: true, demoArguments: ["--proof-seconds", "5"] });

test("the password is asked for in place, and what was asked goes on; or it is given up", async ({ page, demo, watch }) => {
  watch.expect(400, /^\/api\/reveal$/);
  watch.expect(403, /^\/api\/reveal$/);
  await openRoom(page);
  // Refused as no secret while the password counts as given lately, and for want of it from then on.
  const late = async () => (await ask(page, { ...WANTED, pointer: "/topic" })).kind;
  await expect.poll(late, { timeout: 20_000 }).toBe("recent_sign_in_required");

  await reveal(page, HOST_PIN, "Ticket 4711");
  const again = page.getByRole("dialog", { name: "Sign in again" });
  await expect(again.getByText("Give yours once more.")).toBeVisible();
  await expect(again.getByLabel("User name")).toHaveValue("helpdesk");
  await expectAccessible(page);
  await again.getByRole("button", { name: "Cancel" }).click();
  await expect(again).toBeHidden();
  const dialog = page.getByRole("dialog", { name: HOST_PIN });
  await expect(dialog.getByRole("alert")).toContainText("Secrets are shown only to somebody");
  await expect(dialog.getByLabel("Why you need to see it")).toHaveValue("Ticket 4711");

  await dialog.getByRole("button", { name: "Reveal", exact: true }).click();
  await again.getByLabel("Password").fill(PASSWORD);
  await again.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(dialog.getByText(await pinAt(demo.vendors), { exact: true })).toBeVisible();
});
