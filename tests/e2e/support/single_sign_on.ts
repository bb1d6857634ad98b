// The console as it is served to an organisation, with a provider that signs its people in. The provider is another site for
// the browser (localhost and not 127.0.0.1), as it is in life. Must not know what is tested.

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

/** Both, running. */
export interface SingleSignOn {
  /** Address of the console. */
  console: string;
  /** Address of the provider. */
  provider: string;
  /** Ends the provider, as if it had failed. */
  stopProvider(): Promise<void>;
  /** Ends both. */
  stop(): Promise<void>;
}

/** How long a sign-in counts as a proof; what takes longer between two steps of a test is asked for once more. */
export const PROOF_SECONDS = 8;

/** Starts both, with the emulated vendors at that address. */
export async function startSingleSignOn(vendors: string): Promise<SingleSignOn> {
  const [ours, theirs] = [await freePort(), await freePort()];
  const [console_, provider] = [`http://127.0.0.1:${ours}`, `http://localhost:${theirs}`];
  const folder = mkdtempSync(path.join(tmpdir(), "roomkey-sso-"));
  writeFileSync(path.join(folder, "roomkey.toml"), configuration(ours, console_, provider, vendors));
  const program = path.join(__dirname, "provider.mjs");
  const stopProvider = await started(spawn("node", [program, String(theirs), console_], { stdio: ["ignore", "pipe", "pipe"] }), "ready");
  const serve = ["serve", "--config", path.join(folder, "roomkey.toml")];
  // The tests' own variables are no settings, and it would say so.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("ROOMKEY_")));
  const roomkey = spawn(process.env.ROOMKEY_BIN ?? "roomkey", serve, { env, stdio: ["ignore", "pipe", "pipe"] });
  const stopConsole = await started(roomkey, "console ");
  const stop = async () => {
    await stopConsole();
    await stopProvider();
    rmSync(folder, { recursive: true });
  };
  return { console: console_, provider, stopProvider, stop };
}

function configuration(port: number, origin: string, issuer: string, vendors: string): string {
  return `
listen = "127.0.0.1:${port}"
data = "data"
public_origin = "${origin}"
[log]
level = "error"
[session]
proof_seconds = ${PROOF_SECONDS}
[oidc]
issuer = "${issuer}"
client_id = "roomkey"
client_secret = "between-roomkey-and-the-provider"
name = "Example"
scopes = ["profile", "email", "groups"]
[[roles]]
groups = ["roomkey-admins"]
role = "admin"
[[roles]]
groups = ["roomkey-helpdesk"]
role = "helpdesk"
[vendors.zoom]
base_url = "${vendors}/zoom/v2"
token_url = "${vendors}/zoom/oauth/token"
account_id = "demo-account"
client_id = "demo-client"
client_secret = "demo-secret"
timeout_ms = 10000
[vendors.webex]
pin_digits = 4
[vendors.webex.pin_digits_by_site]
"demo-eu.webex.example" = 6
[vendors.webex.rest]
base_url = "${vendors}/webex/v1"
client_id = "demo-webex-client"
client_secret = "demo-webex-secret"
refresh_token = "demo-webex-refresh"
timeout_ms = 10000
`;
}

/** Waits until a program says so; answers what ends it. */
async function started(child: ChildProcess, word: string): Promise<() => Promise<void>> {
  let complaints = "";
  child.stderr!.on("data", (text) => (complaints += text));
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout! }).on("line", (line) => line.startsWith(word) && resolve());
    child.once("error", reject);
    child.once("close", () => reject(new Error(`a program ended before it was ready:\n${complaints}`)));
  });
  return async () => {
    child.kill("SIGTERM");
    await ended;
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
