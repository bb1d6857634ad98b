// Veeting's accounts and meetings as a person uses them: each step of the vendor's tutorial from its place, times in the
// reader's zone, series, what happens to the people in a room, and the faults of the vendor. Must not test forms in general.

import type { Locator, Page } from "@playwright/test";

import { expectAccessible, expectNoDanglingIds, expectNoSidewaysScroll } from "./support/looks";
import { expect, test } from "./support/test";

const BASE = "/veeting/api/v6";
/** An hour ahead of UTC in winter. */
test.use({ timezoneId: "Europe/Zurich" });

function dialog(page: Page): Locator {
  return page.getByRole("dialog").filter({ visible: true });
}

/** Waits for a message and closes it, so that the same words seen later are said anew. */
async function said(page: Page, words: string | RegExp): Promise<void> {
  const message = page.locator(".toast").filter({ hasText: words });
  await expect(message).toBeVisible();
  await message.getByRole("button", { name: "Close this message" }).click();
  await expect(message).toBeHidden();
}

/** An organizer's address, asked for as any client would ask. */
async function organizer(vendors: string): Promise<{ id: string; email: string }> {
  const get = async (path: string) => {
    const answer = await fetch(`${vendors}${BASE}${path}`, { headers: { "x-api-key": "demo-instance-key" } });
    return ((await answer.json()) as { data: { id: string; email: string }[] }).data;
  };
  const [account] = await get("/account");
  const [first] = await get(`/account/admin/${account?.id}`);
  if (first === undefined) throw new Error("there is no organizer");
  return first;
}

/** Schedules a meeting from the list, with what else is to be filled in, and opens it. */
async function schedule(page: Page, email: string, topic: string, more: (dialog: Locator) => Promise<void> = async () => {}): Promise<void> {
  await page.goto("/veeting/meetings");
  await page.getByRole("button", { name: "Schedule a meeting…" }).click();
  await dialog(page).getByRole("textbox", { name: "Organizer's e-mail" }).fill(email);
  await dialog(page).getByRole("textbox", { name: "Topic" }).fill(topic);
  await dialog(page).getByLabel("Start", { exact: true }).fill("2027-03-09T10:00");
  await more(dialog(page));
  await dialog(page).getByRole("button", { name: "Schedule a meeting" }).click();
  await said(page, "Meeting scheduled.");
  await page.getByRole("searchbox").fill(topic);
  await page.getByRole("table", { name: "Meetings" }).getByRole("link", { name: topic }).click();
  await page.getByRole("heading", { level: 1, name: topic }).waitFor();
}

test("account: created with its first organizer, who is found and scheduled for by id", async ({ page, sandbox }) => {
  await page.goto("/veeting/accounts");
  await page.getByRole("button", { name: "Create an account…" }).click();
  await dialog(page).getByRole("textbox", { name: "First name" }).fill("Test");
  await dialog(page).getByRole("textbox", { name: "Last name" }).fill("User");
  await dialog(page).getByRole("textbox", { name: "E-mail" }).fill("test-user@example.com");
  await expect(dialog(page).getByText("Europe/Zurich")).toBeVisible();
  await dialog(page).getByLabel("Runs until", { exact: true }).fill("2027-04-19T21:03");
  await expectNoDanglingIds(page);
  await expectAccessible(page);
  await dialog(page).getByRole("button", { name: "Create an account" }).click();
  await said(page, "Account created.");
  // A trial ends when Veeting says, whatever was asked for: that is said, too.
  await said(page, "made something else of this than was asked: Runs until");
  const [created] = await sandbox.writes();
  expect(created).toMatchObject({ method: "POST", path: `${BASE}/account` });
  expect(created?.body).toEqual({
    sendPassword: true,
    accountType: "trial",
    adminFirstname: "Test",
    adminLastname: "User",
    adminEmail: "test-user@example.com",
    adminPreferredLanguage: "en",
    paidUntil: "2027-04-19T19:03:00.000Z",
  });

  await page.getByRole("searchbox").fill("test-user");
  await page.getByRole("table", { name: "Accounts" }).getByRole("link", { name: "test-user@example.com" }).click();
  const row = page.getByRole("table", { name: "Organizers" }).getByRole("row", { name: /test-user@example\.com/ });
  await expect(row).toContainText("set");
  await expectAccessible(page);
  const since = await sandbox.now();
  await row.getByRole("button", { name: /^Schedule…/ }).click();
  await dialog(page).getByRole("textbox", { name: "Topic" }).fill("My Meeting Topic");
  await dialog(page).getByLabel("Start", { exact: true }).fill("2027-03-09T10:00");
  await dialog(page).getByRole("button", { name: "Schedule", exact: true }).click();
  await said(page, "Meeting scheduled for Test.");
  const [scheduled] = (await sandbox.ledger(since)).filter(({ method }) => method === "POST");
  expect(scheduled?.path).toBe(`${BASE}/meeting`);
  expect(scheduled?.headers["x-user-id"]).toBeTruthy();
  expect(scheduled?.headers["x-user-email"]).toBeUndefined();
  expect(scheduled?.body).toEqual({
    topic: "My Meeting Topic",
    startTime: "2027-03-09T09:00:00.000Z",
    endTime: "2027-03-09T10:00:00.000Z",
    duration: 60,
    type: "standard",
    isRecurring: false,
    isRecorded: false,
    isDialin: false,
    invitedParticipants: [],
    recurring: {},
    meetingPermissionId: null,
  });
});

