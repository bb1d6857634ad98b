// The console inside a portal's page, of the same site and of another one. Must not test what a place does: the other specs
// do, and it is the same here.

import type { Page } from "@playwright/test";

import { iframe, inside, said, set, signInWindow, test } from "./support/embed";
import { expectAccessible, expectNoSidewaysScroll } from "./support/looks";
import { expect, signIn } from "./support/test";
import { ROW, Workbench } from "./support/workbench";

test("portal of the same site: the place without navigation, with who is signed in and the way out", async ({ page, portal, shown, demo }) => {
  const frame = await shown(portal.sameSite, { place: "zoom/groups", label: "Meeting groups" });
  await expect(frame.getByRole("heading", { level: 1, name: "Groups" })).toBeVisible();
  await expect(frame.getByRole("table", { name: "Groups" }).getByRole("link").first()).toBeVisible();
  await expect(frame.getByRole("navigation")).toHaveCount(0);
  await expect(frame.getByRole("banner")).toHaveCount(0);
  await expect(frame.getByText("admin · Administrator")).toBeVisible();
  await expect(iframe(page)).toHaveAttribute("title", "Meeting groups");
  const [tab] = await Promise.all([page.waitForEvent("popup"), frame.getByRole("link", { name: "Open in Roomkey (new tab)" }).click()]);
  await expect(tab).toHaveURL(`${demo.console}/zoom/groups`);
  await expect(tab.getByRole("navigation", { name: "Places" })).toBeVisible();
});

test("links in the frame: stay inside, with title and focus, and the portal is told where one is", async ({ page, portal, shown, demo }) => {
  const frame = await shown(portal.sameSite, { place: "/zoom/groups" });
  await frame.getByRole("link", { name: "Clinical staff" }).click();
  const heading = frame.getByRole("heading", { level: 1, name: "Clinical staff" });
  await expect(heading).toBeVisible();
  await expect(heading).toBeFocused();
  expect(await frame.title()).toBe("Clinical staff · Roomkey");
  expect(frame.url()).toMatch(new RegExp(`^${demo.console}/embed/zoom/groups/`));
  const place = new URL(frame.url()).pathname.replace(/^\/embed/, "");
  await expect.poll(() => said(page)).toEqual([
    ["ready", { place: "/zoom/groups" }],
    ["navigate", { place }],
  ]);
  await frame.evaluate(() => history.back());
  await expect(frame.getByRole("heading", { level: 1, name: "Groups" })).toBeVisible();
  expect(page.url()).toContain(portal.sameSite);
});

