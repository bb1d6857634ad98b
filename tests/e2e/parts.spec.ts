// Code that comes in parts: a fresh page of bulk jobs gets its own, and when it cannot come, that is said and can be tried
// again. Must not test what a part shows: see bulk.spec.ts.

import type { Page, Response } from "@playwright/test";

import { Cable } from "./support/cable";
import { expect, signIn, test } from "./support/test";

const PART = /_split_bulk\.wasm$/;

const title = (page: Page) => page.getByRole("heading", { level: 1, name: "Bulk jobs" });

const openBulk = (page: Page) => page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Bulk jobs" }).click();

test("fresh load of the bulk jobs: their part comes compressed, to be kept, and after what everybody needs", async ({ page }) => {
  const code: Response[] = [];
  page.on("response", (response) => {
    if (response.url().endsWith(".wasm")) code.push(response);
  });
  await page.goto("/bulk");
  await expect(title(page)).toBeVisible();
  await expect(page.getByRole("button", { name: "New job" })).toBeVisible();
  expect(code[0].url()).toMatch(/_bg\.wasm$/);
  const part = code.find((response) => PART.test(response.url()))!;
  expect(new URL(part.url()).pathname).toMatch(/^\/roomkey-console-[0-9a-f]{16}_split_bulk\.wasm$/);
  expect(await part.allHeaders()).toMatchObject({
    "cache-control": "public, max-age=31536000, immutable",
    "content-encoding": "br",
    "content-type": "application/wasm",
  });
});

test("nobody signed in: what everybody needs next is fetched, and bulk jobs are not", async ({ browser, demo }) => {
  const page = await browser.newPage({ baseURL: demo.console, storageState: undefined });
  const code: string[] = [];
  page.on("request", (request) => code.push(request.url()));
  await page.goto("/sign-in");
  await expect(page.getByLabel("User name")).toBeVisible();
  await page.waitForLoadState("networkidle");
  expect(code.filter((url) => url.endsWith("_split_places.wasm"))).toHaveLength(1);
  expect(code.filter((url) => PART.test(url))).toEqual([]);
  await page.close();
});

test("page that is left while a part is under way: nobody complains about it", async ({ page }) => {
  const asked = page.waitForRequest(PART);
  await page.goto("/zoom/groups");
  await asked;
  await page.goto("/bulk");
  await expect(title(page)).toBeVisible();
});

test.describe("connection that is lost", () => {
  let cable: Cable;
  let page: Page;

  test.beforeEach(async ({ browser, demo }) => {
    cable = await Cable.to(demo.console);
    page = await browser.newPage({ baseURL: cable.address, storageState: undefined });
    await page.goto("/sign-in");
    await page.waitForLoadState("networkidle");
  });

  test.afterEach(async () => {
    await page.close();
    await cable.remove();
  });

  test("lost after the part has come: the page opens, and says itself what it cannot read", async () => {
    const fetched = page.waitForEvent("requestfinished", (request) => PART.test(request.url()));
    await signIn(page, "admin");
    await fetched;
    await page.waitForLoadState("networkidle");
    cable.cut();
    await openBulk(page);
    await expect(title(page)).toBeVisible();
    await expect(page.getByRole("alert")).toHaveText("The console cannot reach its server. Check your connection, then try again.");
  });

  test("lost before the part has come: that is said, and trying again brings it", async () => {
    const lost = cable.cutAt(/_split_bulk\.wasm /);
    await signIn(page, "admin");
    await lost;
    await openBulk(page);
    const problem = page.getByRole("alert").filter({ hasText: "This part of the console could not be loaded." });
    await expect(problem).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Roomkey");
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(problem).toBeVisible();

    cable.mend();
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(title(page)).toBeVisible();
    await expect(page.getByRole("button", { name: "New job" })).toBeVisible();
    await expect(problem).toBeHidden();
  });
});
