// Every operation of Zoom has a place, and is used from there as a person would. What was used is read from the ledger
// and compared with the vendor's own document. Must not ask the console's server by itself.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Locator, Page } from "@playwright/test";

import { expectAccessible, expectNoDanglingIds } from "./support/looks";
import { expect, test } from "./support/test";

const DATA = join(__dirname, "../../crates/schema/data");
const DOCUMENT = join(DATA, "zoom.openapi.json");
const OVERLAY = join(DATA, "zoom.overlay.json");
const PNG = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==", "base64");
const PICTURE = { name: "ward.png", mimeType: "image/png", buffer: PNG };

/** Method and path template of everything in the document. */
function documented(): { method: string; template: string }[] {
  const { paths } = JSON.parse(readFileSync(DOCUMENT, "utf8")) as { paths: Record<string, Record<string, unknown>> };
  return Object.entries(paths).flatMap(([template, item]) =>
    Object.keys(item).map((method) => ({ method: method.toUpperCase(), template })),
  );
}

/** The operation that a request was; of several that fit, the one with the fewest parameters. */
function operationOf(line: { method: string; path: string }, all: ReturnType<typeof documented>): string | undefined {
  const fits = ({ method, template }: { method: string; template: string }) =>
    method === line.method && new RegExp(`^/zoom/v2${template.replace(/\{[^}]+\}/g, "[^/]+")}$`).test(line.path);
  const found = all.filter(fits).sort((a, b) => a.template.split("{").length - b.template.split("{").length)[0];
  return found && `${found.method} ${found.template}`;
}

class Places {
  constructor(readonly page: Page) {}

  get dialog(): Locator {
    return this.page.getByRole("dialog").filter({ visible: true });
  }

  async open(path: string, heading: string | RegExp): Promise<void> {
    await this.page.goto(path);
    await this.page.getByRole("heading", { level: 1, name: heading }).waitFor();
  }

  async tab(name: string): Promise<void> {
    await this.page.getByRole("navigation", { name: "Parts of this" }).getByRole("link", { name, exact: true }).click();
  }

  /** Presses a button, fills what it asks for and does it. */
  async act(button: Locator | string, fill: (dialog: Locator) => Promise<void> = async () => {}): Promise<void> {
    const opener = typeof button === "string" ? this.page.getByRole("button", { name: button, exact: true }) : button;
    const name = (await opener.innerText()).trim().replace(/…$/, "");
    await opener.click();
    await this.dialog.waitFor();
    await fill(this.dialog);
    await this.dialog.getByRole("button", { name, exact: true }).click();
  }

  /** The same, for what is over when it is done. */
  async done(button: Locator | string, said: string | RegExp, fill?: (dialog: Locator) => Promise<void>): Promise<void> {
    await this.act(button, fill);
    await expect(this.page.getByRole("status").filter({ hasText: said }).first()).toBeVisible();
    await expect(this.dialog).toBeHidden();
  }

  row(name: string): Locator {
    return this.page.getByRole("row", { name });
  }

  /** Applies what was changed in a form. */
  async apply(): Promise<void> {
    const bar = this.page.getByRole("region", { name: "Changes" });
    await bar.getByRole("button", { name: "Review" }).click();
    await this.dialog.getByRole("button", { name: "Apply" }).click();
    await expect(bar).toContainText("read back and confirmed");
  }

  /** Chooses somebody by name in a field that offers people. */
  async pick(dialog: Locator, field: string, name: string): Promise<void> {
    await dialog.getByRole("combobox", { name: field, exact: true }).click();
    await dialog.getByRole("combobox", { name: field, exact: true }).fill(name);
    await dialog.getByRole("option", { name }).first().click();
  }
}

