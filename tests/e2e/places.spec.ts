// Every tab of every place of the data keeps the manners of all pages: in light and dark, on a telephone, with its list
// empty-handed because the vendor fails. Generated from the places; must not test what can be done there.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Page } from "@playwright/test";

import { expectAccessible, expectNoDanglingIds, expectNoSidewaysScroll } from "./support/looks";
import { expect, test } from "./support/test";

const DATA = join(__dirname, "../../crates/schema/data");

interface Tab {
  id?: string;
  form?: string;
  list?: { read: string };
}

interface Place {
  id: string;
  path: string;
  above?: string;
  tabs: Tab[];
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(join(DATA, name), "utf8")) as T;
}

/** Where each vendor's paths begin, at the vendor. */
const BASES = { zoom: "/zoom/v2", webex: "/webex/v1", connect: "/connect/v1", veeting: "/veeting/api/v6" };
const places = Object.keys(BASES).flatMap((vendor) => read<{ places: Place[] }>(`${vendor}.places.json`).places);
// A room on another site is the same page for another address: see webex.spec.ts.
const shown = places.filter(({ id }) => id !== "webex.room_on_site");
/** Path below the vendor's base, by operation. */
const operations = new Map<string, string>();
for (const [key, { operationId }] of Object.entries(read<Record<string, { operationId: string }>>("zoom.overlay.json"))) {
  operations.set(operationId, `${BASES.zoom}${key.replace(/^\S+ /, "")}`);
}
for (const vendor of ["webex", "veeting"] as const) {
  const { paths } = read<{ paths: Record<string, Record<string, { operationId: string }>> }>(`${vendor}.openapi.json`);
  for (const [path, methods] of Object.entries(paths)) {
    for (const { operationId } of Object.values(methods)) operations.set(operationId, `${BASES[vendor]}${path}`);
  }
}

/** Where the console asks for what is there at the vendor. */
function ours(vendorPath: string): RegExp {
  const [vendor, base] = Object.entries(BASES).find(([, base]) => vendorPath.startsWith(base)) ?? ["", ""];
  return new RegExp(`^/api/${vendor}${vendorPath.slice(base.length).replaceAll("*", "[^/]+")}$`);
}

/** Adobe Connect has one address for everything: the action behind what is read. */
const actions = new Map([
  ["connect.meetings.list", "report-bulk-objects"],
  ["connect.meetings.get", "sco-info"],
  ["connect.hosts.list", "principal-list"],
]);
for (const [path, methods] of Object.entries(
  read<{ paths: Record<string, Record<string, { operationId: string }>> }>("connect.openapi.json").paths,
)) {
  for (const { operationId } of Object.values(methods)) operations.set(operationId, `/connect/v1${path}`);
}

/** Goes to a tab as a person does: through the list of the objects to the first of them, and to the tab. */
async function go(page: Page, place: Place, tab: Tab): Promise<void> {
  const above = places.find(({ id }) => id === place.above);
  await page.goto(above?.path ?? place.path);
  if (above !== undefined) {
    await page.getByRole("table").getByRole("rowheader").getByRole("link").first().click();
    if (tab.id !== undefined) {
      await page.getByRole("navigation", { name: "Parts of this" }).waitFor();
      await page.goto(new URL(page.url()).pathname.replace(/[^/]+$/, tab.id));
    }
  }
  await settled(page);
}

/** Nothing is on its way any more. */
async function settled(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).waitFor();
  await expect(page.getByRole("status").filter({ hasText: /^Loading/ })).toHaveCount(0);
  await expect(page.getByText(/ loaded$/)).toHaveCount(0);
}

for (const place of shown) {
  for (const tab of place.tabs) {
    const name = tab.id === undefined ? place.id : `${place.id}, ${tab.id}`;

    test(`${name}: axe in light, and in dark on a telephone, no id that points nowhere`, async ({ page }) => {
      // Axe takes its time over the thousands of elements of a form: there it looks once; for the others see looks.spec.ts.
      const isForm = tab.form !== undefined;
      test.slow(isForm);
      await go(page, place, tab);
      await expectNoDanglingIds(page);
      await expectNoSidewaysScroll(page);
      if (!isForm) await expectAccessible(page);
      await page.emulateMedia({ colorScheme: "dark" });
      await page.setViewportSize({ width: 390, height: 844 });
      await page.reload();
      await settled(page);
      if (tab.id !== undefined) {
        const tabs = page.getByRole("navigation", { name: "Parts of this" });
        await expect(tabs.locator("[aria-current]")).toBeInViewport({ ratio: 0.9 });
      }
      await expectNoSidewaysScroll(page);
      await expectAccessible(page);
    });

    const { list } = tab;
    if (list === undefined) continue;

    test(`${name}: when the vendor fails, a sentence, and Try again reads the list`, async ({ page, watch, sandbox }) => {
      const vendorPath = (operations.get(list.read) ?? "").replace(/\{[^}]+\}/g, "*");
      watch.expect(502, ours(vendorPath));
      await go(page, place, tab);
      const address = page.url();
      const action = place.id === "connect.host" ? "sco-contents" : actions.get(list.read);
      await sandbox.fault({ method: "GET", path: action === undefined ? vendorPath : `xml/${action}`, fault: { kind: "status", status: 500 } });
      await page.goto(address);
      await expect(page.getByRole("alert").first()).toContainText(/^((Zoom|Adobe Connect|Veeting)'s service failed with status 500\.|Something went wrong inside Webex\.)/);
      await expectAccessible(page);
      await sandbox.fault();
      await page.getByRole("button", { name: "Try again" }).first().click();
      await settled(page);
      await expect(page.getByRole("alert")).toHaveCount(0);
      // Either rows, or a sentence that says why there are none.
      await expect(page.getByRole("table").or(page.locator("p.empty")).first()).toBeVisible();
      await page.keyboard.press("/");
      await expect(page.getByRole("searchbox")).toBeFocused();
    });
  }
}
