// Personal rooms of Webex as a person uses them: from the list to the room, from one site to the other, a change that is
// read back, a PIN that breaks the rules, and the faults of the vendor. Must not test forms in general.

import type { Page } from "@playwright/test";

import { expectAccessible, expectNoDanglingIds, expectNoSidewaysScroll } from "./support/looks";
import { expect, test } from "./support/test";

const ROOM = "/webex/v1/meetingPreferences/personalMeetingRoom";
const PIN = "Host PIN";

async function openRoom(page: Page, person: string): Promise<void> {
  await page.goto("/webex/rooms");
  await page.getByRole("searchbox").fill(person);
  await page.getByRole("table", { name: "Personal rooms" }).getByRole("link").first().click();
  await page.getByRole("textbox", { name: PIN, exact: true }).waitFor();
}

async function apply(page: Page): Promise<void> {
  await page.getByRole("region", { name: "Changes" }).getByRole("button", { name: "Review" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Apply" }).click();
}

test("room: found by name, changed as a whole, read back, and only what changed is said to be applied", async ({ page, sandbox }) => {
  await openRoom(page, "admin2");
  await expect(page.getByRole("heading", { level: 1, name: "Admin Two" })).toBeVisible();
  await page.getByRole("textbox", { name: "Room name" }).fill("Ward round");
  await page.getByRole("switch", { name: "Tell the owner about guests in the lobby" }).click();
  await apply(page);
  await expect(page.getByRole("region", { name: "Changes" })).toContainText("Applied 2 changes, read back and confirmed.");
  await expect(page.getByText("applied", { exact: true })).toHaveCount(2);
  const writes = await sandbox.writes();
  expect(writes).toHaveLength(1);
  const [write] = writes;
  expect(write).toMatchObject({ method: "PUT", path: ROOM, query: "userEmail=admin2%40example.com" });
  const body = write?.body as Record<string, unknown>;
  expect(body.topic).toBe("Ward round");
  expect(String(body.hostPin)).toMatch(/^\d{4}$/);
  expect(body).not.toHaveProperty("sipAddress");
  await expectNoDanglingIds(page);
});

test("PIN: its rules are said while typing, with the length of the site that is open", async ({ page, sandbox }) => {
  await openRoom(page, "admin3");
  const pin = page.getByRole("textbox", { name: PIN, exact: true });
  for (const [typed, said] of [
    ["1234", "This runs upward"],
    ["4321", "This runs downward"],
    ["7777", "This is one digit repeated"],
    ["48x1", "A PIN has digits only."],
    ["48291", "A PIN has 4 digits here."],
  ] as const) {
    await pin.fill(typed);
    await expect(page.getByText(said)).toBeVisible();
  }
  await pin.fill("");
  await page.getByRole("navigation", { name: "Site" }).getByRole("link", { name: "demo-eu.webex.example" }).click();
  await expect(page).toHaveURL(/\/on\/demo-eu\.webex\.example$/);
  await pin.fill("4829");
  await expect(page.getByText("A PIN has 6 digits here.")).toBeVisible();
  await pin.fill("048296");
  await apply(page);
  await expect(page.getByRole("region", { name: "Changes" })).toContainText("read back and confirmed");
  await expect(pin).toHaveValue("");
  const [write] = await sandbox.writes();
  expect(write?.query).toContain("siteUrl=demo-eu.webex.example");
  expect((write?.body as Record<string, unknown>).hostPin).toBe("048296");
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 800 });
  await expectNoSidewaysScroll(page);
});

test("room that is locked for the moment: says so with the vendor's code, and loses nothing that was typed", async ({ page, sandbox, watch }) => {
  watch.expect(429, /^\/api\/webex\/meetingPreferences\/personalMeetingRoom$/);
  const body = { message: "Locked", errors: [{ description: "Locked" }], trackingId: "ROUTER_0000-TEST" };
  await sandbox.fault({ vendor: "webex", method: "PUT", times: 1, fault: { kind: "status", status: 423, retry_after: "1", body } });
  await openRoom(page, "admin4");
  await page.getByRole("textbox", { name: "Room name" }).fill("Night shift");
  await apply(page);
  await expect(page.getByRole("alert")).toContainText("The room is locked for a moment");
  await expect(page.getByText("Webex 423")).toBeVisible();
  await expect(page.getByText(/^ROUTER_/)).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Room name" })).toHaveValue("Night shift");
});

test.describe("as the auditor", () => {
  test.use({ account: "auditor" });

  test("the room can be read and not changed, and its PIN is only said to be set", async ({ page }) => {
    await openRoom(page, "admin2");
    await expect(page.getByRole("textbox", { name: PIN, exact: true })).toBeDisabled();
    await expect(page.getByRole("textbox", { name: PIN, exact: true })).toHaveValue("");
  });
});
