// Looks that can be checked: axe, ids, width, focus, colours; and pictures of every place for people to look at.

import path from "node:path";

import { expectAccessible, expectNoDanglingIds, expectNoSidewaysScroll } from "./support/looks";
import { PLACES } from "./support/places";
import { expect, test } from "./support/test";
import { ROW } from "./support/workbench";

const PICTURES = path.join(__dirname, "pictures");

const COLOURS = [
  { name: "light", media: { colorScheme: "light" } },
  { name: "dark", media: { colorScheme: "dark" } },
  { name: "forced colours", media: { forcedColors: "active" } },
] as const;

for (const { name: colours, media } of COLOURS) {
  // What changes add to the workbench is looked at below, all of it at once.
  for (const place of PLACES.filter(({ name }) => name !== "workbench-changed")) {
    test(`${place.name} in ${colours}: axe finds nothing and no id points nowhere`, async ({ page, sandbox, watch, workbench }) => {
      // The workbench has thousands of elements to look at.
      test.setTimeout(180_000);
      await page.emulateMedia({ ...media, reducedMotion: "reduce" });
      await place.open({ page, sandbox, watch, workbench });
      await expectNoDanglingIds(page);
      await expectAccessible(page);
    });
  }
}

for (const width of [320, 390]) {
  for (const place of PLACES) {
    test(`${place.name} at ${width} px: nothing scrolls sideways`, async ({ page, sandbox, watch, workbench }) => {
      await page.setViewportSize({ width, height: 844 });
      await place.open({ page, sandbox, watch, workbench });
      await expectNoSidewaysScroll(page);
    });
  }
}

test("workbench with conflict, fault and outcome at once: axe finds nothing", async ({ page, watch, workbench, sandbox }) => {
  test.setTimeout(180_000);
  watch.expect(412, /^\/api\/zoom\/groups\/[^/]+\/settings$/);
  await workbench.open();
  await workbench.text(ROW.shortest).fill("12");
  const theirs = { meeting_security: { meeting_password_requirement: { length: 10 } } };
  await sandbox.mutate(workbench.elsewhere.path, workbench.elsewhere.option, theirs);
  await workbench.apply();
  await workbench.row(ROW.shortest).getByRole("button", { name: "Take theirs" }).waitFor();
  await workbench.text(ROW.blockedDomains).fill("a");
  await workbench.bar.getByRole("button", { name: "Review" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Put 2 rows right" })).toBeVisible();
  await expectNoDanglingIds(page);
  await expectAccessible(page);
});

test("navigation at 390 px: opens with its button, closes with Escape, leads on", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/zoom/groups");
  const menu = page.getByRole("button", { name: "Navigation" });
  const places = page.getByRole("navigation", { name: "Places" });
  await expect(places).toBeHidden();
  await menu.click();
  await expect(places.getByRole("link", { name: "Groups", exact: true })).toBeVisible();
  await expect(menu).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("Escape");
  await expect(places).toBeHidden();
  await expect(menu).toBeFocused();
});

test("question mark: the shortcuts, without a fault of axe's, gone with Escape", async ({ page }) => {
  await page.goto("/zoom/groups");
  await page.getByRole("table", { name: "Groups" }).waitFor();
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
  await expectNoDanglingIds(page);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

test("colours chosen by a person: kept after a reload", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/zoom/groups");
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.getByRole("button", { name: "admin, Administrator" }).click();
  await page.getByRole("radio", { name: "Dark" }).check();
  await expect.poll(ground).not.toBe(light);
  await page.reload();
  await expect.poll(ground).not.toBe(light);
});

for (const scheme of ["light", "dark"] as const) {
  for (const place of PLACES) {
    test(`${place.name} in ${scheme} at three widths: pictures`, async ({ page, sandbox, watch, workbench }) => {
      test.setTimeout(60_000);
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      await place.open({ page, sandbox, watch, workbench });
      for (const [width, height] of [[1440, 900], [1024, 768], [390, 844]] as const) {
        await page.setViewportSize({ width, height });
        await page.screenshot({ path: path.join(PICTURES, `${place.name}-${width}-${scheme}.png`), animations: "disabled" });
        await expectNoSidewaysScroll(page);
      }
    });
  }
}
