// How the browser tests run: one browser, the one that `cargo xtask test` found or installed, against the `roomkey` binary
// that it built. Must not start a server (specs start their own, so that each can break it). A test that fails is tried
// once more, with a trace; it is named then, and `cargo xtask test` lets only two of them pass.

import { defineConfig } from "@playwright/test";

const chromium = process.env.ROOMKEY_CHROMIUM;

if (!chromium || !process.env.ROOMKEY_BIN) {
  throw new Error("ROOMKEY_CHROMIUM and ROOMKEY_BIN are not set. Start the browser tests with: cargo xtask test --only e2e");
}

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  retries: 1,
  timeout: 30_000,
  expect: { timeout: 7_500 },
  forbidOnly: true,
  reporter: "list",
  use: {
    browserName: "chromium",
    locale: "en-GB",
    timezoneId: "UTC",
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
    trace: "on-first-retry",
    launchOptions: {
      executablePath: chromium,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
