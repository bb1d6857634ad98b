// What a person sees when the vendor fails, one test for each way of failing. The faults are the sandbox's; the proxy
// and the console are as they are. Another administrator in between is in conflicts.spec.ts.

import { startDemo } from "./support/demo";
import { TOKEN_PATH } from "./support/sandbox";
import { expect, signIn, test } from "./support/test";
import { ROW } from "./support/workbench";

const SETTINGS = "groups/*/settings";
const OUR_SETTINGS = /^\/api\/zoom\/groups\/[^/]+\/settings$/;
const WAITING_ROOM_ON = { meeting_security: { waiting_room: true } };

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString().replace(/\.\d+Z$/, "Z");

test("429 with a date on a write: the sentence, a countdown, and then it goes through", async ({ watch, workbench, sandbox }) => {
  test.setTimeout(60_000);
  watch.expect(429, OUR_SETTINGS);
  await workbench.open();
  await workbench.switch(ROW.waitingRoom).check();
  await workbench.openReview();
  const limited = { kind: "status", status: 429, retry_after: inSeconds(15), body: { code: 429, message: "Too many." } } as const;
  await sandbox.fault({ method: "PATCH", path: SETTINGS, times: 1, fault: limited });
  await workbench.review.getByRole("button", { name: "Apply" }).click();

  await expect(workbench.bar.getByRole("alert")).toContainText("Zoom takes no more calls for the moment; nothing was changed.");
  const again = workbench.bar.getByRole("button", { name: /^Try again/ });
  await expect(again).toHaveText(/^Try again in \d+ seconds?$/);
  await expect(again).toHaveAttribute("aria-disabled", "true");
  await expect(workbench.switch(ROW.waitingRoom)).toBeChecked();
  await expect(workbench.bar).toContainText("1 change");

  await expect(again).toHaveText("Try again", { timeout: 25_000 });
  await again.click();
  await expect(workbench.bar).toContainText("Applied 1 change");
  expect((await sandbox.writes()).map(({ body }) => body)).toEqual([WAITING_ROOM_ON, WAITING_ROOM_ON]);
});

test("429 with a date an hour ahead: the time of day to try again after", async ({ page, context, watch }) => {
  watch.expect(429, /^\/api\/zoom\/groups$/);
  // A demo of its own: it keeps to the pause that it was told.
  const demo = await startDemo();
  try {
    await context.clearCookies();
    await page.goto(`${demo.console}/zoom/groups`);
    await demo.sandbox.fault({ path: "groups", fault: { kind: "status", status: 429, retry_after: inSeconds(3600) } });
    await signIn(page, "admin");
    await expect(page.getByRole("alert")).toContainText("Zoom takes no more calls for the moment");
    await expect(page.getByRole("button", { name: /^Try again after .*\d{1,2}:\d{2}/ })).toBeVisible();
  } finally {
    await demo.stop();
  }
});

test("500 while reading: the sentence and what to quote, and Try again reads", async ({ page, watch, workbench, sandbox }) => {
  watch.expect(502, OUR_SETTINGS);
  await sandbox.fault({ method: "GET", path: SETTINGS, fault: { kind: "status", status: 500, body: "<html>oops</html>" } });
  await page.goto(workbench.path());
  await expect(page.getByRole("alert")).toHaveText("Zoom's service failed with status 500. Try again in a few minutes.");
  await expect(page.getByText("Request id")).toBeVisible();
  await expect(page.getByText("Tracking id")).toBeVisible();
  await expect(page.getByText("oops")).toBeHidden();

  await sandbox.fault();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(workbench.row(ROW.waitingRoom)).toBeVisible();
});

test("500 on a write: says that it is not there, loses nothing, and Try again applies", async ({ watch, workbench, sandbox }) => {
  watch.expect(502, OUR_SETTINGS);
  await workbench.open();
  await workbench.switch(ROW.waitingRoom).check();
  await sandbox.fault({ method: "PATCH", path: SETTINGS, times: 1, fault: { kind: "status", status: 500 } });
  await workbench.apply();
  await expect(workbench.bar.getByRole("alert")).toContainText("read back afterwards: it is not there");
  await expect(workbench.bar).toContainText("1 change");
  await expect(workbench.switch(ROW.waitingRoom)).toBeChecked();

  await workbench.bar.getByRole("button", { name: "Try again" }).click();
  await expect(workbench.bar).toContainText("Applied 1 change");
});

