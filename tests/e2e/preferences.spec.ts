// What a person has chosen for this browser. Must not test what a theme looks like: see looks.spec.ts.

import { expect, test } from "./support/test";

test("theme that was chosen: there before the console has started", async ({ page }) => {
  const root = page.locator("html");
  await page.goto("/zoom/groups");
  await page.getByRole("button", { name: "admin, Administrator" }).click();
  await page.getByRole("radio", { name: "Dark" }).check();
  await expect(root).toHaveAttribute("data-theme", "dark");

  let go = (): void => {};
  const held = new Promise<void>((resolve) => (go = resolve));
  await page.route(/_bg\.wasm$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/zoom/groups", { waitUntil: "commit" });
  await page.getByText("Starting…").waitFor();
  await expect(root).toHaveAttribute("data-theme", "dark");
  go();
  await expect(page.getByRole("heading", { level: 1, name: "Groups" })).toBeVisible();
});
