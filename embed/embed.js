// <roomkey-console>: shows the console in a portal's page. Loaded from Roomkey's own origin as a classic script; knows no
// framework and asks for nothing itself. Must not listen to, or speak to, anybody but the frame that it made, and only
// while that frame shows Roomkey's origin. How to use it: README, "Embedding".

(() => {
  "use strict";

  const script = document.currentScript;
  if (!script?.src || customElements.get("roomkey-console")) return;
  const ORIGIN = new URL(script.src).origin;

  // Height follows what is shown, up to what is seen of it at once: a dialog stands in the middle of the frame, a bar at its
  // end, and a list of a hundred thousand people scrolls inside it.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { display: block; }
    :host([hidden]) { display: none; }
    iframe {
      display: block;
      box-sizing: border-box;
      width: 100%;
      height: 320px;
      min-height: var(--rk-min-height, 240px);
      max-height: var(--rk-max-height, 80dvh);
      border: 0;
    }
    .probe { display: none; color: var(--rk-accent); }
    .light { color-scheme: light; }
    .dark { color-scheme: dark; }
  `);

  class RoomkeyConsole extends HTMLElement {
    static observedAttributes = ["place", "theme", "lang", "label"];

    #root = this.attachShadow({ mode: "open" });
    #probes = ["light", "dark"].map((name) => {
      const probe = document.createElement("span");
      probe.className = `probe ${name}`;
      return probe;
    });
    #frame = null;
    #talks = false;
    #here = null;
    #heard = (event) => this.#hear(event);

    constructor() {
      super();
      this.#root.adoptedStyleSheets = [sheet];
    }

    connectedCallback() {
      const frame = document.createElement("iframe");
      // The portal's address is how the frame finds out who is around it, where the browser does not say so itself; its
      // path and query are nobody's business.
      frame.referrerPolicy = "origin";
      // Copying a PIN. Nothing else is allowed: what is not named here is denied to a frame of another origin.
      frame.allow = "clipboard-write";
      frame.title = this.getAttribute("label") || "Roomkey";
      frame.name = this.#name();
      frame.src = this.#address();
      this.#frame = frame;
      this.#here = this.#path();
      this.#talks = false;
      addEventListener("message", this.#heard);
      this.#root.replaceChildren(...this.#probes, frame);
    }

    disconnectedCallback() {
      removeEventListener("message", this.#heard);
      this.#root.replaceChildren();
      this.#frame = null;
    }

    attributeChangedCallback(attribute, before, now) {
      if (!this.#frame || before === now) return;
      if (attribute === "label") {
        this.#frame.title = now || "Roomkey";
      } else if (attribute === "place") {
        if (this.#path() !== this.#here) this.#go();
      } else {
        this.refresh();
      }
    }

    /** Sends theme, language and the --rk-* properties in once more: after a style sheet has changed them. */
    refresh() {
      if (!this.#talks) return;
      this.#say({ roomkey: "look", theme: this.#theme(), lang: this.#language(), tokens: this.#tokens() });
    }

    #go() {
      this.#here = this.#path();
      if (this.#talks) this.#say({ roomkey: "go", place: this.#here });
      else this.#frame.src = this.#address();
    }

    /** Where to, as the frame calls it. Whatever is no path below /embed/ is the start. */
    #path() {
      const place = (this.getAttribute("place") || "desk").replace(/^\/+/, "");
      const url = new URL(`${ORIGIN}/embed/${place}`);
      const inside = url.origin === ORIGIN && url.pathname.startsWith("/embed/");
      return inside ? `${url.pathname.slice("/embed".length)}${url.search}${url.hash}` : "/desk";
    }

    #address() {
      return `${ORIGIN}/embed${this.#path()}`;
    }

    #theme() {
      const theme = this.getAttribute("theme");
      return theme === "light" || theme === "dark" ? theme : "system";
    }

    #language() {
      return /^[A-Za-z-]{2,20}$/.test(this.lang) ? this.lang : "";
    }

    /** What counts before anything is painted. */
    #name() {
      return `roomkey;theme=${this.#theme()};lang=${this.#language()}`;
    }

    #tokens() {
      const style = getComputedStyle(this);
      const tokens = {};
      for (const name of ["font", "radius", "density"]) {
        const value = style.getPropertyValue(`--rk-${name}`).trim();
        if (value) tokens[name] = value;
      }
      if (style.getPropertyValue("--rk-accent").trim()) {
        // The browser works out what colour it is, in either theme.
        const [light, dark] = this.#probes.map((probe) => getComputedStyle(probe).color);
        tokens["accent-light"] = light;
        tokens["accent-dark"] = dark;
      }
      return tokens;
    }

    #say(message) {
      this.#frame.contentWindow?.postMessage(message, ORIGIN);
    }

    #hear(event) {
      const message = event.data;
      const isOurs = event.origin === ORIGIN && this.#frame && event.source === this.#frame.contentWindow;
      if (!isOurs || typeof message !== "object" || message === null) return;
      switch (message.roomkey) {
        case "hello":
          this.#talks = true;
          this.refresh();
          if (this.#path() !== this.#here) this.#go();
          break;
        case "height":
          if (Number.isFinite(message.height) && message.height >= 0) this.#frame.style.height = `${message.height}px`;
          break;
        case "refused":
          console.warn(`<roomkey-console>: cannot be used, or not be read: ${[].concat(message.tokens).join(", ")}`);
          break;
        case "ready":
        case "navigate":
          this.#here = String(message.place);
          this.#tell(message.roomkey, { place: this.#here });
          break;
        case "changed":
          this.#tell("changed", { place: String(message.place) });
          break;
        case "sign-in":
          this.#tell("sign-in", { needed: message.needed === true });
          break;
      }
    }

    #tell(name, detail) {
      this.dispatchEvent(new CustomEvent(`roomkey:${name}`, { detail, bubbles: true, composed: true }));
    }
  }

  customElements.define("roomkey-console", RoomkeyConsole);
})();
