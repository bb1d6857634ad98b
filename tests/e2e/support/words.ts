// The words files as tests read them: what a key says in a language, and whatever on a page is still in English or is no
// word at all. Must not check anything by itself.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { type Page } from "@playwright/test";

const FOLDER = path.join(__dirname, "../../../crates/schema/data/words");

export type Language = "en" | "de";

type Words = Map<string, string>;

/** Every text of all files in a language, by file and pointer. */
function all(language: Language): Words {
  const words: Words = new Map();
  const flatten = (value: unknown, at: string): void => {
    if (typeof value === "string") words.set(at, value);
    // Lists are names that things are recognised by, in any language.
    else if (value !== null && typeof value === "object" && !Array.isArray(value)) {
      for (const [key, member] of Object.entries(value)) flatten(member, `${at}/${key}`);
    }
  };
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith(`.${language}.json`))) {
    flatten(JSON.parse(readFileSync(path.join(FOLDER, file), "utf8")), file.slice(0, -`.${language}.json`.length));
  }
  return words;
}

const WORDS = { en: all("en"), de: all("de") };

/** What a key of a file says. Values are put where their names stand. */
export function said(language: Language, file: string, key: string, values: Record<string, string> = {}): string {
  const words = WORDS[language].get(`${file}/${key}`);
  if (words === undefined) throw new Error(`there are no words in ${language} for ${key} in ${file}`);
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** What a key of the console says in German. */
export const de = (key: string, values: Record<string, string> = {}): string => said("de", "console", key, values);

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** English that is not German as well: whole texts, and sentences that are filled in. */
const ENGLISH = (() => {
  const german = new Set(WORDS.de.values());
  const only = [...new Set(WORDS.en.values())].filter((text) => !german.has(text));
  const filled = only.filter((text) => text.includes("{") && text.replace(/\{\w+\}/g, "").replace(/[^a-z]/gi, "").length > 6);
  const patterns = filled.map((text) => new RegExp(`^${text.split(/\{\w+\}/).map(escaped).join(".+")}$`));
  return { whole: new Set(only), patterns };
})();

const KEYS = new Set([...WORDS.en.keys()].filter((at) => at.startsWith("console/")).map((at) => at.slice("console/".length)));

/** Texts of the page that a person sees or hears and that are in English, or that are the key of a word. */
export async function notGerman(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const found = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node instanceof Element ? node : node.parentElement;
      if (!element?.checkVisibility({ visibilityProperty: true })) continue;
      if (!(node instanceof Element)) found.add(node.textContent ?? "");
      else for (const name of ["aria-label", "title", "placeholder", "alt"]) found.add(node.getAttribute(name) ?? "");
    }
    return [...found, document.title].map((text) => text.replace(/\s+/g, " ").trim()).filter((text) => text !== "");
  });
  const isEnglish = (text: string) => ENGLISH.whole.has(text) || ENGLISH.patterns.some((pattern) => pattern.test(text));
  return texts.filter((text) => isEnglish(text) || KEYS.has(text));
}
