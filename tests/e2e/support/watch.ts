// Fails a test when the browser's console has an error in it or a page throws. What the browser itself writes about an
// answer that a test provokes can be expected, by status and address, and by nothing wider.

import { expect, type Page } from "@playwright/test";

interface Expected {
  /** None when the connection fails. */
  status: number | null;
  path: RegExp;
}

export class Watch {
  private readonly errors: string[] = [];
  /** Asking who is signed in is answered with 401 when nobody is. */
  private readonly expected: Expected[] = [{ status: 401, path: /^\/auth\/me$/ }];

  private readonly inFrames: string[] = [];

  /** Begins to listen to a page. */
  follow(page: Page): void {
    page.on("pageerror", (error) => this.errors.push(`thrown: ${error.stack ?? error.message}`));
    page.on("console", (message) => {
      const { url } = message.location();
      if (message.type() === "error" && !this.isExpected(message.text(), url)) {
        this.errors.push(`${message.text()} (${url})`);
      }
    });
  }

  /** The browser will write that an address of ours answered so. */
  expect(status: number, path: RegExp): void {
    this.expected.push({ status, path });
  }

  /** The browser will write that the connection to an address of ours failed. */
  expectFailure(path: RegExp): void {
    this.expected.push({ status: null, path });
  }

  /** The browser will write this about a frame on another site. */
  expectInFrame(text: "Blocked autofocusing"): void {
    this.inFrames.push(text);
  }

  /** Nothing was written that nobody expected. */
  check(): void {
    expect(this.errors, "errors in the browser's console").toEqual([]);
  }

  private isExpected(text: string, url: string): boolean {
    if (this.inFrames.some((one) => text.startsWith(one) && text.includes("cross-origin subframe"))) return true;
    const begins = (status: number | null) =>
      `Failed to load resource: ${status === null ? "net::ERR_" : `the server responded with a status of ${status} `}`;
    const path = url.startsWith("http") ? new URL(url).pathname : "";
    return this.expected.some((one) => text.startsWith(begins(one.status)) && one.path.test(path));
  }
}
