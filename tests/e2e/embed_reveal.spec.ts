// A secret that is asked for in a frame on another site, some time after signing in: the window asks for the password once
// more, although somebody is signed in there. Must not repeat what reveal.spec.ts tests.

import type { Page } from "@playwright/test";

import { signInWindow, test } from "./support/embed";
import { HOST_PIN, pinAt, reveal, WANTED } from "./support/reveal";
import { expect, signIn } from "./support/test";

test.use({ account: "helpdesk", fresh: true, demoArguments: ["--proof-seconds", "5"] });

test("secret in a frame: the password in the window, and what was asked goes on in the frame", async ({ page, portal, shown, demo, watch }) => {
  // Browsers let no field of a frame on another site take the focus by itself.
  watch.expectInFrame("Blocked autofocusing");
  watch.expect(400, /^\/api\/reveal$/);
  watch.expect(403, /^\/api\/reveal$/);
  const frame = await shown(portal.crossSite, { place: `webex/rooms/${encodeURIComponent(WANTED.params.userEmail)}` });
  await (await signInWindow(page, frame)).waitForEvent("close");
  await frame.getByRole("textbox", { name: "Host PIN", exact: true }).waitFor();
  // Refused as no secret while the password counts as given lately, and for want of it from then on.
  const late = () =>
    frame.evaluate(async (body) => {
      const headers = { "X-Requested-With": "roomkey", "X-Roomkey-Embed": "1", "Content-Type": "application/json" };
      const answer = await fetch("/api/reveal", { method: "POST", headers, body: JSON.stringify(body) });
      return ((await answer.json()) as { kind?: string }).kind;
    }, { ...WANTED, pointer: "/topic" });
  await expect.poll(late, { timeout: 20_000 }).toBe("recent_sign_in_required");

  await reveal(frame as unknown as Page, HOST_PIN, "Ticket 4711");
  const again = frame.getByRole("dialog", { name: "Sign in again" });
  await expect(again.getByText("Nothing you typed is lost.")).toBeVisible();
  await expect(again.getByLabel("Password")).toHaveCount(0);
  const window = await signInWindow(page, frame);
  const closed = window.waitForEvent("close");
  await expect(window.getByLabel("User name")).toHaveValue("helpdesk");
  await signIn(window, "helpdesk");
  await closed;
  await expect(frame.getByRole("dialog", { name: HOST_PIN }).getByText(await pinAt(demo.vendors), { exact: true })).toBeVisible();
});
