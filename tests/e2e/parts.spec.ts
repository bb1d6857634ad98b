// Code that comes in parts: a fresh page of bulk jobs gets its own, and when it cannot come, that is said and can be tried
// again. Must not test what a part shows: see bulk.spec.ts.

import type { Page, Response } from "@playwright/test";

import { startDemo } from "./support/demo";
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

test("page of nobody: the parts of those who are signed in to run jobs are not fetched", async ({ browser, demo }) => {
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

test("server that stops after the part has come: the page opens, and says itself what it cannot read", async ({ browser }) => {
  const server = await startDemo();
  const page = await browser.newPage({ baseURL: server.console, storageState: undefined });
  try {
    await page.goto("/sign-in");
    const fetched = page.waitForEvent("requestfinished", (request) => PART.test(request.url()));
    await signIn(page, "admin");
    await fetched;
    await page.waitForLoadState("networkidle");
    await server.kill();
    await openBulk(page);
    await expect(title(page)).toBeVisible();
    await expect(page.getByRole("alert")).toHaveText("The console cannot reach its server. Check your connection, then try again.");
  } finally {
    await page.close();
    await server.stop();
  }
});

test("server that stops before the part has come: that is said, and trying again brings it", async ({ browser }) => {
  let server = await startDemo();
  const { port } = new URL(server.console);
  const page = await browser.newPage({ baseURL: server.console, storageState: undefined });
  const network = await page.context().newCDPSession(page);
  const slow = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
  try {
    await page.goto("/sign-in");
    await page.waitForLoadState("networkidle");
    // Nothing has to be slept over: what is under way when the connection goes away fails.
    await network.send("Network.enable");
    await network.send("Network.emulateNetworkConditions", { ...slow, latency: 500, offline: false });
    const asked = page.waitForRequest(PART);
    const failed = page.waitForEvent("requestfailed", (request) => PART.test(request.url()));
    await signIn(page, "admin");
    await asked;
    await network.send("Network.emulateNetworkConditions", { ...slow, offline: true });
    await failed;
    await server.kill();
    await network.send("Network.emulateNetworkConditions", { ...slow, offline: false });

    await openBulk(page);
    const problem = page.getByRole("alert").filter({ hasText: "This part of the console could not be loaded." });
    await expect(problem).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Roomkey");
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(problem).toBeVisible();

    server = await startDemo("--port", port);
    await page.getByRole("button", { name: "Try again" }).click();
    // The demo's accounts were made anew, so the session has ended: one signs in again on the spot.
    await signIn(page, "admin");
    await expect(title(page)).toBeVisible();
    await expect(problem).toBeHidden();
  } finally {
    await page.close();
    await server.stop();
  }
});
