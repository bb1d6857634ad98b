// Getting somewhere with the keyboard alone, as people do: by pressing Tab until they are there.

import { expect, type Locator, type Page } from "@playwright/test";

/** Presses Tab until the element has the focus. */
export async function tabTo(page: Page, goal: Locator, presses: number): Promise<void> {
  const isThere = () => goal.evaluate((element) => element === document.activeElement);
  for (let pressed = 0; pressed < presses && !(await isThere()); pressed += 1) {
    await page.keyboard.press("Tab");
  }
  await expect(goal).toBeFocused();
}
