// The page of a person: a card for each vendor, who locks what, resetting with the keyboard alone, and what the record says
// about it. The dialog of a reset is tested in resets.spec.ts, finding people in desk.spec.ts.

import type { Page } from "@playwright/test";

import { Desk, known, type Somebody } from "./support/desk";
import { expectAccessible, expectNoDanglingIds, expectNoSidewaysScroll } from "./support/looks";
import { expect, test } from "./support/test";

const WEBEX = "Webex personal room";
const ROOM = "/webex/v1/meetingPreferences/personalMeetingRoom";

let desk: Desk;
let somebody: Somebody;

test.beforeEach(async ({ page, sandbox }) => {
  [somebody] = await known(sandbox);
  desk = new Desk(page);
});

/** Finds somebody and opens the page. */
async function openPerson(page: Page, { email, name }: Somebody): Promise<void> {
  await desk.open();
  await desk.field.fill(email);
  await desk.hit(email).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

/** The PIN that the vendor holds, asked as any client would. */
async function pinAt(vendors: string, email: string): Promise<string> {
  const answer = await fetch(`${vendors}${ROOM}?userEmail=${encodeURIComponent(email)}`, {
    headers: { authorization: "Bearer demo-webex-token" },
  });
  return ((await answer.json()) as { hostPin: string }).hostPin;
}

test.describe("as the help desk", () => {
  test.use({ account: "helpdesk" });

  test("a new PIN with the keyboard alone: six keys after the name; ledger, record and screen agree", async ({ page, demo, sandbox }) => {
    await page.goto("/zoom/users");
    await page.getByRole("heading", { level: 1, name: "Users" }).waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("d");
    await expect(desk.field).toBeFocused();
    await page.keyboard.type(somebody.email);
    let pressed = 0;
    const press = async (key: string) => {
      pressed += 1;
      await page.keyboard.press(key);
    };
    await expect(desk.hits.first()).toContainText(somebody.email);
    await press("ArrowDown");
    await press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: somebody.name })).toBeFocused();
    // The card may still be on its way: the key waits for it.
    await press("r");
    const dialog = page.getByRole("dialog", { name: /^New / });
    await expect(dialog).toContainText(somebody.name);
    await expect(dialog.getByRole("button", { name: "Generate" })).toBeFocused();
    await press("Enter");
    const shown = dialog.locator("output");
    await expect(shown).toHaveText(/^\d{4,}$/);
    await expect(shown).toBeFocused();
    expect(pressed).toBeLessThanOrEqual(12);

    const pin = await shown.innerText();
    const [write, ...others] = await sandbox.writes();
    expect(others).toEqual([]);
    expect(JSON.stringify(write.body)).toContain(`"${pin}"`);
    const request = (await dialog.getByText(/^Recorded as request /).innerText()).split(" ").at(-1);
    if (write.path === ROOM) expect(await pinAt(demo.vendors, somebody.email)).toBe(pin);

    const object = write.path === ROOM ? `webex:${somebody.email}` : `zoom:${somebody.id}`;
    const record = await page.evaluate(async (object) => {
      const answer = await fetch(`/api/audit?object=${encodeURIComponent(object)}&limit=1`, { headers: { "X-Requested-With": "roomkey" } });
      return (await answer.json()) as { items: { request_id: string; result: string; actor: string; kind: string }[] };
    }, object);
    expect(record.items[0]).toMatchObject({ request_id: request, result: "applied", actor: "helpdesk", kind: "intent" });
    expect(JSON.stringify(record)).not.toContain(pin);

    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    const history = page.getByRole("region", { name: "What was done last" });
    await expect(history.getByRole("listitem").first()).toContainText("helpdesk");
    await expect(history.getByRole("listitem").first()).toContainText("applied");
    await expect(page.getByText(pin, { exact: true })).toHaveCount(0);
    await page.keyboard.press("/");
    await expect(desk.field).toBeFocused();
  });

  test("Alt with R at the desk: the person is open and the reset asks", async ({ page }) => {
    await desk.open();
    await page.keyboard.type(somebody.email);
    await page.keyboard.press("Alt+r");
    const dialog = page.getByRole("dialog", { name: new RegExp(`^New .* for ${somebody.name}$`) });
    await expect(dialog).toBeVisible();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await expect(page.getByRole("heading", { level: 1, name: somebody.name })).toBeVisible();
    // Going back and forth begins no reset.
    await page.goBack();
    await expect(desk.field).toBeFocused();
    await page.goForward();
    await expect(desk.card(WEBEX).getByRole("button", { name: /^Reset PIN/ })).toBeVisible();
    await expect(dialog).toBeHidden();
  });

  test("a vendor that fails: its card alone says so, and Try again reads it", async ({ page, watch, sandbox }) => {
    watch.expect(502, /^\/api\/webex\//);
    await sandbox.fault({ vendor: "webex", path: ROOM, fault: { kind: "status", status: 500 } });
    await openPerson(page, somebody);
    const webex = desk.card(WEBEX);
    await expect(webex.getByRole("alert")).toContainText("Webex");
    await expect(desk.card("Zoom").getByText("Personal meeting", { exact: true })).toBeVisible();
    await expect(page.getByRole("alert")).toHaveCount(1);
    await expectAccessible(page);
    await sandbox.fault();
    await webex.getByRole("button", { name: "Try again" }).click();
    await expect(webex.getByText("Host PIN", { exact: true })).toBeVisible();
    await expect(page.getByRole("alert")).toHaveCount(0);
  });
});

