// The console in the language of whoever reads it: what the browser wants, or what the person chose. German words are taken
// from the words files: how something is said is not tested here.

import { type Page } from "@playwright/test";

import { emails } from "./support/bulk";
import { expectAccessible, expectNoDanglingIds, expectNoSidewaysScroll } from "./support/looks";
import { expect, PASSWORD, test } from "./support/test";
import { de, notGerman, said } from "./support/words";
import { GROUP, ROW, type Workbench } from "./support/workbench";

const GROUPS = "/zoom/groups";
const groupsIn = (language: "en" | "de") => said(language, "zoom.places", "places/zoom.groups/title");

/** The words files that the page asked for; what was asked for early is not asked for again. */
function wordsAskedFor(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/words/")) asked.push(pathname);
  });
  return asked;
}

/** Opens what belongs to the person who is signed in. */
async function openPersonMenu(page: Page, language: "en" | "de"): Promise<void> {
  const role = said(language, "console", "role.admin");
  await page.getByRole("button", { name: said(language, "console", "person.label", { name: "admin", role }) }).click();
}

test("browser that reads English: its words alone are fetched", async ({ page }) => {
  const asked = wordsAskedFor(page);
  await page.goto(GROUPS);
  await expect(page.getByRole("heading", { level: 1, name: "Groups" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  expect(asked).toEqual(["/words/console.en.json"]);
});

test.describe("browser that reads German", () => {
  test.use({ locale: "de-CH" });

  test("German from the first paint, before the console has started, and no other words are fetched", async ({ page }) => {
    const asked = wordsAskedFor(page);
    let go = (): void => {};
    const held = new Promise<void>((resolve) => (go = resolve));
    await page.route(/_bg\.wasm$/, async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(GROUPS, { waitUntil: "commit" });
    await expect(page.getByText("Wird gestartet…")).toBeVisible();
    await expect(page.getByText("Starting…")).toBeHidden();
    await expect(page.locator("html")).toHaveAttribute("lang", "de");
    go();
    await expect(page.getByRole("heading", { level: 1, name: groupsIn("de"), exact: true })).toBeVisible();
    expect(asked).toEqual(["/words/console.de.json"]);
  });

  test("main job in German: on, locked, reviewed, applied, and the sentences of the server are German too", async ({ page, workbench, sandbox }) => {
    test.setTimeout(60_000);
    await page.goto(GROUPS);
    await page.getByRole("link", { name: GROUP }).click();
    await workbench.switch(ROW.waitingRoom).check();
    const label = said("de", "zoom.group_settings", "fields/meeting_security:/meeting_security/waiting_room/label");
    await workbench.row(ROW.waitingRoom).getByRole("button", { name: de("row.lock", { label }) }).click();
    const bar = page.getByRole("region", { name: de("bar.label") });
    const staged = de("bar.both", { changes: de("bar.changes.one", { n: "1" }), locks: de("bar.locks.one", { n: "1" }) });
    await expect(bar).toContainText(staged);
    expect(await notGerman(page)).toEqual([]);

    await bar.getByRole("button", { name: de("bar.review") }).click();
    const review = page.getByRole("dialog", { name: de("review.title", { changes: de("bar.changes.other", { n: "2" }), name: GROUP }) });
    const setting = review.getByRole("row").filter({ hasText: label }).first();
    await expect(setting.getByRole("deletion")).toHaveText(de("said.off"));
    await expect(setting.getByRole("insertion")).toHaveText(de("said.on"));
    expect(await notGerman(page)).toEqual([]);
    await review.getByRole("button", { name: de("review.apply") }).click();
    await expect(bar).toContainText(de("outcome.applied.other", { n: "2" }));
    expect(await sandbox.writes()).toHaveLength(2);
    expect(await notGerman(page)).toEqual([]);
  });

  test("what a value must be is said in German, at its row and in the list", async ({ page, workbench }) => {
    await openWorkbench(workbench);
    await workbench.text(ROW.shortest).fill("zwölf");
    const fault = said("de", "violations", "not_an_integer");
    await expect(workbench.row(ROW.shortest)).toContainText(fault);
    await page.getByRole("region", { name: de("bar.label") }).getByRole("button", { name: de("bar.review") }).click();
    await expect(page.getByRole("alert").filter({ hasText: de("faults.title.one", { n: "1" }) })).toContainText(fault);
  });

  test("rows of a bulk job tell in German what is wrong with them", async ({ page, sandbox }) => {
    test.setTimeout(60_000);
    const [first] = await emails(sandbox);
    await page.goto("/bulk/new");
    await page.getByRole("radio", { name: said("de", "jobs", "zoom.host_key/title") }).check();
    const buffer = Buffer.from(`E-mail,Host key\n${first},417203\n${first},418888\nnobody@example.com,\n`);
    await page.locator("input[type=file]").setInputFiles({ name: "a.csv", mimeType: "text/csv", buffer });
    await page.getByRole("button", { name: de("new_job.check"), exact: true }).click();
    await page.getByRole("main").getByText(de("job.state.ready"), { exact: true }).waitFor();
    await expect(page.getByText(said("de", "bulk", "row_twice", { row: "2" }))).toBeVisible();
    expect(await notGerman(page)).toEqual([]);
  });

  test("moments and numbers are written as in the reader's country", async ({ page }) => {
    await page.goto("/connections");
    const tested = page.getByRole("definition").filter({ hasText: /\d{2}\.\d{2}\.\d{4}, \d{2}:\d{2}/ });
    await expect(tested.first()).toBeVisible();
  });
});

/** Opens the settings of the group, in whatever language. */
async function openWorkbench(workbench: Workbench): Promise<void> {
  await workbench.page.goto(workbench.path());
  await workbench.row(ROW.waitingRoom).waitFor();
}

test.describe("places in German", () => {
  test.use({ locale: "de-DE" });

  const places: { name: string; open: (page: Page, workbench: Workbench) => Promise<void> }[] = [
    { name: "start", open: (page) => at(page, "/") },
    { name: "groups", open: (page) => at(page, GROUPS) },
    { name: "workbench", open: (_, workbench) => openWorkbench(workbench) },
    { name: "members", open: (page, workbench) => at(page, workbench.path().replace(/settings$/, "members")) },
    { name: "users", open: (page) => at(page, "/zoom/users") },
    { name: "bulk", open: (page) => at(page, "/bulk") },
    { name: "new bulk job", open: (page) => at(page, "/bulk/new") },
    { name: "connections", open: (page) => at(page, "/connections") },
    { name: "rooms", open: (page) => at(page, "/webex/rooms") },
    { name: "passcodes", open: (page) => at(page, "/connect/meetings") },
    { name: "Veeting accounts", open: (page) => at(page, "/veeting/accounts") },
    { name: "no place", open: (page) => at(page, "/nowhere") },
  ];

  async function at(page: Page, path: string): Promise<void> {
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForLoadState("networkidle");
  }

  for (const { name, open } of places) {
    test(`${name}: no English, no key, nothing wider than a phone, and axe finds nothing`, async ({ page, workbench }) => {
      test.setTimeout(180_000);
      await open(page, workbench);
      expect.soft(await notGerman(page), "not German").toEqual([]);
      await expectNoDanglingIds(page);
      await expectAccessible(page);
      await page.setViewportSize({ width: 390, height: 844 });
      await expectNoSidewaysScroll(page);
    });
  }

  test("a person's menu: no English, and axe finds nothing", async ({ page }) => {
    await page.goto(GROUPS);
    await openPersonMenu(page, "de");
    await expect(page.getByRole("group", { name: de("language.label") })).toBeVisible();
    expect.soft(await notGerman(page), "not German").toEqual([]);
    await expectAccessible(page);
  });
});

test.describe("sign-in", () => {
  test.use({ account: null });

  test("language chosen at sign-in: what is said there, by the server too, is German, and it is kept", async ({ page, watch }) => {
    watch.expect(401, /^\/auth\/login$/);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto("/sign-in");
    await expect(page.getByRole("button", { name: "English" })).toHaveAttribute("aria-pressed", "true");
    await page.getByRole("button", { name: "Deutsch" }).click();
    await expect(page.getByRole("heading", { level: 1, name: de("sign_in.title") })).toBeVisible();
    await expect(page.getByRole("button", { name: "Deutsch" })).toHaveAttribute("aria-pressed", "true");

    await page.getByLabel(de("sign_in.name")).fill("admin");
    await page.getByLabel(de("sign_in.password")).fill("wrong");
    await page.getByRole("button", { name: de("sign_in.submit"), exact: true }).click();
    await expect(page.getByRole("alert")).toContainText(said("de", "problems", "kinds/sign_in_failed/detail"));
    expect.soft(await notGerman(page), "not German").toEqual([]);
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);

    await page.getByLabel(de("sign_in.password")).fill(PASSWORD);
    await page.getByRole("button", { name: de("sign_in.submit"), exact: true }).click();
    await openPersonMenu(page, "de");
    await page.goto(GROUPS);
    await expect(page.getByRole("heading", { level: 1, name: groupsIn("de"), exact: true })).toBeVisible();
  });
});

test("language chosen with changes that were not applied: asked first, kept when the person stays", async ({ page, workbench }) => {
  await workbench.open();
  await workbench.switch(ROW.waitingRoom).check();
  await openPersonMenu(page, "en");
  await page.getByRole("button", { name: "Deutsch" }).click();
  const asks = page.getByRole("dialog", { name: "Leave this page?" });
  await asks.getByRole("button", { name: "Stay here" }).click();
  await expect(asks).toBeHidden();
  await expect(workbench.switch(ROW.waitingRoom)).toBeChecked();

  await openPersonMenu(page, "en");
  await page.getByRole("button", { name: "Deutsch" }).click();
  await asks.getByRole("button", { name: "Leave without applying" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await workbench.row(ROW.waitingRoom).waitFor();
  await expect(workbench.switch(ROW.waitingRoom)).not.toBeChecked();
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await openPersonMenu(page, "de");
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});
