import {
  canonicalPlaceholder,
  formatPlaceholder,
  loosePlaceholderPattern,
  placeholdersIn,
} from "./placeholder.js";
import type { PlaceholderNames } from "./placeholder-names.js";
import { plainText, readable, type TextFormat } from "./text-format.js";

/** Keeps the originals of one call. They live in closures only, so printing a vault shows none. */
export interface Vault {
  /** The placeholder that stands for `original`; a new one the first time. */
  hide(type: string, original: string): string;
  /** What its placeholders have in common. */
  code(): string;
  /** Placeholders issued so far, by type. */
  readonly counts: Readonly<Record<string, number>>;
  /** Whether anything was hidden. */
  readonly isEmpty: boolean;
  /** Puts the originals back in one pass; what was not issued here stays. @default plainText */
  restoreText(text: string, format?: TextFormat): string;
  /** How many placeholders in a text were not issued here. */
  countInvented(text: string): number;
  /** Whether a placeholder that is restored begins with `canonical` (see `canonicalPlaceholder`). */
  startsPlaceholder(canonical: string): boolean;
}

/** Makes an empty vault. What `isRestored` refuses keeps its placeholder. */
export function createVault(
  names: PlaceholderNames,
  isRestored: (type: string) => boolean = () => true,
): Vault {
  const placeholders = new Map<string, string>();
  /** What each that was issued stands for; nothing when it is not restored. */
  const originals = new Map<string, string | undefined>();
  const counts: Record<string, number> = {};
  let sorted: readonly string[] | undefined;

  return {
    counts,
    code: () => names.code(),
    get isEmpty() {
      return placeholders.size === 0;
    },
    hide(type, original) {
      const known = placeholders.get(original);
      if (known !== undefined) return known;
      const { placeholder, canonical } = freePlaceholder(names, { type, original, issued: originals });
      placeholders.set(original, placeholder);
      originals.set(canonical, isRestored(type) ? original : undefined);
      sorted = undefined;
      counts[type] = (counts[type] ?? 0) + 1;
      return placeholder;
    },
    restoreText(text, format = plainText) {
      if (originals.size === 0) return text;
      const decoded = readable(format).decode(text);
      const parts: string[] = [];
      let at = 0;
      for (const { 0: placeholder, index } of decoded.text.matchAll(loosePlaceholderPattern)) {
        const original = originals.get(canonicalPlaceholder(placeholder));
        if (original === undefined) continue;
        const start = decoded.startOf(index);
        const end = decoded.startOf(index + placeholder.length);
        parts.push(text.slice(at, start), format.encode(inPlace(original, text.slice(start, end))));
        at = end;
      }
      return parts.length === 0 ? text : parts.join("") + text.slice(at);
    },
    countInvented(text) {
      const { text: read } = readable(plainText).decode(text);
      const all = [...placeholdersIn(read, names.code)];
      return all.filter((placeholder) => !originals.has(canonicalPlaceholder(placeholder.text))).length;
    },
    startsPlaceholder(canonical) {
      sorted ??= [...originals.keys()]
        .filter((placeholder) => originals.get(placeholder) !== undefined)
        .sort();
      return firstAtOrAfter(sorted, canonical)?.startsWith(canonical) ?? false;
    },
  };
}

function freePlaceholder(
  names: PlaceholderNames,
  wanted: { readonly type: string; readonly original: string; readonly issued: ReadonlyMap<string, unknown> },
): { readonly placeholder: string; readonly canonical: string } {
  const { type, original, issued } = wanted;
  for (let attempt = 0; ; attempt += 1) {
    const number = names.numberOf(original, issued.size) + attempt;
    const placeholder = formatPlaceholder(type, names.code(), number);
    const canonical = placeholder.toUpperCase();
    if (!issued.has(canonical)) return { placeholder, canonical };
  }
}

const loneSurrogate = /\p{Surrogate}/gu;

/** Where a placeholder was escaped for a URL or for HTML, its original is too. */
function inPlace(original: string, written: string): string {
  if (written.includes("%")) return encodeURIComponent(original.replace(loneSurrogate, "\ufffd"));
  if (!written.includes("&")) return original;
  return original
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

function firstAtOrAfter(sorted: readonly string[], wanted: string): string | undefined {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? "") < wanted) low = middle + 1;
    else high = middle;
  }
  return sorted[low];
}
