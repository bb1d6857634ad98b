// A settings document that nobody has written a line of code for: dropped into the folder, it gets a working form.

import path from "node:path";

import { expect, test } from "./support/test";

const FOLDER = path.join(__dirname, "fixtures");

test.use({ demoArguments: ["--schemas", FOLDER] });

test.beforeEach(async ({ page }) => {
  await page.goto("/");
  await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Pagers" }).click();
  await page.getByLabel("pagerId").fill("ward 7");
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByRole("switch", { name: "Pagers ring" }).waitFor();
});

test("made-up document: a place of its own, and every field with its value", async ({ page, sandbox }) => {
  await expect(page.getByRole("heading", { level: 1, name: "Pagers" })).toBeVisible();
  await expect(page).toHaveURL(/\/forms\/pagers\.get\?pagerId=ward(%20|\+)7$/);
  await expect(page.getByRole("switch", { name: "Pagers ring" })).toBeChecked();
  await expect(page.getByRole("switch", { name: "Pagers ring" })).toHaveAccessibleDescription(/Without it they only shake\./);
  await expect(page.getByRole("textbox", { name: "Volume" })).toHaveValue("4");
  await expect(page.getByRole("combobox", { name: "Tone" })).toHaveValue("low");
  await expect(page.getByRole("textbox", { name: "Note" })).toHaveValue("Night shift");
  await expect(page.getByRole("textbox", { name: "Contact" })).toHaveValue("ward@example.com");
  await expect(page.getByRole("textbox", { name: "Wards" })).toHaveValue("A1\nB2");
  await expect(page.getByLabel("Shifts", { exact: true })).toHaveText("1 entry");
  await expect(page.getByRole("switch", { name: "Quiet at night" })).not.toBeChecked();
  await expect(page.getByRole("textbox", { name: "Quiet from" })).toHaveValue("22");
  const read = (await sandbox.ledger()).find((line) => line.path.includes("/pagers/"));
  expect(read).toMatchObject({ method: "GET", path: "/zoom/v2/pagers/ward%207/settings", status: 200 });
});

test("field of an unknown kind: shown as it is, read-only, never sent", async ({ page, workbench, sandbox }) => {
  const place = workbench.row("place");
  await expect(place.getByRole("status", { name: "Place" })).toContainText("52.16");
  await expect(place).toContainText("read-only");
  await expect(place.getByRole("textbox")).toHaveCount(0);
  await page.getByRole("textbox", { name: "Note" }).fill("Day shift");
  await workbench.apply();
  await expect(workbench.bar).toContainText("Applied 1 change, read back and confirmed.");
  expect((await sandbox.writes()).map(({ body }) => body)).toEqual([{ note: "Day shift" }]);
});

test("made-up fields changed: one request with those leaves, and they stay", async ({ page, workbench, sandbox }) => {
  await page.getByRole("switch", { name: "Pagers ring" }).uncheck();
  await page.getByRole("textbox", { name: "Volume" }).fill("9");
  await page.getByRole("combobox", { name: "Tone" }).selectOption("high");
  await page.getByRole("textbox", { name: "Wards" }).fill("A1\nC3");
  await page.getByRole("switch", { name: "Quiet at night" }).check();
  await workbench.apply();
  await expect(workbench.bar).toContainText("Applied 5 changes, read back and confirmed.");
  const body = { rings: false, volume: 9, tone: "high", wards: ["A1", "C3"], night: { enable: true } };
  expect((await sandbox.writes()).map((write) => [write.method, write.body])).toEqual([["PATCH", body]]);
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Volume" })).toHaveValue("9");
  await expect(page.getByRole("switch", { name: "Pagers ring" })).not.toBeChecked();
});

test("made-up limits and formats: faults at their fields", async ({ page, workbench, sandbox }) => {
  await page.getByRole("textbox", { name: "Volume" }).fill("10");
  await page.getByRole("textbox", { name: "Contact" }).fill("nobody");
  await expect(workbench.row("volume")).toContainText("Enter a number no greater than 9.");
  await expect(workbench.row("contact")).toContainText("This is not an e-mail address.");
  await workbench.bar.getByRole("button", { name: "Review" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Put 2 rows right" })).toBeFocused();
  expect(await sandbox.writes()).toEqual([]);
});
