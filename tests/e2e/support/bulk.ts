// Bulk jobs as a person makes them: what to do, which rows, check, start. Everything is found by role and label. Must not
// check anything by itself.

import { type Locator, type Page } from "@playwright/test";

import type { Sandbox } from "./sandbox";

/** A kind of job that every demo has. */
export const HOST_KEYS = "Zoom host keys";

/** E-mail addresses of people at Zoom, up to 300, asked for as any client would ask. */
export async function emails(sandbox: Sandbox): Promise<string[]> {
  const { address, token } = await sandbox.asClient();
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${address}/zoom/v2/users?page_size=300`, { headers });
  const { users } = (await answer.json()) as { users: { email: string }[] };
  return users.map(({ email }) => email);
}

/** Host keys of six digits, no two alike. */
export function table(emails: string[], separator = ","): string {
  const rows = emails.map((email, row) => `${email}${separator}${417_203 + row * 37}`);
  return [`E-mail${separator}Host key`, ...rows].join("\n");
}

export class Bulk {
  /** The rows of the job that is open. */
  readonly rows: Locator;

  constructor(readonly page: Page) {
    this.rows = page.getByRole("table", { name: "Rows of this job" });
  }

  /** Goes to where a job is made, and says what to do. */
  async begin(kind = HOST_KEYS): Promise<void> {
    await this.page.goto("/bulk");
    await this.page.getByRole("button", { name: "New job" }).click();
    await this.page.getByRole("radio", { name: kind }).check();
  }

  /** Chooses a file. */
  async choose(name: string, content: string): Promise<void> {
    const buffer = Buffer.from(content);
    await this.page.getByLabel("A file with one row for each").setInputFiles({ name, mimeType: "text/csv", buffer });
  }

  /** Pastes rows. */
  async paste(content: string): Promise<void> {
    await this.page.getByText("Paste rows instead").click();
    await this.page.getByRole("textbox", { name: "Rows", exact: true }).fill(content);
    await this.page.getByRole("button", { name: "Use these rows" }).click();
  }

  /** Which field a column is. */
  column(name: string): Locator {
    return this.page.getByRole("combobox", { name: `What “${name}” is` });
  }

  /** Has the rows checked and waits until the job can be started. */
  async check(): Promise<void> {
    await this.page.getByRole("button", { name: "Check", exact: true }).click();
    await this.state("ready to start").waitFor();
  }

  /** Starts the job that is open; above ten rows their number is asked for. */
  async start(rows: number): Promise<void> {
    await this.page.getByRole("button", { name: "Start…" }).click();
    const dialog = this.page.getByRole("dialog", { name: `Send ${rows} rows?` });
    if (rows > 10) await dialog.getByRole("textbox").fill(String(rows));
    await dialog.getByRole("button", { name: "Start", exact: true }).click();
  }

  /** The state of the job that is open. */
  state(word: string): Locator {
    return this.page.getByRole("main").getByText(word, { exact: true });
  }

  /** Shows only rows of a state. */
  async only(state: string): Promise<void> {
    const filters = this.page.getByRole("group", { name: "Which rows are shown" });
    await filters.getByRole("button", { name: new RegExp(`^${state}`) }).click();
  }
}