test("refusal with a code: our sentence and the vendor's own", async ({ watch, workbench, sandbox }) => {
  watch.expect(422, OUR_SETTINGS);
  await workbench.open();
  await workbench.switch(ROW.waitingRoom).check();
  const refusal = { code: 200, message: "Not on this plan." };
  await sandbox.fault({ method: "PATCH", path: SETTINGS, fault: { kind: "status", status: 400, body: refusal } });
  await workbench.apply();
  const said = workbench.bar.getByRole("alert");
  await expect(said).toContainText(/account's plan does not include/);
  await expect(said).toContainText("Zoom said: “Not on this plan.”");
  await expect(workbench.bar).toContainText("Zoom 200");
});

test("slow answer: says that it is reading, then the rows", async ({ page, workbench, sandbox }) => {
  await sandbox.fault({ method: "GET", path: SETTINGS, fault: { kind: "hang", ms: 1500 } });
  await page.goto(workbench.path());
  await expect(page.getByRole("status").filter({ hasText: "Reading the settings" })).toBeVisible();
  await expect(workbench.row(ROW.waitingRoom)).toBeVisible();
});

test("write that hangs: progress meanwhile, then what is known about it", async ({ watch, workbench, sandbox }) => {
  test.setTimeout(60_000);
  watch.expect(504, OUR_SETTINGS);
  await workbench.open();
  await workbench.switch(ROW.waitingRoom).check();
  await sandbox.fault({ method: "PATCH", path: SETTINGS, times: 1, fault: { kind: "hang" } });
  await workbench.apply();
  await expect(workbench.bar.getByRole("progressbar", { name: "Applying, request 1 of 1…" })).toBeVisible();
  await expect(workbench.bar.getByRole("alert")).toContainText("read back afterwards: it is not there", { timeout: 30_000 });
  await expect(workbench.bar).toContainText("1 change");
});

test("write that is made and never answered: read back and confirmed", async ({ workbench, sandbox }) => {
  test.setTimeout(60_000);
  await workbench.open();
  await workbench.switch(ROW.waitingRoom).check();
  await sandbox.fault({ method: "PATCH", path: SETTINGS, times: 1, fault: { kind: "apply_then_hang" } });
  await workbench.apply();
  await expect(workbench.bar.getByRole("progressbar")).toBeVisible();
  await expect(workbench.bar).toContainText("Applied 1 change, read back and confirmed.", { timeout: 30_000 });
  expect(await sandbox.writes()).toHaveLength(1);
});

test("answer that breaks off while reading: the sentence, and Try again reads", async ({ page, watch, workbench, sandbox }) => {
  watch.expect(502, OUR_SETTINGS);
  await sandbox.fault({ method: "GET", path: SETTINGS, fault: { kind: "cut", bytes: 40 } });
  await page.goto(workbench.path());
  await expect(page.getByRole("alert")).toHaveText("Zoom's answer broke off before its end. Try again in a few minutes.");
  await sandbox.fault();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(workbench.row(ROW.waitingRoom)).toBeVisible();
});

test("answer to a write that breaks off: read back and confirmed", async ({ workbench, sandbox }) => {
  await workbench.open();
  await workbench.switch(ROW.waitingRoom).check();
  await sandbox.fault({ method: "PATCH", path: SETTINGS, times: 1, fault: { kind: "cut", bytes: 0 } });
  await workbench.apply();
  await expect(workbench.bar).toContainText("Applied 1 change, read back and confirmed.");
  expect(await sandbox.writes()).toHaveLength(1);
});

test("token that expires in between: nobody notices, and one new token is fetched", async ({ workbench, sandbox }) => {
  await workbench.open();
  await workbench.switch(ROW.waitingRoom).check();
  const before = await sandbox.now();
  await sandbox.fault({ method: "PATCH", path: SETTINGS, times: 1, fault: { kind: "expire_token" } });
  await workbench.apply();
  await expect(workbench.bar).toContainText("Applied 1 change, read back and confirmed.");
  const ledger = await sandbox.ledger(before);
  expect(ledger.filter((line) => line.path === TOKEN_PATH)).toHaveLength(1);
  expect(ledger.filter((line) => line.method === "PATCH").map((line) => line.status)).toEqual([401, 204]);
});

test("token that expires under many reads at once: one new token for all", async ({ page, workbench, sandbox }) => {
  await page.goto("/zoom/groups");
  await page.getByRole("table", { name: "Groups" }).waitFor();
  const before = await sandbox.now();
  await sandbox.fault({ method: "GET", path: SETTINGS, times: 1, fault: { kind: "expire_token" } });
  await workbench.open();
  const ledger = await sandbox.ledger(before);
  expect(ledger.filter((line) => line.path === TOKEN_PATH)).toHaveLength(1);
});

test("204 without effect: the row says that it was not applied", async ({ workbench, sandbox }) => {
  await workbench.open();
  await workbench.switch(ROW.waitingRoom).check();
  await workbench.text(ROW.shortest).fill("9");
  await sandbox.fault({ method: "PATCH", path: SETTINGS, times: 1, fault: { kind: "ignore" } });
  await workbench.apply();
  await expect(workbench.row(ROW.waitingRoom)).toContainText("not applied by Zoom");
  await expect(workbench.switch(ROW.waitingRoom)).not.toBeChecked();
  await expect(workbench.text(ROW.shortest)).toHaveValue("8");
  await expect(workbench.bar).toContainText("Zoom accepted but did not apply: Waiting room, Shortest passcode.");
  await expect(workbench.bar).not.toContainText("confirmed");
});

test("vendor down: the console works, says so, and goes on when they are back", async ({ page, watch, context }) => {
  watch.expect(503, /^\/api\/zoom\/groups$/);
  const demo = await startDemo();
  try {
    await context.clearCookies();
    const down = { path: TOKEN_PATH, fault: { kind: "status", status: 503 } } as const;
    await demo.sandbox.fault({ path: "groups", fault: { kind: "expire_token" } }, down);
    await page.goto(`${demo.console}/zoom/groups`);
    await signIn(page, "admin");
    await expect(page.getByRole("heading", { level: 1, name: "Groups" })).toBeVisible();
    await expect(page.getByRole("alert")).toContainText("The vendor's service cannot be reached from this server");
    await demo.sandbox.fault();
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("link", { name: "Clinical staff" })).toBeVisible();
  } finally {
    await demo.stop();
  }
});