test("meeting: scheduled by address, changed with its end moved along, and deleted", async ({ page, sandbox, demo }) => {
  const { email } = await organizer(demo.vendors);
  await schedule(page, email, "Ward round", async (form) => {
    await form.getByRole("textbox", { name: "Minutes" }).fill("45");
    await form.getByRole("combobox", { name: "Kind of meeting" }).selectOption("Boardroom");
    await form.getByRole("switch", { name: "Record it" }).click();
    await form.getByRole("textbox", { name: "Invite" }).fill("ines@example.com\nzoe@example.com");
    await form.getByRole("combobox", { name: "Permission profile" }).click();
    await form.getByRole("listbox").getByRole("option").first().click();
  });
  const posted = (await sandbox.ledger()).find(({ method }) => method === "POST");
  expect(posted?.headers["x-user-email"]).toBe(email);
  expect(posted?.body).toMatchObject({
    duration: 45,
    endTime: "2027-03-09T09:45:00.000Z",
    type: "boardroom",
    isRecorded: true,
    invitedParticipants: ["ines@example.com", "zoe@example.com"],
    meetingPermissionId: expect.stringMatching(/./),
  });
  await expectNoDanglingIds(page);

  let since = await sandbox.now();
  await page.getByRole("button", { name: "Change…", exact: true }).click();
  await expectNoDanglingIds(page);
  await expect(dialog(page).getByLabel("Start", { exact: true })).toHaveValue("2027-03-09T10:00");
  await expect(dialog(page).getByRole("combobox", { name: "What to change" })).toHaveCount(0);
  await dialog(page).getByLabel("Start", { exact: true }).fill("2027-03-09T10:30");
  await dialog(page).getByRole("button", { name: "Change", exact: true }).click();
  await said(page, "Meeting changed.");
  // What the page shows is read again.
  await expect(page.getByLabel("Start", { exact: true })).toHaveValue("2027-03-09T10:30");
  const [changed] = await sandbox.writes(since);
  expect(changed?.method).toBe("PUT");
  expect(changed?.path).toMatch(/\/false$/);
  expect(changed?.body).toMatchObject({
    topic: "Ward round",
    startTime: "2027-03-09T09:30:00.000Z",
    endTime: "2027-03-09T10:15:00.000Z",
    duration: 45,
    recurring: {},
  });
  expect(changed?.body).toHaveProperty("id");

  since = await sandbox.now();
  await page.getByRole("button", { name: "Delete…" }).click();
  await expect(dialog(page)).toContainText("Nobody is in the room now.");
  await dialog(page).getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page).toHaveURL(/\/veeting\/meetings$/);
  expect(await sandbox.writes(since)).toMatchObject([{ method: "DELETE", body: null }]);
});

test("series: each row appears when it counts, and this one or the series is asked plainly", async ({ page, sandbox, demo }) => {
  const { email } = await organizer(demo.vendors);
  await schedule(page, email, "Every other week", async (form) => {
    const row = (name: string) => form.locator(".row").filter({ has: page.getByText(name, { exact: true }) });
    await expect(row("Every so many")).toHaveClass(/off/);
    await form.getByRole("switch", { name: "Repeats" }).click();
    await expect(row("Every so many")).not.toHaveClass(/off/);
    await expect(row("In a month")).toHaveClass(/off/);
    await form.getByRole("button", { name: "Schedule a meeting" }).click();
    await expect(form.getByRole("alert")).toContainText("Something is missing");
    await form.getByRole("combobox", { name: "Every so many" }).selectOption("Weeks");
    await form.getByRole("textbox", { name: "How many" }).fill("2");
    await form.getByRole("combobox", { name: "The series ends" }).selectOption("After a number of meetings");
    await form.getByRole("textbox", { name: "Meetings in all" }).fill("5");
  });
  const posted = (await sandbox.ledger()).find(({ method }) => method === "POST");
  expect(posted?.body).toMatchObject({
    isRecurring: true,
    recurring: { frequencyType: "weekly", frequency: 2, endsType: "after", endsAfter: 5 },
  });

  for (const [which, segment] of [["Only this meeting", "false"], ["The whole series", "true"]] as const) {
    const since = await sandbox.now();
    await page.getByRole("button", { name: "Change…", exact: true }).click();
    await dialog(page).getByRole("combobox", { name: "What to change" }).selectOption(which);
    await dialog(page).getByRole("textbox", { name: "Topic" }).fill(`Now ${which}`);
    await dialog(page).getByRole("button", { name: "Change", exact: true }).click();
    await said(page, "Meeting changed.");
    const [changed] = await sandbox.writes(since);
    expect(changed?.path).toMatch(new RegExp(`/${segment}$`));
    await expect(dialog(page)).toBeHidden();
  }
  await expect(page.getByRole("heading", { level: 1, name: "Now The whole series" })).toBeVisible();
});

