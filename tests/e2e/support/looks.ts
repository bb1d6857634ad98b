// What every page must hold to however it looks: axe's rules for WCAG 2.2 AA, no id that points nowhere, no scrolling
// sideways. Softly, so that one test tells all that is wrong with a page. Must not know any page.

import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

/** Attributes that name other elements by their ids. */
const POINTING = ["aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details", "for", "popovertarget"];

/** Axe finds nothing: in the dialog that is open, since nothing else can be reached then, or on the whole page. */
export async function expectAccessible(page: Page): Promise<void> {
  const axe = new AxeBuilder({ page }).withTags(WCAG);
  const dialog = "dialog[open]";
  const { violations } = await ((await page.locator(dialog).count()) > 0 ? axe.include(dialog) : axe).analyze();
  const told = violations.map(({ id, help, nodes }) => ({
    rule: `${id}: ${help}`,
    where: nodes.slice(0, 5).map((node) => `${node.target.join(" ")} — ${node.failureSummary ?? ""}`),
  }));
  expect.soft(told, "what axe found").toEqual([]);
}

/** Every id that an element points at is there, once. */
export async function expectNoDanglingIds(page: Page): Promise<void> {
  const dangling = await page.evaluate((names) => {
    const found: string[] = [];
    for (const name of names) {
      for (const element of document.querySelectorAll(`[${name}]`)) {
        for (const id of (element.getAttribute(name) ?? "").split(/\s+/)) {
          const count = id === "" ? 0 : document.querySelectorAll(`#${CSS.escape(id)}`).length;
          if (count !== 1) found.push(`<${element.localName} ${name}="${id}">: ${count} elements`);
        }
      }
    }
    return found;
  }, POINTING);
  expect.soft(dangling, "ids that point nowhere").toEqual([]);
}

/** Nothing makes the page wider than the window. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const wide = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const elements = [...document.body.querySelectorAll("*")];
    const wider = elements.filter((element) => element.getBoundingClientRect().right > room + 0.5);
    const told = (element: Element) => `${element.localName}.${element.className} ends at ${element.getBoundingClientRect().right}`;
    return [`the page is ${document.documentElement.scrollWidth} wide in ${room}`, ...wider.slice(0, 8).map(told)];
  });
  expect.soft(wide, "wider than the window").toEqual([]);
}
