// The places whose looks are tested and pictured: how to get there and what must be seen before looking. Must not check
// anything else.

import { type Page } from "@playwright/test";

import type { Sandbox } from "./sandbox";
import type { Watch } from "./watch";
import { ROW, type Workbench } from "./workbench";

interface Hands {
  page: Page;
  sandbox: Sandbox;
  watch: Watch;
  workbench: Workbench;
}

export interface Place {
  name: string;
  open(hands: Hands): Promise<void>;
}

async function change({ workbench }: Hands): Promise<void> {
  await workbench.open();
  await workbench.switch(ROW.waitingRoom).check();
  await workbench.lock(ROW.waitingRoom).click();
  await workbench.choice(ROW.whoWaits).selectOption({ label: "Everyone" });
  await workbench.text(ROW.shortest).fill("12");
}

export const PLACES: Place[] = [
  {
    name: "sign-in",
    async open({ page }) {
      await page.context().clearCookies();
      await page.goto("/sign-in");
      await page.getByRole("button", { name: "Sign in" }).waitFor();
    },
  },
  {
    name: "groups",
    async open({ page }) {
      await page.goto("/zoom/groups");
      await page.getByRole("table", { name: "Groups" }).waitFor();
    },
  },
  {
    name: "users",
    async open({ page }) {
      await page.goto("/zoom/users");
      await page.getByRole("table", { name: "Users" }).waitFor();
      await page.getByText(/^All users: /).waitFor();
    },
  },
  {
    name: "person",
    async open({ page }) {
      await page.goto("/zoom/users");
      await page.getByRole("table", { name: "Users" }).getByRole("link").first().click();
      await page.getByRole("textbox", { name: "Job title" }).waitFor();
    },
  },
  {
    name: "members",
    async open({ page, workbench }) {
      await page.goto(workbench.path().replace(/settings$/, "members"));
      await page.getByRole("table", { name: "Members" }).waitFor();
    },
  },
  {
    name: "action",
    async open({ page }) {
      await page.goto("/zoom/users");
      await page.getByRole("button", { name: "Add a user…" }).click();
      await page.getByRole("dialog").getByRole("textbox", { name: "E-mail" }).waitFor();
      await page.getByRole("dialog").getByRole("button", { name: "Add a user" }).click();
      await page.getByRole("alert").filter({ hasText: "Something is missing" }).waitFor();
    },
  },
  { name: "workbench", open: ({ workbench }) => workbench.open() },
  { name: "workbench-changed", open: change },
  {
    name: "review",
    async open(hands) {
      await change(hands);
      await hands.workbench.openReview();
    },
  },
  {
    name: "error",
    async open({ page, sandbox, watch, workbench }) {
      watch.expect(502, /^\/api\/zoom\/groups\/[^/]+\/settings$/);
      await sandbox.fault({ method: "GET", path: "groups/*/settings", fault: { kind: "status", status: 500 } });
      await page.goto(workbench.path());
      await page.getByRole("alert").waitFor();
    },
  },
];
