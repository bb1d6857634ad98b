// A secret as a person asks for it, as a client of the vendor reads it, and as the console asks its server for it. Must not
// check anything by itself.

import type { Page } from "@playwright/test";

const PERSON = "admin2@example.com";
const ROOM = "/webex/v1/meetingPreferences/personalMeetingRoom?userEmail=admin2%40example.com";
export const HOST_PIN = "Reveal: Host PIN";

/** The PIN that the vendor holds, asked as any client would. */
export async function pinAt(vendors: string): Promise<string> {
  const answer = await fetch(`${vendors}${ROOM}`, { headers: { authorization: "Bearer demo-webex-token" } });
  return ((await answer.json()) as { hostPin: string }).hostPin;
}

export async function openRoom(page: Page): Promise<void> {
  await page.goto(`/webex/rooms/${encodeURIComponent(PERSON)}`);
  await page.getByRole("textbox", { name: "Host PIN", exact: true }).waitFor();
}

export async function reveal(page: Page, name: string, reason: string): Promise<void> {
  await page.getByRole("button", { name }).click();
  const dialog = page.getByRole("dialog", { name });
  await dialog.getByLabel("Why you need to see it").fill(reason);
  await dialog.getByRole("button", { name: "Reveal", exact: true }).click();
}

/** Asks the server as the console would. */
export async function ask(page: Page, body: unknown): Promise<{ status: number; kind: string }> {
  return page.evaluate(async (body) => {
    const headers = { "X-Requested-With": "roomkey", "Content-Type": "application/json" };
    const answer = await fetch("/api/reveal", { method: "POST", headers, body: JSON.stringify(body) });
    return { status: answer.status, kind: ((await answer.json()) as { kind?: string }).kind ?? "" };
  }, body);
}

export const WANTED = { operation: "webex.room.get", params: { userEmail: PERSON }, pointer: "/hostPin", reason: "Ticket 1" };
