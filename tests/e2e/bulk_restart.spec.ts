// A bulk job outlives its server: ended as if the power failed, started again, and every person still gets one host PIN.
// Must not test what a job is: see bulk.spec.ts.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Bulk } from "./support/bulk";
import { startDemo } from "./support/demo";
import { expect, signIn, test } from "./support/test";

const PUT = "/webex/v1/meetingPreferences/personalMeetingRoom";
const ROWS = 300;

test.use({ demoArguments: ["--people", "400"] });

test("server that dies while 300 PINs are set: it goes on where it was, and nobody gets two", async ({ browser, demo, sandbox }) => {
  test.setTimeout(180_000);
  const data = await mkdtemp(join(tmpdir(), "roomkey-restart-"));
  const own = ["--sandbox-at", new URL(demo.vendors).host, "--data", data, "--port"];
  let server = await startDemo(...own, "0");
  const { port } = new URL(server.console);
  const page = await browser.newPage({ baseURL: server.console, storageState: undefined });
  try {
    const answer = await fetch(`${demo.vendors}/webex/v1/people?max=1000`, { headers: { authorization: "Bearer demo-webex-token" } });
    const { items } = (await answer.json()) as { items: { emails: string[] }[] };
    const people = items.slice(0, ROWS).map(({ emails }) => emails[0]);
    expect(people).toHaveLength(ROWS);
    await page.goto("/sign-in");
    await signIn(page, "admin");
    await expect(page.getByRole("button", { name: /^admin, / })).toBeVisible();
    const bulk = new Bulk(page);
    await bulk.begin("Webex host PINs");
    await bulk.paste(["E-mail", ...people].join("\n"));
    await page.getByRole("radio", { name: "Generate them" }).check();
    await bulk.check();
    await page.getByRole("button", { name: "Start…" }).click();
    const dialog = page.getByRole("dialog", { name: `Send ${ROWS} rows?` });
    await dialog.getByRole("textbox").fill(String(ROWS));
    await dialog.getByRole("button", { name: "Start", exact: true }).click();

    const puts = async () => (await sandbox.writes()).filter(({ path }) => path === PUT);
    await expect.poll(async () => (await puts()).length, { timeout: 60_000 }).toBeGreaterThan(20);
    await server.kill();
    const before = (await puts()).length;
    expect(before).toBeLessThan(ROWS);
    server = await startDemo(...own, port);

    // The demo's accounts were made anew, so the session has ended: one signs in again on the spot.
    await signIn(page, "admin");
    await expect(bulk.state("finished")).toBeVisible({ timeout: 120_000 });
    await expect(bulk.state(`${ROWS} of ${ROWS}`)).toBeVisible();
    const given = new Map<string, Set<unknown>>();
    for (const { query, body } of await puts()) {
      given.set(query, (given.get(query) ?? new Set()).add((body as { hostPin: string }).hostPin));
    }
    expect(given.size).toBe(ROWS);
    expect([...given.values()].filter((pins) => pins.size !== 1)).toEqual([]);
  } finally {
    await page.close();
    await server.stop();
    await rm(data, { recursive: true });
  }
});