test("every operation of Zoom is used from the place where one looks for it", async ({ page, sandbox }) => {
  test.setTimeout(240_000);
  page.setDefaultTimeout(10_000);
  const places = new Places(page);
  const shown = async () => {
    await expectNoDanglingIds(page);
    await expectAccessible(page);
  };

  // People: what there is, checks, and a new one.
  await places.open("/zoom/users", "Users");
  await expect(page.getByText(/^All users: /)).toBeVisible();
  await shown();
  await places.act("Check an e-mail address…", (dialog) => dialog.getByRole("textbox", { name: "E-mail" }).fill("nobody@example.com"));
  await expect(places.dialog.getByRole("definition")).toBeVisible();
  await places.dialog.getByRole("button", { name: "Close" }).last().click();
  await places.act("Check a room name…", (dialog) => dialog.getByRole("textbox", { name: "Room name" }).fill("ward.seven"));
  await expect(places.dialog.getByRole("definition")).toBeVisible();
  await places.dialog.getByRole("button", { name: "Close" }).last().click();
  await places.act("Test the start key");
  await expect(places.dialog.getByRole("definition")).toHaveText("set");
  await places.dialog.getByRole("button", { name: "Close" }).last().click();
  await places.done("Add a user…", "User added.", async (dialog) => {
    await dialog.getByRole("combobox", { name: "How to add them" }).selectOption("custCreate");
    await dialog.getByRole("textbox", { name: "E-mail" }).fill("nora.quist@example.com");
    await dialog.getByRole("textbox", { name: "First name" }).fill("Nora");
    await dialog.getByRole("textbox", { name: "Last name" }).fill("Quist");
    await dialog.getByRole("textbox", { name: "Display name" }).fill("Nora Quist");
    await dialog.getByRole("combobox", { name: "Plan", exact: true }).selectOption("1");
  });
  await page.getByRole("searchbox").fill("nora quist");
  await page.getByRole("checkbox", { name: "Choose Nora Quist" }).check();
  await places.act("Change licences…", async (dialog) => {
    await dialog.getByRole("combobox", { name: "What to change" }).selectOption("user_type");
    await dialog.getByRole("combobox", { name: "New value" }).selectOption({ label: "Licensed" });
  });
  await expect(places.dialog.getByRole("definition").first()).toBeVisible();
  await places.dialog.getByRole("button", { name: "Close" }).last().click();

  // One person.
  await page.getByRole("link", { name: "Nora Quist" }).click();
  await page.getByRole("heading", { level: 1, name: "Nora Quist" }).waitFor();
  const person = new URL(page.url()).pathname.replace(/\/profile$/, "");
  await page.getByRole("textbox", { name: "Job title" }).fill("Night nurse");
  await places.apply();
  await shown();
  await places.done("Upload a picture…", "Nora Quist has a new picture.", (dialog) => dialog.getByLabel("Files").setInputFiles(PICTURE));
  await places.done("Delete the picture", "The picture of Nora Quist is deleted.");
  await places.tab("Settings");
  await page.getByRole("switch", { name: "Waiting room", exact: true }).click();
  await places.apply();
  await places.tab("Access");
  await shown();
  await places.done("End the SSO session", "is ended");
  await places.act("Test a start key…");
  await expect(places.dialog.getByRole("definition")).toHaveText("set");
  await places.dialog.getByRole("button", { name: "Close" }).last().click();
  await places.done("Change the address…", "The address of Nora Quist is changed.", (dialog) => dialog.getByRole("textbox", { name: "New e-mail" }).fill("nora.quist.2@example.com"));
  await places.tab("Presence");
  await page.getByRole("combobox", { name: "Status" }).selectOption("Busy");
  await places.apply();
  await places.tab("Assistants");
  const assistant = "Add assistants…";
  const helper = await someone(page);
  await places.done(assistant, "Assistants added", (dialog) => places.pick(dialog, "Assistants", helper.email));
  await places.done(places.row(helper.email).getByRole("button", { name: /^Remove/ }), "no longer an assistant");
  await places.done(assistant, "Assistants added", (dialog) => places.pick(dialog, "Assistants", helper.email));
  await places.done("Remove all assistants", "no assistants any more");
  await places.done(assistant, "Assistants added", (dialog) => places.pick(dialog, "Assistants", helper.email));
  await page.goto(`/zoom/users/${helper.id}/schedulers`);
  await places.done(places.row("nora.quist").getByRole("button", { name: /^Remove/ }), "no longer schedules");
  await page.goto(`${person}/assistants`);
  await places.done(assistant, "Assistants added", (dialog) => places.pick(dialog, "Assistants", helper.email));
  await page.goto(`/zoom/users/${helper.id}/schedulers`);
  await places.row("nora.quist").waitFor();
  await places.done("Stop scheduling for everyone", "schedules for nobody");

  // Somebody who signs in with a password, and somebody with a device.
  const local = await someone(page, ({ login_types, role_name }) => role_name === "Member" && login_types?.includes(100) === true);
  await page.goto(`/zoom/users/${local.id}/access`);
  await places.done("Set a password…", "has a new password.", (dialog) => dialog.getByRole("textbox", { name: "New password" }).fill("Vorhang-7-Leuchte!"));
  const owner = await someone(page, ({ total_records }) => (total_records ?? 0) > 0, "/collaboration_devices");
  await page.goto(`/zoom/users/${owner.id}/devices`);
  await page.getByRole("button", { name: /^Details/ }).first().click();
  await places.dialog.getByRole("button", { name: "Details" }).click();
  await expect(places.dialog.getByRole("definition").first()).toBeVisible();
  await places.dialog.getByRole("button", { name: "Close" }).last().click();
  await places.tab("Templates");
  await page.getByRole("table", { name: "Templates" }).waitFor();
  await places.act("Look up a meeting template…", (dialog) => dialog.getByRole("textbox", { name: "Template ID" }).fill(`${owner.id}-1`));
  await expect(places.dialog.getByRole("definition").first()).toBeVisible();
  await places.dialog.getByRole("button", { name: "Close" }).last().click();
  await places.tab("Permissions");
  await page.getByRole("table", { name: "Permissions" }).waitFor();
  await places.tab("Virtual backgrounds");
  await places.done("Upload backgrounds…", "Backgrounds uploaded", (dialog) => dialog.getByLabel("Files").setInputFiles([PICTURE, { ...PICTURE, name: "desk.png" }]));
  await places.done(places.row("desk").getByRole("button", { name: /^Delete/ }), "is deleted");
  await page.goto(person);
  await places.done("Deactivate", "Nora Quist is deactivated.");
  await places.done("Activate", "Nora Quist is active again.");
  await places.done("Delete or unlink…", "no longer in this account", async (dialog) => {
    await dialog.getByRole("combobox", { name: "What happens to the user" }).selectOption("delete");
  });
  await expect(page).toHaveURL(/\/zoom\/users$/);

  // A group of its own.
  await places.open("/zoom/groups", "Groups");
  await places.done("Create a group…", "Group created.", (dialog) => dialog.getByRole("textbox", { name: "Name" }).fill("Night shift"));
  await page.getByRole("link", { name: "Night shift" }).click();
  await places.done("Rename…", "Group renamed.", (dialog) => dialog.getByRole("textbox", { name: "Name" }).fill("Nights"));
  await expect(page.getByRole("heading", { level: 1, name: "Nights" })).toBeVisible();
  await page.getByRole("switch", { name: "Waiting room", exact: true }).click();
  await page.getByRole("button", { name: "Lock: Waiting room", exact: true }).click();
  await places.apply();
  await places.tab("Members");
  await places.done("Add members…", "Members added", (dialog) => places.pick(dialog, "Members", helper.email));
  const member = places.row(helper.email);
  await shown();
  await places.done(member.getByRole("button", { name: /^Make primary/ }), "primary group");
  await places.done(member.getByRole("button", { name: /^Remove/ }), "no longer in the group");
  await places.tab("Administrators");
  await places.done("Add administrators…", "Administrators added", (dialog) => places.pick(dialog, "Administrators", helper.email));
  await places.done(places.row(helper.email).getByRole("button", { name: /^Remove/ }), "no longer an administrator");
  await places.tab("Channels");
  await page.getByRole("main").getByText(/channel/i).first().waitFor();
  await places.tab("Webinar registration");
  await page.getByRole("switch").first().click();
  await places.apply();
  await places.tab("Virtual backgrounds");
  await places.done("Upload backgrounds…", "Backgrounds uploaded", (dialog) => dialog.getByLabel("Files").setInputFiles(PICTURE));
  await places.done(places.row("ward").getByRole("button", { name: /^Delete/ }), "is deleted");
  await places.done(page.getByRole("button", { name: "Delete", exact: true }), "is deleted");
  await expect(page).toHaveURL(/\/zoom\/groups$/);

  // A contact group.
  await places.open("/zoom/contact-groups", "Contact groups");
  await places.done("Create a contact group…", "Contact group created.", async (dialog) => {
    await dialog.getByRole("textbox", { name: "Name", exact: true }).fill("On call");
    await dialog.getByRole("combobox", { name: "Privacy" }).selectOption("1");
  });
  await page.getByRole("link", { name: "On call", exact: true }).click();
  await expect(page.getByText("Nobody is in this contact group yet.")).toBeVisible();
  await places.done("Edit…", "Contact group changed.", (dialog) => dialog.getByRole("textbox", { name: "Name", exact: true }).fill("On call now"));
  for (const email of new Set([helper.email, owner.email, local.email])) {
    await places.done("Add members…", "Members added", (dialog) => places.pick(dialog, "Members", email));
  }
  await shown();
  await places.done(page.getByRole("button", { name: /^Remove/ }).first(), "no longer in the contact group");
  await places.done(page.getByRole("button", { name: "Delete", exact: true }), "is deleted");

  // A division.
  await places.open("/zoom/divisions", "Divisions");
  await places.done("Create a division…", "Division created.", (dialog) => dialog.getByRole("textbox", { name: "Name", exact: true }).fill("Northern campus"));
  await page.getByRole("link", { name: "Northern campus" }).click();
  await places.done("Edit…", "Division changed.", (dialog) => dialog.getByRole("textbox", { name: "Name", exact: true }).fill("North campus"));
  await places.done("Assign people…", "People assigned", (dialog) => places.pick(dialog, "People", owner.email));
  await shown();
  await page.goto("/zoom/divisions");
  await places.done("Create a division…", "Division created.", (dialog) => dialog.getByRole("textbox", { name: "Name", exact: true }).fill("Short-lived"));
  await page.getByRole("link", { name: "Short-lived" }).click();
  await places.done(page.getByRole("button", { name: "Delete", exact: true }), "is deleted");

  // What is in the ledger came from a place, through a route of the proxy, and a handler of the sandbox answered it.
  const all = documented();
  expect(all).toHaveLength(71);
  const overlay = JSON.parse(readFileSync(OVERLAY, "utf8")) as Record<string, Record<string, string[]>>;
  const withoutRoles = all.filter(({ method, template }) => !overlay[`${method} ${template}`]?.["x-roles"]?.length);
  expect(withoutRoles).toEqual([]);
  const went = (await sandbox.ledger()).filter(({ status }) => status !== null && status < 300);
  const used = new Set(went.map((line) => operationOf(line, all)));
  expect(all.map(({ method, template }) => `${method} ${template}`).filter((operation) => !used.has(operation))).toEqual([]);
});

/** What is asked of people here. */
interface Known {
  login_types?: number[];
  role_name?: string;
  total_records?: number;
}

/** Somebody with a licence of whom this is true, or anybody. */
async function someone(page: Page, is?: (known: Known) => boolean, below = ""): Promise<{ id: string; email: string }> {
  const get = <T>(path: string) =>
    page.evaluate(async (path) => (await fetch(path, { headers: { "X-Requested-With": "roomkey" } })).json() as Promise<T>, path);
  const { users } = await get<{ users: { id: string; email: string; type: number }[] }>("/api/zoom/users?page_size=200");
  for (const user of users.filter(({ type }) => type === 2)) {
    if (is === undefined || is(await get<Known>(`/api/zoom/users/${user.id}${below}`))) return user;
  }
  throw new Error("there is nobody like that");
}
