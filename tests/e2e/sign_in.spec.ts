// Signing in and out, and a session that ends under an open page. Must not test what a role may do: see roles.spec.ts.

import { ROW } from "./support/workbench";
import { expect, signIn, test } from "./support/test";

test.use({ account: null });

test("sign-in with a wrong password: a sentence says so and has the focus", async ({ page, watch }) => {
  watch.expect(401, /^\/auth\/login$/);
  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in$/);
  await expect(page).toHaveTitle("Sign in · Roomkey");

  await signIn(page, "admin", "not the password");

  const summary = page.getByRole("alert");
  await expect(summary).toHaveText("The name or the password is wrong. Check both and try again.");
  await expect(summary).toBeFocused();
  await expect(page.getByLabel("User name")).toHaveValue("admin");
  await expect(page.getByLabel("Password")).toHaveValue("");
});

test("sign-in with nothing filled in: both fields are named and linked", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in" }).click();

  const summary = page.getByRole("alert");
  await expect(summary).toBeFocused();
  await summary.getByRole("link", { name: "Enter your password." }).click();
  await expect(page.getByLabel("Password")).toBeFocused();
  await expect(page.getByLabel("Password")).toHaveAccessibleDescription("Enter your password.");
  await summary.getByRole("link", { name: "Enter your user name." }).click();
  await expect(page.getByLabel("User name")).toBeFocused();
});

test("sign-in with the right password: the desk", async ({ page }) => {
  await page.goto("/");
  await signIn(page, "admin");

  await expect(page).toHaveURL(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  await expect(page.getByRole("heading", { level: 1, name: "Who needs help?" })).toBeVisible();
  await expect(page.getByRole("button", { name: "admin, Administrator" })).toBeVisible();
});

test("sign-in after a link to a row: that row", async ({ page, workbench }) => {
  await page.goto(workbench.path(ROW.joinBeforeHost));
  await expect(page).toHaveURL(/\/sign-in\?to=/);
  await signIn(page, "admin");

  await expect(page).toHaveURL(workbench.path(ROW.joinBeforeHost));
  await expect(workbench.switch(ROW.joinBeforeHost)).toBeFocused();
});

test("sign-in with a foreign address to return to: our own start page", async ({ page }) => {
  await page.goto("/sign-in?to=https%3A%2F%2Fexample.com%2F");
  await signIn(page, "admin");
  await expect(page).toHaveURL(/^http:\/\/127\.0\.0\.1:\d+\/$/);
});

test("sign-out: the sign-in page, and nothing behind it any more", async ({ page }) => {
  await page.goto("/");
  await signIn(page, "admin");
  await page.getByRole("button", { name: "admin, Administrator" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();

  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await page.goto("/zoom/groups");
  await expect(page).toHaveURL(/\/sign-in\?to=/);
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
});

test("signing out with changes: asks first, and signs out only when they may be lost", async ({ page, workbench }) => {
  await page.goto(workbench.path());
  await signIn(page, "admin");
  await workbench.switch(ROW.waitingRoom).check();
  const dialog = page.getByRole("dialog", { name: "Leave this page?" });
  const signOut = async () => {
    await page.getByRole("button", { name: "admin, Administrator" }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
  };

  await signOut();
  await dialog.getByRole("button", { name: "Stay here" }).click();
  await expect(workbench.switch(ROW.waitingRoom)).toBeChecked();

  await signOut();
  await dialog.getByRole("button", { name: "Leave without applying" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
});

test("address of signing out: does not sign out whom a link led there", async ({ page }) => {
  await page.goto("/sign-in");
  await signIn(page, "admin");
  await expect(page.getByRole("button", { name: "admin, Administrator" })).toBeVisible();
  await page.goto("/sign-out");
  await expect(page).toHaveURL(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  await expect(page.getByRole("button", { name: "admin, Administrator" })).toBeVisible();
});

test("sign-out that does not get through: says so, and trying again signs out", async ({ page, watch }) => {
  watch.expectFailure(/^\/auth\/logout$/);
  await page.goto("/");
  await signIn(page, "admin");
  await page.route("/auth/logout", (route) => route.abort(), { times: 1 });
  await page.getByRole("button", { name: "admin, Administrator" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
});

test("session that ends while editing: signing in again in place, and the change is applied", async ({
  page,
  context,
  watch,
  workbench,
  sandbox,
}) => {
  watch.expect(401, /^\/api\/zoom\/groups\/[^/]+\/settings$/);
  await page.goto(workbench.path());
  await signIn(page, "admin");
  await workbench.row(ROW.waitingRoom).waitFor();
  await workbench.text(ROW.needNotWait).fill("guests.example.org");
  await workbench.switch(ROW.waitingRoom).check();
  await context.clearCookies();

  await workbench.apply();
  const dialog = page.getByRole("dialog", { name: "Sign in again" });
  await expect(dialog).toContainText("Your session ended. Sign in again; nothing you typed is lost.");
  await expect(dialog.getByLabel("User name")).toHaveValue("admin");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeVisible();
  expect(await sandbox.writes()).toEqual([]);
  await signIn(page, "admin");

  await expect(dialog).toBeHidden();
  await expect(workbench.bar).toContainText("Applied 2 changes, read back and confirmed.");
  await expect(workbench.text(ROW.needNotWait)).toHaveValue("guests.example.org");
  const waiting = { waiting_room: true, waiting_room_settings: { whitelisted_domains_for_waiting_room: "guests.example.org" } };
  expect((await sandbox.writes()).map(({ body }) => body)).toEqual([{ meeting_security: waiting }]);
});