test("what each vendor has, and who locks it: said on the cards, and the details are one press away", async ({ page, sandbox }) => {
  const { address, token } = await sandbox.asClient();
  const answer = await fetch(`${address}/zoom/v2/users/${somebody.id}`, { headers: { authorization: `Bearer ${token}` } });
  const { group_ids } = (await answer.json()) as { group_ids: string[] };
  await sandbox.mutate(`groups/${group_ids[0]}/lock_settings`, undefined, { in_meeting: { waiting_room: true } });
  await openPerson(page, somebody);
  const zoom = desk.card("Zoom");
  await expect(zoom.getByText(/^active/)).toBeVisible();
  await expect(zoom.getByText("Waiting room", { exact: true }).locator("xpath=..").getByText(/^Locked by /)).toBeVisible();
  await expect(desk.card(WEBEX).getByText("Lobby notice", { exact: true })).toBeVisible();
  await zoom.getByRole("link", { name: "Details: Zoom" }).click();
  await expect(page).toHaveURL(new RegExp(`/zoom/users/${encodeURIComponent(somebody.id)}`));
});

test("people with one address: said, nothing is joined, and the other is one press away", async ({ page }) => {
  await desk.open();
  await page.keyboard.type("front.desk0");
  await expect(desk.hits).toHaveCount(2);
  await expect(desk.hits.first()).toContainText("shares an address");
  const [one, other] = await desk.hits.locator(".name").allTextContents();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: one })).toBeVisible();
  await expect(page.getByText(/^Several people have the same address/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("main").getByRole("link", { name: other }).click();
  await expect(page.getByRole("heading", { level: 1, name: other })).toBeFocused();
});

test("nobody with that key: a sentence and no cards", async ({ page, watch }) => {
  watch.expect(404, /^\/api\/people\//);
  await page.goto("/people/nobody");
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Reset/ })).toHaveCount(0);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`looks in ${colorScheme}: axe finds nothing, and at 390 px nothing is too wide or too small for a thumb`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await openPerson(page, somebody);
    const reset = desk.card(WEBEX).getByRole("button", { name: /^Reset PIN/ });
    await reset.waitFor();
    await page.getByRole("region", { name: "What was done last" }).waitFor();
    await expectAccessible(page);
    await expectNoDanglingIds(page);
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 844 });
      await expectNoSidewaysScroll(page);
    }
    expect((await reset.boundingBox())!.height).toBeGreaterThanOrEqual(44);
    await expectAccessible(page);
  });
}

test.describe("as the auditor", () => {
  test.use({ account: "auditor" });

  test("the cards and the history, and nothing to reset", async ({ page }) => {
    await openPerson(page, somebody);
    await expect(desk.card(WEBEX).getByText("Host PIN", { exact: true })).toBeVisible();
    await expect(page.getByRole("region", { name: "What was done last" })).toBeVisible();
    await expect(page.getByRole("button", { name: /^(Reset|Set passcode)/ })).toHaveCount(0);
    await page.keyboard.press("r");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });
});
