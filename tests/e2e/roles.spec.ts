// What the auditor and the help desk can see and do, in the console and by direct request from its page. Every cell of
// role and operation is in `tests/http`.

import type { Page } from "@playwright/test";

import { expect, test } from "./support/test";
import { ROW } from "./support/workbench";

/** Asks as the console would, from its own page. */
async function ask(page: Page, method: string, path: string, body?: unknown): Promise<{ status: number; kind?: string }> {
  return page.evaluate(
    async ([method, path, body]) => {
      const headers: Record<string, string> = { "X-Requested-With": "roomkey" };
      if (body !== undefined) headers["Content-Type"] = "application/json";
      const answer = await fetch(path as string, { method: method as string, headers, body: body && JSON.stringify(body) });
      const text = await answer.text();
      return { status: answer.status, kind: answer.ok || text === "" ? undefined : (JSON.parse(text).kind as string) };
    },
    [method, path, body] as const,
  );
}

test.describe("auditor", () => {
  test.use({ account: "auditor" });

  test("auditor at the settings: everything can be read and nothing changed", async ({ page, workbench }) => {
    await page.goto("/zoom/groups");
    await page.getByRole("link", { name: "Clinical staff" }).click();
    await expect(workbench.switch(ROW.waitingRoom)).not.toBeChecked();
    await expect(workbench.text(ROW.shortest)).toHaveValue("8");
    await expect(workbench.choice(ROW.whoWaits)).toHaveValue("1");

    const main = page.getByRole("main");
    for (const role of ["switch", "combobox", "textbox", "checkbox"] as const) {
      // Hidden ones too: lists are folded.
      expect(await main.getByRole(role, { disabled: true, includeHidden: true }).count(), role).toBeGreaterThan(0);
      await expect(main.getByRole(role, { disabled: false, includeHidden: true }), role).toHaveCount(0);
    }
    expect(await main.getByRole("button", { name: /^Lock: /, disabled: true }).count()).toBeGreaterThan(50);
    await expect(main.getByRole("button", { name: /^Lock: /, disabled: false })).toHaveCount(0);
    await expect(workbench.bar).toBeHidden();
  });

  test("auditor writing by direct request: refused, and the vendor is not asked", async ({ page, watch, workbench, sandbox }) => {
    watch.expect(403, /^\/api\/zoom\/groups\//);
    await workbench.open();
    const path = `/api/zoom/groups/${workbench.groupId()}`;
    const on = { meeting_security: { waiting_room: true } };
    const refused = { status: 403, kind: "forbidden" };
    expect(await ask(page, "PATCH", `${path}/settings?option=meeting_security`, on)).toEqual(refused);
    expect(await ask(page, "PATCH", `${path}/lock_settings?option=meeting_security`, on)).toEqual(refused);
    expect(await ask(page, "DELETE", path)).toEqual(refused);
    expect(await ask(page, "GET", `${path}/settings`)).toEqual({ status: 200, kind: undefined });
    expect(await sandbox.writes()).toEqual([]);
  });
});

test.describe("help desk", () => {
  test.use({ account: "helpdesk" });

  test("help desk at the start: the desk; among the users nothing to change, and no groups to go to", async ({ page }) => {
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1, name: "Who needs help?" })).toBeVisible();
    await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Users" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Groups", exact: true })).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Add a user…" })).toHaveCount(0);
    await page.getByRole("table", { name: "Users" }).getByRole("link").first().click();
    await expect(page.getByRole("textbox", { name: "Job title" })).toBeDisabled();
    await expect(page.getByRole("button", { name: "Deactivate" })).toHaveCount(0);

    // Of the settings, those that the help desk is asked about; of these, the one that it resets.
    await page.getByRole("link", { name: "Settings" }).click();
    const main = page.getByRole("main");
    await expect(main.getByRole("textbox", { name: "Passcode of the personal room" })).toBeEnabled();
    await expect(main.getByRole("switch", { name: /waiting room/i, disabled: true, includeHidden: true })).toHaveCount(1);
    for (const role of ["switch", "checkbox", "combobox"] as const) {
      await expect(main.getByRole(role, { disabled: false, includeHidden: true }), role).toHaveCount(0);
    }
    await page.getByRole("link", { name: "Access" }).click();
    await expect(main.getByRole("button", { name: "Reset host key" })).toBeVisible();
    await expect(main.getByRole("button", { name: /e-mail|password/i })).toHaveCount(0);
  });

  test("help desk at the address of a group: the sentence and no settings", async ({ page, workbench, sandbox }) => {
    await page.goto(workbench.path());
    const sentence = "Your account may not do this. Ask an administrator of the console if you need it.";
    await expect(page.getByRole("heading", { name: "Not for this account" })).toBeVisible();
    await expect(page.getByText(sentence)).toBeVisible();
    await expect(page.getByRole("switch")).toHaveCount(0);
    await page.goto("/zoom/groups");
    await expect(page.getByText(sentence)).toBeVisible();
    expect((await sandbox.ledger()).map((line) => line.path)).toEqual([]);
  });

  test("help desk reading by direct request: refused, and the vendor is not asked", async ({ page, watch, workbench, sandbox }) => {
    watch.expect(403, /^\/api\/zoom\/groups/);
    await page.goto("/");
    const path = `/api/zoom/groups/${workbench.groupId()}/settings`;
    const refused = { status: 403, kind: "forbidden" };
    expect(await ask(page, "GET", "/api/zoom/groups")).toEqual(refused);
    expect(await ask(page, "GET", `${path}?option=meeting_security`)).toEqual(refused);
    expect(await ask(page, "PATCH", path, { in_meeting: { chat: true } })).toEqual(refused);
    expect((await sandbox.ledger()).filter((line) => line.path.includes("/groups"))).toEqual([]);
  });
});