test("desk in the frame: the start place", async ({ portal, shown }) => {
  const frame = await shown(portal.sameSite, { place: "desk" });
  await expect(frame.getByRole("heading", { level: 1 })).toBeVisible();
  expect(new URL(frame.url()).pathname).toMatch(/^\/embed\//);
});

test("attribute place: leads on inside, and asks first when something would be lost", async ({ page, portal, shown, demo }) => {
  const bench = new Workbench(page, demo.groups);
  const frame = await shown(portal.sameSite, { place: bench.path() });
  const rows = new Workbench(frame as unknown as Page, demo.groups);
  await rows.switch(ROW.waitingRoom).check();
  const go = (place: string) => set(page, "place", place);
  await go("zoom/users");
  const dialog = frame.getByRole("dialog", { name: "Leave this page?" });
  await expect(dialog).toBeInViewport();
  await dialog.getByRole("button", { name: "Leave without applying" }).click();
  await expect(frame.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
  await go("//elsewhere.example/x");
  await go("sign-out");
  await go("zoom/groups");
  await expect(frame.getByRole("heading", { level: 1, name: "Groups" })).toBeVisible();
  await expect(frame.getByText("admin · Administrator")).toBeVisible();
});

test("a write in the frame: is carried out, and the portal is told", async ({ page, portal, shown, demo, sandbox }) => {
  const frame = await shown(portal.sameSite, { place: new Workbench(page, demo.groups).path() });
  const bench = new Workbench(frame as unknown as Page, demo.groups);
  await bench.switch(ROW.waitingRoom).check();
  await bench.apply();
  await expect(bench.bar).toContainText("Applied 1 change");
  expect((await sandbox.writes()).map(({ body }) => body)).toEqual([{ meeting_security: { waiting_room: true } }]);
  const place = new Workbench(page, demo.groups).path();
  await expect.poll(() => said(page)).toContainEqual(["changed", { place }]);
});

test("frame grows with what is shown, up to what the portal allows", async ({ page, portal, shown }) => {
  const frame = await shown(portal.sameSite, { place: "zoom/divisions" });
  await expect(frame.getByRole("heading", { level: 1, name: "Divisions" })).toBeVisible();
  const height = async () => (await iframe(page).boundingBox())!.height;
  const content = () => frame.evaluate(() => Math.ceil(document.body.getBoundingClientRect().height));
  await expect.poll(async () => (await height()) === (await content())).toBe(true);
  const small = await height();
  expect(await frame.evaluate(() => document.documentElement.scrollHeight <= innerHeight)).toBe(true);

  await set(page, "place", "zoom/users");
  await expect(frame.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
  await expect.poll(height, "four fifths of the window, and no higher").toBe(720);
  await page.locator("roomkey-console").evaluate((element) => element.classList.add("limited"));
  await expect.poll(height).toBe(500);
  await set(page, "place", "zoom/divisions");
  await expect(frame.getByRole("heading", { level: 1, name: "Divisions" })).toBeVisible();
  await expect.poll(height, "and shrinks again").toBe(small);
});

test("attribute theme: light, dark and as on this device", async ({ page, portal, shown }) => {
  await page.emulateMedia({ colorScheme: "light" });
  const frame = await shown(portal.sameSite, { place: "zoom/groups", theme: "dark" });
  await expect(frame.getByRole("heading", { level: 1, name: "Groups" })).toBeVisible();
  const ground = () => frame.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await ground();
  const theme = (name: string) => set(page, "theme", name);
  await theme("light");
  await expect.poll(ground).not.toBe(dark);
  const light = await ground();
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await ground()).toBe(light);
  await theme("auto");
  await expect.poll(ground).toBe(dark);
});

test("attribute lang: every request asks for it, and another one loads the page again", async ({ page, portal, shown, demo }) => {
  const languages = new Set<string>();
  page.on("request", async (request) => {
    if (request.url().startsWith(`${demo.console}/api/`)) languages.add((await request.allHeaders())["accept-language"]);
  });
  const frame = await shown(portal.sameSite, { place: "zoom/groups", lang: "de" });
  await frame.getByRole("link", { name: "Clinical staff" }).waitFor();
  expect([...languages]).toEqual(["de"]);
  await set(page, "lang", "en-GB");
  // Of a language and a country, the language is what there are words in.
  await expect.poll(() => [...languages]).toEqual(["de", "en"]);
  await frame.getByRole("link", { name: "Clinical staff" }).waitFor();
});

test("look of the portal: accent, font, corners and density are taken over, in both themes", async ({ page, portal, shown }) => {
  const frame = await shown(portal.sameSite, { place: "zoom/groups", theme: "light", class: "branded" });
  const link = frame.getByRole("link", { name: "Clinical staff" });
  const colour = () => link.evaluate((element) => getComputedStyle(element).color);
  await expect.poll(colour).toBe("rgb(102, 51, 153)");
  const root = (name: string) => frame.evaluate((property) => getComputedStyle(document.documentElement).getPropertyValue(property), name);
  expect(await frame.evaluate(() => getComputedStyle(document.body).fontFamily)).toBe('"DejaVu Serif", serif');
  expect([await root("--rk-radius"), await root("--rk-control")]).toEqual(["8px", "40px"]);
  await set(page, "theme", "dark");
  await expect.poll(colour).toBe("rgb(255, 212, 0)");
  await expectAccessible(page);
});

test("look that cannot be read or is no look: refused, and the rest is taken", async ({ page, portal, shown }) => {
  const warned = page.waitForEvent("console", (message) => message.type() === "warning" && message.text().includes("roomkey-console"));
  const frame = await shown(portal.sameSite, { place: "zoom/groups", theme: "light", class: "unreadable" });
  await frame.getByRole("link", { name: "Clinical staff" }).waitFor();
  expect((await warned).text()).toContain("accent-light, font");
  const root = (name: string) => frame.evaluate((property) => getComputedStyle(document.documentElement).getPropertyValue(property).trim(), name);
  expect([await root("--rk-accent-light"), await root("--rk-radius")]).toEqual(["#0b6478", "6px"]);
  expect(await root("--rk-font")).toContain("system-ui");
});

for (const { name, signedIn } of [
  { name: "signed in at Roomkey already: one click", signedIn: true },
  { name: "not signed in: in a window of Roomkey", signedIn: false },
]) {
  test.describe(name, () => {
    test.use({ account: signedIn ? "admin" : null });

    test(`portal of another site, ${name}`, async ({ page, context, portal, shown, demo }) => {
      const frame = await shown(portal.crossSite, { place: "zoom/groups" });
      await expect(frame.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
      await expect(frame.getByLabel("Password")).toHaveCount(0);
      await expect.poll(() => said(page)).toEqual([
        ["ready", { place: "/zoom/groups" }],
        ["sign-in", { needed: true }],
      ]);
      await expectAccessible(page);
      const window = await signInWindow(page, frame);
      const closed = window.waitForEvent("close");
      if (!signedIn) {
        expect(window.url()).toMatch(new RegExp(`^${demo.console}/sign-in/window\\?challenge=`));
        await expectAccessible(window);
        await signIn(window, "admin");
      }
      await closed;
      await expect(frame.getByRole("link", { name: "Clinical staff" })).toBeVisible();
      await expect.poll(() => said(page)).toContainEqual(["sign-in", { needed: false }]);
      const own = (await context.cookies()).find((cookie) => cookie.name === "__Host-roomkey-embed");
      const kept = { httpOnly: true, secure: true, sameSite: "None", path: "/", expires: -1, partitionKey: "http://localhost" };
      expect(own).toMatchObject(kept);
      await page.reload();
      await expect.poll(() => inside(page, demo.console)?.getByRole("link", { name: "Clinical staff" }).isVisible()).toBe(true);
    });
  });
}

test.describe("nobody signed in", () => {
  test.use({ account: null });

  test("portal of the same site: after signing in in the window the cookie of our own pages is enough", async ({ page, context, portal, shown }) => {
    const frame = await shown(portal.sameSite, { place: "zoom/groups" });
    const window = await signInWindow(page, frame);
    const closed = window.waitForEvent("close");
    await signIn(window, "admin");
    await closed;
    await expect(frame.getByRole("link", { name: "Clinical staff" })).toBeVisible();
    expect((await context.cookies()).map(({ name, sameSite }) => [name, sameSite])).toEqual([["__Host-roomkey", "Strict"]]);
  });
});

test.describe("session of a frame", () => {
  test.use({ fresh: true });

  test("session that ends in the frame: signing in again in place, and the change is applied", async ({ page, context, portal, shown, demo, sandbox, watch }) => {
    watch.expect(401, /^\/api\/zoom\/groups\/[^/]+\/settings$/);
    const frame = await shown(portal.crossSite, { place: new Workbench(page, demo.groups).path() });
    const closed = (await signInWindow(page, frame)).waitForEvent("close");
    await closed;
    const bench = new Workbench(frame as unknown as Page, demo.groups);
    await bench.text(ROW.needNotWait).fill("guests.example.org");
    await bench.switch(ROW.waitingRoom).check();

    // Signing out at Roomkey itself ends the session of the frame.
    const tab = await context.newPage();
    await tab.goto(`${demo.console}/zoom/groups`);
    await tab.getByRole("button", { name: "admin, Administrator" }).click();
    await tab.getByRole("button", { name: "Sign out" }).click();
    await expect(tab.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
    await tab.close();

    await bench.apply();
    const dialog = frame.getByRole("dialog", { name: "Sign in again" });
    await expect(dialog).toContainText("nothing you typed is lost");
    await expect(dialog).toBeInViewport();
    expect(await sandbox.writes()).toEqual([]);
    await signIn(await signInWindow(page, frame), "admin");
    await expect(dialog).toBeHidden();
    await expect(bench.bar).toContainText("Applied 2 changes");
    const waiting = { waiting_room: true, waiting_room_settings: { whitelisted_domains_for_waiting_room: "guests.example.org" } };
    expect((await sandbox.writes()).map(({ body }) => body)).toEqual([{ meeting_security: waiting }]);
  });
});

test("places in the frame at 320 px and in axe's eyes: nothing scrolls sideways, nothing is found", async ({ page, portal, shown, demo }) => {
  test.setTimeout(180_000);
  for (const place of ["zoom/groups", "zoom/users", new Workbench(page, demo.groups).path(), "bulk", "connections"]) {
    await page.setViewportSize({ width: 1024, height: 800 });
    const frame = await shown(portal.sameSite, { place });
    await frame.getByRole("heading", { level: 1 }).waitFor();
    await frame.getByText("admin · Administrator").waitFor();
    await expectAccessible(page);
    await page.setViewportSize({ width: 352, height: 800 });
    await expectNoSidewaysScroll(frame as unknown as Page);
  }
});

test("portal that isolates itself: may show the console, too", async ({ portal, shown }) => {
  const frame = await shown(portal.sameSite, { path: "/isolated", place: "zoom/groups" });
  await expect(frame.getByRole("link", { name: "Clinical staff" })).toBeVisible();
});
