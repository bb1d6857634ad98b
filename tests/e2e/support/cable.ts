// The cable between a browser and its server, which a test can cut at a request and mend. Must not look into answers, nor
// change any: what is cut is gone, what is not goes through as it is.

import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export class Cable {
  private readonly ends = new Set<Socket>();
  private isCut = false;
  private cutting: { at: RegExp; done: () => void } | undefined;
  private readonly server = createServer((browser) => this.joined(browser));

  private constructor(private readonly port: number) {}

  /** Lays one to a server that listens on this machine. */
  static async to(server: string): Promise<Cable> {
    const cable = new Cable(Number(new URL(server).port));
    await new Promise<void>((resolve) => cable.server.listen(0, "127.0.0.1", resolve));
    return cable;
  }

  /** What the browser takes for the server. */
  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  cut(): void {
    this.isCut = true;
    for (const end of this.ends) end.destroy();
  }

  /** Is cut by the first request whose first line fits; done then. The server never hears of that request. */
  cutAt(line: RegExp): Promise<void> {
    return new Promise((done) => (this.cutting = { at: line, done }));
  }

  mend(): void {
    this.isCut = false;
  }

  async remove(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private joined(browser: Socket): void {
    if (this.isCut) {
      browser.destroy();
      return;
    }
    const server = connect(this.port, "127.0.0.1");
    for (const [end, other] of [
      [browser, server],
      [server, browser],
    ]) {
      this.ends.add(end);
      // An end that breaks closes by itself.
      end.on("error", () => end.destroy());
      end.on("close", () => {
        this.ends.delete(end);
        other.destroy();
      });
    }
    browser.on("data", (request) => {
      const { cutting } = this;
      if (cutting?.at.test(request.toString("latin1").split("\r\n", 1)[0])) {
        this.cutting = undefined;
        this.cut();
        cutting.done();
      } else {
        server.write(request);
      }
    });
    server.pipe(browser);
  }
}
