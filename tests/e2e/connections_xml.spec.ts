// An account at a vendor that is no administrator: said with the connection, and at the vendor's places before anything is
// done. Must not repeat what connections.spec.ts tests.

import { expectAccessible } from "./support/looks";
import { expect, test } from "./support/test";

test.use({ demoArguments: ["--webex", "xml"] });

test("an account that is no administrator: named with what will fail, and at the place before anything is done", async ({ page, demo }) => {
  await page.goto("/webex/rooms/admin3%40example.com");
  await page.getByRole("textbox", { name: "Host PIN", exact: true }).waitFor();
  await expect(page.getByText(/is no administrator at Webex/)).toHaveCount(0);
  // Somebody takes the right away at the vendor.
  const user = "<webExId>admin2@example.com</webExId><privilege><siteAdmin>false</siteAdmin></privilege>";
  const context = "<siteName>demo</siteName><webExID>admin1@example.com</webExID><password>demo-password</password>";
  const body =
    `<message><header><securityContext>${context}</securityContext></header><body>` +
    `<bodyContent xsi:type="java:com.webex.service.binding.user.SetUser">${user}</bodyContent></body></message>`;
  const answer = await fetch(`${demo.vendors}/webex-xml/WBXService/XMLService`, {
    method: "POST",
    headers: { "content-type": "text/xml" },
    body,
  });
  expect(await answer.text()).toContain("SUCCESS");

  await page.goto("/connections");
  const webex = page.getByRole("region", { name: "Webex" });
  await webex.getByRole("button", { name: "Test now" }).click();
  await expect(webex.getByText("works in part")).toBeVisible();
  await expect(webex.getByText(/^admin2@example\.com is no administrator at Webex/)).toBeVisible();
  await expect(webex.getByText("webex.room.update")).toBeVisible();
  await expect(webex.getByText("700 of 700 left today").first()).toBeVisible();
  await expectAccessible(page);

  await page.goto("/webex/rooms/admin3%40example.com");
  await expect(page.getByText(/^admin2@example\.com is no administrator at Webex/)).toBeVisible();
  await page.goto("/zoom/users");
  await page.getByRole("heading", { level: 1, name: "Users" }).waitFor();
  await expect(page.getByText(/is no administrator/)).toHaveCount(0);
});
