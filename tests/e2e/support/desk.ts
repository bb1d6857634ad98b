// The desk as a person uses it, and people whom several vendors know, asked for as any client would ask. Everything is found by
// role and label. Must not check anything by itself.

import type { Locator, Page } from "@playwright/test";

import type { Sandbox } from "./sandbox";

export interface Somebody {
  /** At Zoom. */
  id: string;
  name: string;
  email: string;
}

/** Active people at Zoom who have a Webex room too, in the order of their names. */
export async function known(sandbox: Sandbox): Promise<Somebody[]> {
  const { address, token } = await sandbox.asClient();
  const read = async (path: string, bearer: string) =>
    (await (await fetch(`${address}${path}`, { headers: { authorization: `Bearer ${bearer}` } })).json()) as unknown;
  const { users } = (await read("/zoom/v2/users?page_size=300", token)) as {
    users: { id: string; email: string; first_name: string; last_name: string }[];
  };
  const { items } = (await read("/webex/v1/people?max=1000", "demo-webex-token")) as { items: { emails: string[] }[] };
  const addresses = new Set(items.map(({ emails }) => emails[0].toLowerCase()));
  return users
    .filter(({ email }) => addresses.has(email.toLowerCase()))
    .map(({ id, email, first_name, last_name }) => ({ id, email, name: `${first_name} ${last_name}` }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

/** A text as somebody types it who has no accents on the keyboard. */
export function plain(text: string): string {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replaceAll("ø", "o").toLowerCase();
}

export class Desk {
  readonly field: Locator;
  readonly hits: Locator;

  constructor(readonly page: Page) {
    this.field = page.getByRole("combobox", { name: "Find a person or room" });
    this.hits = page.getByRole("listbox", { name: "People and meetings" }).getByRole("option");
  }

  /** Arrives there. */
  async open(): Promise<void> {
    await this.page.goto("/");
    await this.field.waitFor();
  }

  /** A person among those found. */
  hit(email: string): Locator {
    return this.hits.filter({ hasText: email }).filter({ hasNotText: "Meeting" });
  }

  /** What a vendor has of the person who is open. */
  card(title: string): Locator {
    return this.page.getByRole("region", { name: title, exact: true });
  }
}
