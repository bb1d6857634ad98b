// Starts `roomkey demo` for tests and ends it with them: console and emulated vendors in one process, on free ports.
// Must not know what is tested, and must not stand in for an answer of either.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

import { Sandbox } from "./sandbox";

/** The password of all three accounts. */
export const PASSWORD = "paper-lantern-42";

/** A running demo. */
export interface Demo {
  /** Address of the console, without a slash at the end. */
  console: string;
  /** The emulated vendors. */
  sandbox: Sandbox;
  /** Ids of the groups by name, as the vendor has them. */
  groups: Map<string, string>;
  /** Address of the emulated vendors. */
  vendors: string;
  /** Ends it. */
  stop(): Promise<void>;
  /** Ends it as if the power failed. */
  kill(): Promise<void>;
}

/** Starts one and waits until it says that it is ready. */
export async function startDemo(...more: string[]): Promise<Demo> {
  const people = more.includes("--people") ? [] : ["--people", "200"];
  const port = more.includes("--port") ? [] : ["--port", "0"];
  const fixed = ["demo", ...port, "--limits", "off", ...people];
  const child = spawn(process.env.ROOMKEY_BIN ?? "roomkey", [...fixed, "--password", PASSWORD, ...more], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  let complaints = "";
  child.stderr.on("data", (text) => (complaints += text));
  const said: string[] = [];
  const address = (name: string) => said.find((line) => line.startsWith(name))?.split(/\s+/)[1].replace(/\/$/, "");
  const ready = new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      said.push(line);
      if (address("console") && address("sandbox") && said.length >= 5) resolve();
    });
    child.once("error", reject);
    child.once("close", () => reject(new Error(`roomkey demo ended before it was ready:\n${complaints}`)));
  });
  await ready;
  const kill = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  const vendors = address("sandbox")!;
  const sandbox = new Sandbox(vendors);
  return { console: address("console")!, vendors, sandbox, groups: await sandbox.groups(), stop, kill };
}
