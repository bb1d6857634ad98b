// A day of each of the three: what they come for, one thing after the other, and everything else refused when it is asked for
// directly. What each thing does in detail is tested where it belongs. Must not depend on what the others' days left.

import type { Page } from "@playwright/test";

import { Desk, known } from "./support/desk";
import { HOST_KEYS, Bulk, emails, table } from "./support/bulk";
import { reveal } from "./support/reveal";
import { expect, test } from "./support/test";
import { ROW } from "./support/workbench";

/** What the server says to a request that the console would not send: status and kind of the problem. */
async function directly(page: Page, method: string, path: string, body?: unknown): Promise<[number, string]> {
  return page.evaluate(
    async ([method, path, body]) => {
      const headers = { "X-Requested-With": "roomkey", "Content-Type": "application/json" };
      const answer = await fetch(path as string, { method: method as string, headers, body: body as string | undefined });
      const { kind } = (await answer.json().catch(() => ({}))) as { kind?: string };
      return [answer.status, kind ?? ""] as [number, string];
    },
    [method, path, body === undefined ? undefined : JSON.stringify(body)] as const,
  );
}

function dialog(page: Page) {
  return page.getByRole("dialog").filter({ visible: true });
}

test.describe("help desk", () => {
  test.use({ account: "helpdesk", fresh: true });

  test("a day at the desk: a PIN, a host key, a passcode, a secret with a reason, and what was done", async ({ page, sandbox, watch, workbench }) => {
    test.setTimeout(120_000);
    watch.expect(403, /^\/api\//);
    const [first, second] = await known(sandbox);
    const desk = new Desk(page);

    // The first call: a PIN, read out.
    await desk.open();
    await desk.field.fill(first.email);
    await desk.hit(first.email).click();
    await expect(page.getByRole("heading", { level: 1, name: first.name })).toBeVisible();
    await desk.card("Webex personal room").getByRole("button", { name: "Reset PIN" }).click();
    await dialog(page).getByRole("button", { name: "Generate", exact: true }).click();
    await expect(dialog(page).locator("output")).toHaveText(/^\d{4}$/);
    await dialog(page).getByRole("button", { name: "Done" }).click();
    await expect(dialog(page)).toBeHidden();

    // The second: somebody else's host key, from the search on top.
    await page.keyboard.press("/");
    await desk.field.fill(second.email);
    await desk.hit(second.email).click();
    await expect(page.getByRole("heading", { level: 1, name: second.name })).toBeVisible();
    await desk.card("Zoom").getByRole("button", { name: "Reset host key" }).click();
    await dialog(page).getByRole("button", { name: "Generate", exact: true }).click();
    await expect(dialog(page).locator("output")).toHaveText(/^\d{6}$/);
    await dialog(page).getByRole("button", { name: "Done" }).click();
    await expect(dialog(page)).toBeHidden();
    expect(await sandbox.writes()).toHaveLength(2);

    // The third knows the PIN to be right and wants to hear it.
    await page.goto("/webex/rooms/admin2%40example.com");
    await page.getByRole("heading", { level: 1, name: "Admin Two" }).waitFor();
    await reveal(page, "Reveal: Host PIN", "Ticket 4711: wants to hear it");
    await expect(dialog(page).locator("output")).toHaveText(/^\d{4}$/);
    await page.keyboard.press("Escape");

    // Everything else is refused, and is not there to begin with.
    await expect(page.getByRole("link", { name: "Groups", exact: true })).toHaveCount(0);
    await expect(page.getByRole("link", { name: "Record", exact: true })).toHaveCount(0);
    const group = workbench.groupId();
    for (const [method, path, body] of [
      ["GET", `/api/zoom/groups/${group}/settings`],
      ["PATCH", `/api/zoom/groups/${group}/settings?option=meeting_security`, { meeting_security: { waiting_room: true } }],
      ["PATCH", `/api/zoom/users/${first.id}`, { first_name: "Mallory" }],
      ["DELETE", `/api/zoom/users/${first.id}`],
      ["GET", "/api/audit"],
      ["GET", "/api/audit/export?format=csv"],
      ["POST", "/api/audit/1/undo", {}],
      ["POST", "/api/people/refresh", {}],
    ] as const) {
      expect(await directly(page, method, path, body), `${method} ${path}`).toEqual([403, "forbidden"]);
    }
    expect(await sandbox.writes()).toHaveLength(2);
  });
});

test.describe("auditor", () => {
  test.use({ account: "auditor" });

  test("a day with the record: what is set, who did what, whether the record is whole, and nothing changed", async ({ page, sandbox, watch, workbench }) => {
    test.setTimeout(120_000);
    watch.expect(403, /^\/api\//);
    await workbench.open();
    await expect(workbench.switch(ROW.waitingRoom)).toBeDisabled();
    await page.getByRole("link", { name: "Record", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Record" }).waitFor();
    await page.getByRole("button", { name: "Verify" }).click();
    await expect(page.getByText("whole", { exact: true })).toBeVisible();
    await page.getByRole("button", { name: "Export" }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: /CSV/ }).click();
    expect((await download).suggestedFilename()).toMatch(/^roomkey-record-\d+\.csv$/);
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "Connections", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Connections" })).toBeVisible();
    const [somebody] = await known(sandbox);
    const group = workbench.groupId();
    for (const [method, path, body] of [
      ["PATCH", `/api/zoom/groups/${group}/settings?option=meeting_security`, { meeting_security: { waiting_room: true } }],
      ["PATCH", `/api/zoom/users/${somebody.id}`, { host_key: "417203" }],
      ["POST", "/api/reveal", { operation: "zoom.users.get", params: { userId: somebody.id }, pointer: "/host_key", reason: "Ticket 1" }],
      ["POST", "/api/audit/1/undo", {}],
      ["POST", "/api/jobs", {}],
      ["POST", "/api/people/refresh", {}],
    ] as const) {
      expect(await directly(page, method, path, body), `${method} ${path}`).toEqual([403, "forbidden"]);
    }
    expect(await sandbox.writes()).toEqual([]);
  });
});

test.describe("administrator", () => {
  test.use({ account: "admin", fresh: true });

  test("a day with policy: a setting turned on and taken back from the record, host keys for ten, and a session ended", async ({ page, sandbox, workbench, session }) => {
    test.setTimeout(120_000);
    await session("helpdesk", true);
    await workbench.open();
    await workbench.switch(ROW.waitingRoom).check();
    await workbench.apply();
    await expect(workbench.bar).toContainText("read back and confirmed");

    await page.goto(`/audit?object=zoom:${encodeURIComponent(workbench.groupId())}`);
    await page.getByRole("table", { name: "Record" }).locator(".what").first().getByRole("button").click();
    await page.getByRole("button", { name: "Undo…" }).click();
    await dialog(page).getByRole("button", { name: "Undo the change" }).click();
    await expect(dialog(page)).toBeHidden();
    await workbench.open();
    await expect(workbench.switch(ROW.waitingRoom)).not.toBeChecked();

    const bulk = new Bulk(page);
    await bulk.begin(HOST_KEYS);
    await bulk.paste(table((await emails(sandbox)).slice(0, 10)));
    await bulk.check();
    await bulk.start(10);
    await expect(bulk.state("finished")).toBeVisible({ timeout: 30_000 });

    await page.goto("/sessions");
    const others = page.getByRole("table", { name: "Other people" });
    const helpdesk = others.getByRole("row", { name: /helpdesk/ });
    await helpdesk.first().waitFor();
    const before = await helpdesk.count();
    // The latest comes first: the one that was begun above.
    await helpdesk.first().getByRole("button").click();
    await expect(helpdesk).toHaveCount(before - 1);
  });
});