test("open meeting: found by its state, and closing says first how many are thrown out", async ({ page, sandbox }) => {
  await page.goto("/veeting/meetings");
  await page.getByRole("combobox", { name: "State" }).selectOption("open");
  await page.getByRole("table", { name: "Meetings" }).getByRole("rowheader").getByRole("link").first().click();
  await page.getByRole("button", { name: "Close now…" }).click();
  await expect(dialog(page)).toContainText(/\d+ (person is|people are) in the room now and will be thrown out\./);
  await expectAccessible(page);
  const since = await sandbox.now();
  await dialog(page).getByRole("button", { name: "Close now" }).click();
  await said(page, "is closed.");
  const [closed] = await sandbox.writes(since);
  expect(closed).toMatchObject({ method: "POST", path: `${BASE}/meeting/close`, body: { meetingId: expect.stringMatching(/./) } });
  await expect(page.getByRole("button", { name: "Close now…" })).toBeHidden();
});

test("list: narrowed down by time in the reader's zone, and by kind", async ({ page, sandbox, demo }) => {
  const { email } = await organizer(demo.vendors);
  await schedule(page, email, "In March");
  await page.goto("/veeting/meetings");
  await page.getByRole("table", { name: "Meetings" }).waitFor();
  const since = await sandbox.now();
  await page.getByLabel("From", { exact: true }).fill("2027-03-09T00:00");
  await page.getByLabel("Until", { exact: true }).fill("2027-03-10T00:00");
  await expect(page.getByRole("table", { name: "Meetings" }).getByRole("link", { name: "In March" })).toBeVisible();
  const asked = (await sandbox.ledger(since)).map(({ query }) => query);
  expect(asked).toContain("end=2027-03-09T23%3A00%3A00.000Z&start=2027-03-08T23%3A00%3A00.000Z");
  await page.getByRole("combobox", { name: "Kind" }).selectOption("Standard");
  await expect(page.getByRole("table", { name: "Meetings" }).getByRole("link", { name: "In March" })).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 800 });
  await expectNoSidewaysScroll(page);
});

test("refusal in a 200: a sentence with Veeting's code, and nothing typed is lost", async ({ page, sandbox, watch, demo }) => {
  watch.expect(422, /^\/api\/veeting\/meeting$/);
  const { email } = await organizer(demo.vendors);
  const body = { responseCode: -4, data: null, message: "topic is too long." };
  await sandbox.fault({ vendor: "veeting", method: "POST", times: 1, fault: { kind: "status", status: 200, body } });
  await page.goto("/veeting/meetings");
  await page.getByRole("button", { name: "Schedule a meeting…" }).click();
  await dialog(page).getByRole("textbox", { name: "Organizer's e-mail" }).fill(email);
  await dialog(page).getByRole("textbox", { name: "Topic" }).fill("Night shift");
  await dialog(page).getByLabel("Start", { exact: true }).fill("2027-03-09T10:00");
  await dialog(page).getByRole("button", { name: "Schedule a meeting" }).click();
  await expect(dialog(page).getByRole("alert")).toContainText("Veeting does not take one of the values.");
  await expect(dialog(page).getByText("Veeting -4")).toBeVisible();
  await expect(dialog(page).getByLabel("Start", { exact: true })).toHaveValue("2027-03-09T10:00");
  await dialog(page).getByRole("button", { name: "Schedule a meeting" }).click();
  await said(page, "Meeting scheduled.");
});

test.describe("as the help desk", () => {
  test.use({ account: "helpdesk" });

  test("meetings can be found and read, and nothing can be done to them", async ({ page }) => {
    await page.goto("/veeting/meetings");
    await expect(page.getByRole("button", { name: "Schedule a meeting…" })).toHaveCount(0);
    await page.getByRole("table", { name: "Meetings" }).getByRole("rowheader").getByRole("link").first().click();
    await page.getByText("Meeting number", { exact: true }).waitFor();
    for (const name of ["Change…", "Close now…", "Delete…"]) {
      await expect(page.getByRole("button", { name })).toHaveCount(0);
    }
  });
});
