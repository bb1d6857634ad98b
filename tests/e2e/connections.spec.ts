// The connections to the vendors as a person looks at them and tests them. What each state means is in
// `crates/proxy/tests/it/connections_page.rs`. Must not test what an account may do: see connections_xml.spec.ts.

import type { Page } from "@playwright/test";

import { expectAccessible, expectNoDanglingIds, expectNoSidewaysScroll } from "./support/looks";
import { expect, test } from "./support/test";

function vendor(page: Page, name: string) {
  return page.getByRole("region", { name });
}

test("a vendor that fails and recovers: said with what to quote, in text and icon", async ({ page, sandbox }) => {
  await page.goto("/zoom/users");
  await page.getByRole("heading", { level: 1, name: "Users" }).waitFor();
  await page.keyboard.press("g");
  await page.keyboard.press("n");
  await expect(page.getByRole("heading", { level: 1, name: "Connections" })).toBeVisible();
  await expect(page).toHaveURL(/\/connections$/);
  const zoom = vendor(page, "Zoom");
  await expect(zoom.getByText("works", { exact: true })).toBeVisible();
  await expect(vendor(page, "Webex").getByText("works", { exact: true })).toBeVisible();
  await expect(zoom.getByText("Last tested")).toBeVisible();
  await expect(zoom.getByText(/^held since /)).toBeVisible();
  expect(await sandbox.ledger()).toEqual(expect.not.arrayContaining([expect.objectContaining({ query: "page_size=1" })]));

  await sandbox.fault({ vendor: "zoom", path: "users", fault: { kind: "status", status: 500 } });
  await zoom.getByRole("button", { name: "Test now" }).click();
  await expect(zoom.getByText("does not work")).toBeVisible();
  await expect(zoom.getByRole("alert")).toContainText("Zoom");
  await expect(zoom.getByText("Tracking id")).toBeVisible();
  await expectAccessible(page);
  await expectNoDanglingIds(page);
  await sandbox.fault();
  await zoom.getByRole("button", { name: "Test now" }).click();
  await expect(zoom.getByText("works", { exact: true })).toBeVisible();
  await expect(zoom.getByRole("button", { name: "Test now" })).toBeFocused();
  await page.setViewportSize({ width: 320, height: 800 });
  await expectNoSidewaysScroll(page);
});

test("a vendor that is slow: the button says so, and the others can be tested meanwhile", async ({ page, sandbox }) => {
  await page.goto("/connections");
  await sandbox.fault({ vendor: "zoom", path: "users", fault: { kind: "hang" } });
  const zoom = vendor(page, "Zoom");
  await zoom.getByRole("button", { name: "Test now" }).click();
  await expect(zoom.getByRole("button", { name: "Testing…" })).toBeVisible();
  const webex = vendor(page, "Webex");
  await webex.getByRole("button", { name: "Test now" }).click();
  await expect(webex.getByRole("button", { name: "Test now" })).toBeVisible();
  await sandbox.fault();
  await zoom.getByRole("button", { name: "Test now" }).click();
  await expect(zoom.getByText("works", { exact: true })).toBeVisible();
});

test("a server that does not answer: said, and tried again", async ({ page, watch }) => {
  watch.expectFailure(/^\/api\/connections$/);
  await page.goto("/zoom/users");
  await page.getByRole("link", { name: "Connections" }).waitFor();
  await page.waitForLoadState("networkidle");
  await page.context().setOffline(true);
  await page.getByRole("link", { name: "Connections" }).click();
  await expect(page.getByRole("alert")).toContainText("cannot reach its server");
  await page.context().setOffline(false);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(vendor(page, "Zoom")).toBeVisible();
});

test.describe("as the auditor", () => {
  test.use({ account: "auditor" });

  test("the connections can be read and not tested", async ({ page }) => {
    await page.goto("/zoom/users");
    await page.getByRole("link", { name: "Connections" }).click();
    await expect(vendor(page, "Zoom").getByText("Last tested")).toBeVisible();
    await expect(page.getByRole("button", { name: "Test now" })).toHaveCount(0);
  });
});

test.describe("as the help desk", () => {
  test.use({ account: "helpdesk" });

  test("no link, and the address says that it is not for this account", async ({ page }) => {
    await page.goto("/zoom/users");
    await page.getByRole("heading", { level: 1, name: "Users" }).waitFor();
    await expect(page.getByRole("link", { name: "Connections" })).toHaveCount(0);
    await page.goto("/connections");
    await expect(page.getByRole("heading", { level: 1, name: "Not for this account" })).toBeVisible();
  });
});
