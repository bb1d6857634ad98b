// A company's portal: a small page on another origin that shows the console, under a policy as strict as portals have. Also
// the pages of somebody who means harm. Must not be served by Roomkey, and must load nothing of it but its script.

import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";

/** A running portal. Each of its origins is the same server. */
export interface Portal {
  /** Of the same site as a demo on 127.0.0.1: only the port differs, which does not count. */
  sameSite: string;
  /** Of another site. */
  crossSite: string;
  /** Of a third site, which nobody has allowed anything. */
  forbidden: string;
  /** Where Roomkey is; pages need it. */
  roomkey: string;
  stop(): Promise<void>;
}

const file = (name: string) => readFileSync(path.join(__dirname, name), "utf8");

/** Starts one. Browsers take every name below `localhost` for this machine. */
export async function startPortal(): Promise<Portal> {
  const server = createServer((request, response) => answer(portal.roomkey, request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const portal: Portal = {
    sameSite: `http://127.0.0.1:${port}`,
    crossSite: `http://localhost:${port}`,
    forbidden: `http://elsewhere.localhost:${port}`,
    roomkey: "",
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return portal;
}

function answer(roomkey: string, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? "/", "http://portal");
  const send = (type: string, text: string, headers: Record<string, string> = {}) => {
    response.writeHead(200, { "content-type": `${type}; charset=utf-8`, ...headers });
    response.end(text);
  };
  const html = (name: string, policy: string) => {
    const filled = file(name).replace(/\{(\w+)\}/g, (_, key: string) => (key === "roomkey" ? roomkey : escaped(url.searchParams.get(key) ?? "")));
    send("text/html", filled, { "content-security-policy": policy });
  };
  switch (url.pathname) {
    case "/":
      // What a portal's policy must allow: the script, the frame, and nothing else of Roomkey's.
      return html("portal.html", `default-src 'none'; script-src 'self' ${roomkey}; frame-src ${roomkey}; style-src 'self'`);
    case "/isolated":
      response.setHeader("cross-origin-embedder-policy", "require-corp");
      return html("portal.html", `default-src 'none'; script-src 'self' ${roomkey}; frame-src ${roomkey}; style-src 'self'`);
    case "/harm":
      return html("harm.html", "default-src * 'unsafe-inline'");
    case "/portal.js":
    case "/portal.css":
      return send(url.pathname.endsWith(".js") ? "text/javascript" : "text/css", file(url.pathname.slice(1)));
    default:
      response.writeHead(404);
      response.end();
  }
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
