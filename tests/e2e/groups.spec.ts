// The list of groups: finding, ordering, opening. Must not change anything.

import { tabTo } from "./support/keyboard";
import { expect, test } from "./support/test";
import { GROUP } from "./support/workbench";

test.beforeEach(async ({ page }) => {
  await page.goto("/zoom/groups");
  await page.getByRole("table", { name: "Groups" }).waitFor();
});

test("list of groups: every group with its members, and how many there are", async ({ page, demo }) => {
  const table = page.getByRole("table", { name: "Groups" });
  await expect(table.getByRole("row")).toHaveCount(demo.groups.size + 1);
  await expect(page.getByRole("status").filter({ hasText: `${demo.groups.size} groups` })).toBeVisible();
  const row = table.getByRole("row", { name: GROUP });
  await expect(row.getByRole("cell")).toHaveText("30");
  await expect(page).toHaveTitle("Groups · Roomkey");
});

test("search as one types: only what matches, the match marked, the search in the address", async ({ page }) => {
  const search = page.getByRole("searchbox", { name: "Find in Groups" });
  await search.pressSequentially("stud");

  const names = page.getByRole("table", { name: "Groups" }).getByRole("rowheader");
  await expect(names).toHaveText(["Students – Medicine", "Students – Nursing"]);
  await expect(page.getByRole("status").filter({ hasText: "2 of 40 groups match" })).toBeVisible();
  await expect(names.first().getByRole("mark")).toHaveText("Stud");
  await expect(search).toBeFocused();
  await expect(page).toHaveURL(/\?q=stud$/);
  await page.reload();
  await expect(names).toHaveCount(2);
  await expect(search).toHaveValue("stud");
});

test("search without a match: says so and leads back to all groups", async ({ page, demo }) => {
  await page.getByRole("searchbox", { name: "Find in Groups" }).fill("no such group");
  await expect(page.getByText("Nothing here matches what you are looking for.")).toBeVisible();
  await page.getByRole("button", { name: "Show all" }).click();
  await expect(page.getByRole("table", { name: "Groups" }).getByRole("rowheader")).toHaveCount(demo.groups.size);
});

test("press on a column's head: ordered by it, then the other way round", async ({ page }) => {
  const table = page.getByRole("table", { name: "Groups" });
  const members = async () => (await table.getByRole("cell").allTextContents()).map(Number);
  const sorted = (numbers: number[], sign: number) => [...numbers].sort((a, b) => sign * (a - b));

  await expect(table.getByRole("columnheader", { name: "Name" })).toHaveAttribute("aria-sort", "ascending");
  await table.getByRole("button", { name: "Members" }).click();
  await expect(table.getByRole("columnheader", { name: "Members" })).toHaveAttribute("aria-sort", "descending");
  expect(await members()).toEqual(sorted(await members(), -1));

  await table.getByRole("button", { name: "Members" }).click();
  await expect(table.getByRole("columnheader", { name: "Members" })).toHaveAttribute("aria-sort", "ascending");
  expect(await members()).toEqual(sorted(await members(), 1));

  await table.getByRole("button", { name: "Name" }).click();
  await expect(table.getByRole("rowheader").first()).toHaveText("Administration");
});

test("slash, a name, tab, enter: the group is open without a mouse", async ({ page, workbench }) => {
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Find in Groups" })).toBeFocused();
  await page.keyboard.type("clinical");
  const link = page.getByRole("link", { name: GROUP });
  await expect(page.getByRole("table", { name: "Groups" }).getByRole("rowheader")).toHaveCount(1);
  await tabTo(page, link, 8);
  await page.keyboard.press("Enter");

  await expect(page).toHaveURL(workbench.path());
  const heading = page.getByRole("heading", { level: 1, name: GROUP });
  await expect(heading).toBeFocused();
  await expect(page).toHaveTitle(`${GROUP} · Roomkey`);
});

test("slash, a name, enter: the first that matches is open", async ({ page, workbench }) => {
  await page.keyboard.press("/");
  await page.keyboard.type("clinical st");
  await expect(page.getByRole("table", { name: "Groups" }).getByRole("rowheader")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(workbench.path());
});

test("going back from a group: the list as it was searched", async ({ page }) => {
  await page.getByRole("searchbox", { name: "Find in Groups" }).fill("tele");
  await page.getByRole("link", { name: "Telehealth – adults" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Telehealth – adults" })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("searchbox", { name: "Find in Groups" })).toHaveValue("tele");
  await expect(page.getByRole("table", { name: "Groups" }).getByRole("rowheader")).toHaveCount(2);
});

test("scrolling through a long list: the page is where it was scrolled to, and shows the rows of there", async ({ page }) => {
  await page.goto("/zoom/users");
  await page.getByText(/^[\d,]+ users$/).waitFor();
  const passed = await page.evaluate(async () => {
    for (let frame = 0; frame < 60; frame += 1) {
      window.scrollBy(0, 40);
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return window.scrollY;
  });
  expect(passed).toBe(60 * 40);
  const rows = page.getByRole("table", { name: "Users" }).getByRole("rowheader");
  await expect.poll(async () => (await rows.evaluateAll((cells) => cells.filter((cell) => {
    const { top, bottom } = cell.getBoundingClientRect();
    return bottom > 0 && top < window.innerHeight;
  }))).length).toBeGreaterThan(20);
});

test("address where nothing is: says so and leads to the start", async ({ page }) => {
  await page.goto("/zoom/nothing");
  await expect(page.getByRole("heading", { level: 1, name: "Nothing here" })).toBeVisible();
  await page.getByRole("link", { name: "Go to the desk" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Who needs help?" })).toBeVisible();
});

test("group that does not exist: the sentence and what to quote", async ({ page, watch }) => {
  watch.expect(404, /^\/api\/zoom\/groups\/no-such-group/);
  await page.goto("/zoom/groups/no-such-group/settings");
  await expect(page.getByRole("alert").first()).toContainText("Zoom knows no such group.");
  await expect(page.getByText("Request id").first()).toBeVisible();
});
