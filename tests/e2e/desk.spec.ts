// The desk: finding people of all vendors as one types, the keys, and what is said when nobody is found or nothing can be
// read. The page of a person is in person.spec.ts; finding itself is tested with the index.

import { Desk, known, plain, type Somebody } from "./support/desk";
import { expectAccessible, expectNoDanglingIds, expectNoSidewaysScroll } from "./support/looks";
import { expect, test } from "./support/test";

let desk: Desk;
let people: Somebody[];

test.beforeEach(async ({ page, sandbox }) => {
  people = await known(sandbox);
  desk = new Desk(page);
  await desk.open();
});

test("arriving: the field has the focus, and below it stands how fresh the directory is", async ({ page }) => {
  await expect(page.getByRole("heading", { level: 1, name: "Who needs help?" })).toBeVisible();
  await expect(desk.field).toBeFocused();
  await expect(page.getByText(/^Directory read (just now|\d+ minutes? ago)\.$/)).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Places" }).getByRole("link").first()).toHaveText("Desk");
  await expect(page).toHaveTitle("Who needs help? · Roomkey");
});

test("a part of a name without its accents: found, chosen with the arrow, open with Enter, and Back finds the search again", async ({
  page,
}) => {
  const somebody = people.find(({ name }) => /[^\x00-\x7f]/.test(name))!;
  const typed = plain(somebody.name).slice(1);
  await page.keyboard.type(typed);
  await expect(desk.hit(somebody.email)).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`\\?q=${encodeURIComponent(typed)}$`));
  await page.keyboard.press("ArrowDown");
  await expect(desk.hits.first()).toHaveAttribute("aria-selected", "true");
  await expect(desk.field).toHaveAttribute("aria-activedescendant", (await desk.hits.first().getAttribute("id"))!);
  const name = await desk.hits.first().locator(".name").textContent();
  await page.keyboard.press("Enter");
  const heading = page.getByRole("heading", { level: 1, name: name! });
  await expect(heading).toBeFocused();
  await page.goBack();
  await expect(desk.field).toHaveValue(typed);
  await expect(desk.field).toBeFocused();
  await expect(desk.hit(somebody.email)).toBeVisible();
});

test("arrows go round, letters stay letters, Escape clears", async ({ page }) => {
  await page.keyboard.type("an");
  await expect(desk.hits.nth(2)).toBeVisible();
  await page.keyboard.press("ArrowUp");
  await expect(desk.hits.last()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowDown");
  await expect(desk.hits.first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("r");
  await expect(desk.field).toHaveValue("anr");
  await expect(desk.field).not.toHaveAttribute("aria-activedescendant");
  await page.keyboard.press("Escape");
  await expect(desk.field).toHaveValue("");
  await expect(desk.field).toBeFocused();
  await expect(page).toHaveURL(/\/$/);
});

test("Enter before the answer: opens whom the answer leaves no doubt about, and nobody when there are several", async ({ page }) => {
  const [somebody] = people;
  await desk.field.fill("admin2@example.com");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Admin Two" })).toBeVisible();
  await page.keyboard.press("/");
  await desk.field.fill(somebody.email);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: somebody.name })).toBeVisible();
  await page.goBack();
  await desk.field.fill("an");
  await page.keyboard.press("Enter");
  await expect(desk.hits.nth(1)).toBeVisible();
  await expect(desk.field).toBeFocused();
});

test("who was opened stands there when one comes back with nothing typed, and is gone with the page", async ({ page }) => {
  const [one, other] = people;
  for (const { email, name } of [one, other]) {
    await desk.field.fill(email);
    await desk.hit(email).click();
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    await page.keyboard.press("/");
    await expect(desk.field).toBeFocused();
  }
  const recent = page.getByRole("listbox", { name: "Opened last" }).getByRole("option");
  await expect(recent.first()).toContainText(other.email);
  await expect(recent.nth(1)).toContainText(one.email);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: other.name })).toBeVisible();
  await page.goto("/");
  await expect(desk.field).toBeFocused();
  await expect(recent).toHaveCount(0);
});

test("nobody of that name: says so and what to try", async ({ page }) => {
  await page.keyboard.type("zzzqqq");
  await expect(page.getByRole("status").filter({ hasText: "Nobody and nothing is called “zzzqqq”." })).toBeVisible();
  await expect(desk.hits).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(desk.field).toBeFocused();
});

test("a directory that cannot be reached: a sentence, and Try again finds", async ({ page, watch }) => {
  watch.expectFailure(/^\/api\/people$/);
  await page.waitForLoadState("networkidle");
  await page.context().setOffline(true);
  await desk.field.fill(people[0].email);
  await expect(page.getByRole("alert")).toContainText("cannot reach its server");
  await expect(desk.hits).toHaveCount(0);
  await expectAccessible(page);
  await page.context().setOffline(false);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(desk.hit(people[0].email)).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("from elsewhere: slash, g and d, and the search on top lead here; where a page has a search, slash is for that", async ({ page }) => {
  await page.goto("/connections");
  await page.getByRole("heading", { level: 1, name: "Connections" }).waitFor();
  await page.keyboard.press("/");
  await expect(desk.field).toBeFocused();
  await page.goto("/zoom/groups");
  await page.getByRole("table", { name: "Groups" }).waitFor();
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Find in Groups" })).toBeFocused();
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("g");
  await page.keyboard.press("d");
  await expect(desk.field).toBeFocused();
  await page.goto("/connections");
  await page.getByRole("search").getByRole("textbox", { name: "Find a person or room" }).fill(people[0].email);
  await page.keyboard.press("Enter");
  await expect(desk.field).toHaveValue(people[0].email);
  await expect(desk.hit(people[0].email)).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`looks in ${colorScheme}: axe finds nothing, no id points nowhere, and nothing is too wide or too small for a thumb`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.keyboard.type("an");
    await desk.hits.first().waitFor();
    await page.keyboard.press("ArrowDown");
    await expectAccessible(page);
    await expectNoDanglingIds(page);
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 844 });
      await expectNoSidewaysScroll(page);
    }
    await expectAccessible(page);
    const targets = [desk.field, desk.hits.first(), page.getByRole("button", { name: /^Reset a PIN of / })];
    for (const target of targets) expect((await target.boundingBox())!.height).toBeGreaterThanOrEqual(44);
    await page.goto("/connections");
    const search = page.getByRole("link", { name: "Find a person or room" });
    expect((await search.boundingBox())!.height).toBeGreaterThanOrEqual(44);
    await search.click();
    await expect(desk.field).toBeFocused();
  });
}

test.describe("as the auditor", () => {
  test.use({ account: "auditor" });

  test("people are found, and resetting is not offered", async ({ page }) => {
    await desk.field.fill(people[0].email);
    await expect(desk.hit(people[0].email)).toBeVisible();
    await page.keyboard.press("ArrowDown");
    await expect(page.getByRole("button", { name: /^Reset a PIN/ })).toHaveCount(0);
    await page.keyboard.press("Alt+r");
    await expect(desk.field).toBeFocused();
  });
});
