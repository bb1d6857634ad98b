// Pages that mean harm, on origins that are on the list and on one that is not: frames, forged requests, windows and
// messages. Each in a browser of its own, since what a browser refuses, it writes to its console. Must not be served by us.

import { address, inside, said, set, signInWindow, test } from "./support/embed";
import { expect } from "./support/test";

test("origin that is not on the list: the frame is refused, nothing is shown and nothing asked", async ({ browser, portal, demo, session, sandbox }) => {
  const context = await browser.newContext({ storageState: await session("admin", false) });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().startsWith(demo.console)) asked.push(new URL(request.url()).pathname);
  });
  const refused = page.waitForEvent("console", (message) => message.text().includes("frame-ancestors"));
  await page.goto(address(portal.forbidden, { place: "zoom/groups" }));
  await refused;
  const frame = page.frames()[1];
  expect(await frame.evaluate(() => document.body.textContent)).not.toContain("Groups");
  expect(asked).toEqual(["/embed.js", "/embed/zoom/groups"]);
  expect(await said(page)).toEqual([]);
  expect(await sandbox.ledger()).toEqual([]);
  await context.close();
});

test("clickjacking: no document of ours can be framed that is not made for it, nor that one by others", async ({ browser, portal, demo, session, sandbox }) => {
  const context = await browser.newContext({ storageState: await session("admin", false) });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().startsWith(demo.console)) asked.push(request.url().slice(demo.console.length));
  });
  const framed = [
    // An origin that may frame /embed may frame nothing else.
    ...["/zoom/groups", "/", "/sign-in", "/sign-in/window?challenge=x"].map((path) => [portal.sameSite, path]),
    ...["/zoom/groups", "/embed/zoom/groups", "/embed/desk"].map((path) => [portal.forbidden, path]),
  ];
  for (const [origin, path] of framed) {
    const refused = page.waitForEvent("console", (message) => message.text().includes("frame-ancestors"));
    await page.goto(`${origin}/harm?${new URLSearchParams({ frame: `${demo.console}${path}` })}`);
    await refused;
    await page.mouse.click(300, 300);
    expect(page.frames().filter((frame) => frame.url().startsWith(demo.console)), path).toEqual([]);
    // Nothing but the document was fetched: none of it ran.
    expect(asked.splice(0), path).toEqual([path]);
  }
  expect(await sandbox.ledger()).toEqual([]);
  await context.close();
});

test("forged forms and requests from a portal in which somebody is signed in: nothing is carried out", async ({ browser, portal, demo, session, sandbox }) => {
  const context = await browser.newContext({ storageState: await session("admin", true) });
  const page = await context.newPage();
  for (const origin of [portal.forbidden, portal.crossSite, portal.sameSite]) {
    await page.goto(address(origin, { place: "zoom/groups" }));
    if (origin === portal.crossSite) {
      await expect.poll(() => inside(page, demo.console)).toBeTruthy();
      const frame = inside(page, demo.console)!;
      await (await signInWindow(page, frame)).waitForEvent("close");
      await frame.getByRole("link", { name: "Clinical staff" }).waitFor();
    }
    await page.goto(`${origin}/harm?frame=about:blank`);
    await sandbox.reset();
    const group = `${demo.console}/api/zoom/groups/${demo.groups.get("Clinical staff")}`;
    const outcomes = await page.evaluate(
      async ([group, roomkey]) => {
        const attempt = (url: string, init: RequestInit) =>
          fetch(url, { credentials: "include", ...init }).then(
            (answer) => `${answer.type} ${answer.status}`,
            () => "failed",
          );
        const body = JSON.stringify({ meeting_security: { waiting_room: true } });
        const simple = { method: "POST", mode: "no-cors" as const, headers: { "Content-Type": "text/plain" } };
        const headers = { "Content-Type": "application/json", "X-Requested-With": "roomkey", "X-Roomkey-Embed": "1" };
        const outcomes = [
          await attempt(`${group}/settings`, { ...simple, body }),
          await attempt(`${group}/settings`, { method: "PATCH", headers, body }),
          await attempt(group, { method: "DELETE", headers }),
          await attempt(group, { headers }),
          await attempt(`${roomkey}/auth/embed-code`, { ...simple, body: "{}" }),
          await attempt(`${roomkey}/auth/embed-code`, { method: "POST", headers, body: "{}" }),
        ];
        for (const [enctype, name] of [
          ["text/plain", '{"username":"admin","x":"'],
          ["application/x-www-form-urlencoded", "a"],
          ["multipart/form-data", "file"],
        ]) {
          const form = document.createElement("form");
          Object.assign(form, { method: "post", enctype, action: `${group}/settings`, target: "sink" });
          const field = document.createElement("input");
          Object.assign(field, { name, value: '"}' });
          form.append(field);
          document.body.append(form);
          const loaded = new Promise((resolve) => document.querySelector("[name=sink]")!.addEventListener("load", resolve, { once: true }));
          form.submit();
          await loaded;
        }
        return outcomes;
      },
      [group, demo.console],
    );
    expect(outcomes.filter((outcome) => !["failed", "opaque 0"].includes(outcome)), origin).toEqual([]);
    // Reading across origins is the browser's to refuse, and what it let through was not carried out.
    expect(await sandbox.writes(), origin).toEqual([]);
    expect(await sandbox.ledger(), origin).toEqual([]);
  }
  await context.close();
});

test("sign-in window opened by a stranger: the code goes nowhere", async ({ browser, portal, demo, session }) => {
  const context = await browser.newContext({ storageState: await session("admin", true) });
  const page = await context.newPage();
  await page.goto(`${portal.forbidden}/harm?frame=about:blank`);
  const challenge = "A".repeat(43);
  const [window] = await Promise.all([
    page.waitForEvent("popup"),
    page.evaluate(([url]) => void open(url), [`${demo.console}/sign-in/window?challenge=${challenge}`]),
  ]);
  await window.waitForEvent("close");
  expect(await page.evaluate(() => (globalThis as unknown as { heard: unknown[] }).heard)).toEqual([]);
  await context.close();
});

test("messages of others than the portal's page itself: not listened to", async ({ page, portal, shown }) => {
  const frame = await shown(portal.sameSite, { place: "zoom/groups" });
  await frame.getByRole("link", { name: "Clinical staff" }).waitFor();
  // The same origin, but another window: a frame beside it.
  await page.evaluate(() => {
    const beside = document.createElement("iframe");
    document.body.append(beside);
    const target = document.querySelector("roomkey-console")!.shadowRoot!.querySelector("iframe")!.contentWindow;
    (beside.contentWindow as Window & { target?: unknown }).target = target;
  });
  await page.frames().at(-1)!.evaluate(() => {
    const { target } = globalThis as unknown as { target: Window };
    target.postMessage({ roomkey: "look", theme: "dark", tokens: {} }, "*");
    target.postMessage({ roomkey: "go", place: "/bulk" }, "*");
  });
  // The page itself is listened to, after what was said before.
  await set(page, "place", "zoom/users");
  await expect(frame.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
  expect((await said(page)).map(([, detail]) => detail.place)).toEqual(["/zoom/groups", "/zoom/users"]);
  expect(await frame.evaluate(() => document.documentElement.dataset.theme)).toBe("system");
});
