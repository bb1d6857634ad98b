// The emulated vendors, from behind: what they were asked, what they shall do wrong, what somebody else changes there.
// Must not be used to change what the console is to change.

/** One request to a vendor. */
export interface Line {
  seq: number;
  vendor: string;
  method: string;
  path: string;
  query: string;
  /** What it is for, of a vendor whose path does not say it. */
  service?: string;
  headers: Record<string, string>;
  body: unknown;
  status: number | null;
  fault: string | null;
}

/** Which requests go wrong, how often, and how: see `crates/sandbox/src/faults.rs`. */
export interface Fault {
  vendor?: string;
  method?: string;
  path?: string;
  query?: string;
  times?: number;
  after?: number;
  every?: number;
  fault:
    | { kind: "status"; status: number; body?: unknown; retry_after?: string; headers?: Record<string, string> }
    | { kind: "hang"; ms?: number }
    | { kind: "cut"; bytes: number }
    | { kind: "apply_then_hang" }
    | { kind: "ignore" }
    | { kind: "expire_token" }
    | { kind: "setuser_wall"; after: number };
}

/** Where Zoom is asked for a token. */
export const TOKEN_PATH = "/zoom/oauth/token";
const TOKEN_PATHS = [TOKEN_PATH, "/webex/v1/access_token"];

/** Whether a line proves who asks instead of asking. */
function isForASession(line: Line): boolean {
  return TOKEN_PATHS.includes(line.path) || line.service === "login";
}

/** What Adobe Connect was asked to change, as it went over the wire. */
export async function connectWrites(sandbox: Sandbox): Promise<string[]> {
  return (await sandbox.writes()).filter(({ path }) => path.startsWith("/connect/")).map(({ body }) => String(body));
}

export class Sandbox {
  constructor(private readonly address: string) {}

  /** Everything as at the start; no faults, an empty ledger. */
  async reset(): Promise<void> {
    await this.ask("POST", "/_sandbox/reset");
  }

  /** What was asked after a line's number, oldest first. */
  async ledger(since = 0): Promise<Line[]> {
    const text = await (await this.ask("GET", `/_sandbox/ledger?since=${since}`)).text();
    return text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Line);
  }

  /** The number of the last line. */
  async now(): Promise<number> {
    return (await this.ledger()).at(-1)?.seq ?? 0;
  }

  /** Only what was to change something, and only what says what. */
  async writes(since = 0): Promise<{ method: string; path: string; query: string; body: unknown }[]> {
    const lines = (await this.ledger(since)).filter((line) => line.method !== "GET" && !isForASession(line));
    return lines.map(({ method, path, query, body }) => ({ method, path, query, body }));
  }

  /** Lets these go wrong, in the place of what went wrong before; without any, everything goes well again. */
  async fault(...rules: Fault[]): Promise<void> {
    await this.ask("PUT", "/_sandbox/faults", rules);
  }

  /** Somebody else changes something: `path` below the vendor's base. */
  async mutate(path: string, option: string | undefined, patch: unknown): Promise<void> {
    await this.ask("POST", "/_sandbox/mutate", { vendor: "zoom", path, option, patch });
  }

  /** What any client needs: where the vendors are, and Zoom's token. */
  async asClient(): Promise<{ address: string; token: string }> {
    const basic = Buffer.from("demo-client:demo-secret").toString("base64");
    const granted = await this.ask("POST", `${TOKEN_PATH}?grant_type=account_credentials&account_id=demo-account`, undefined, {
      authorization: `Basic ${basic}`,
    });
    const { access_token } = (await granted.json()) as { access_token: string };
    return { address: this.address, token: access_token };
  }

  /** Ids of the groups by name, asked as any client would ask. */
  async groups(): Promise<Map<string, string>> {
    const { token } = await this.asClient();
    const listed = await this.ask("GET", "/zoom/v2/groups?page_size=300", undefined, { authorization: `Bearer ${token}` });
    const { groups } = (await listed.json()) as { groups: { id: string; name: string }[] };
    return new Map(groups.map(({ id, name }) => [name, id]));
  }

  private async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const answer = await fetch(`${this.address}${path}`, {
      method,
      headers: body === undefined ? headers : { ...headers, "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!answer.ok) {
      throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    }
    return answer;
  }
}
