import { canonicalPlaceholder, formatPlaceholder, placeholderPattern } from "./placeholder.js";
import { plainText, type TextFormat } from "./text-format.js";

/** Keeps the originals of one call. They live in closures only, so printing a vault shows none. */
export interface Vault {
  /** The placeholder that stands for `original`; a new one the first time. */
  hide(type: string, original: string): string;
  /** Keeps a value in mind that is hidden for its key, so that it is found in other texts too. */
  remember(value: string): void;
  /** What is kept in mind, in the order it came. */
  readonly remembered: readonly string[];
  /** Placeholders issued so far, by type. */
  readonly counts: Readonly<Record<string, number>>;
  /** Whether anything was hidden. */
  readonly isEmpty: boolean;
  /** Puts the originals back in one pass; what was not issued here stays. @default plainText */
  restoreText(text: string, format?: TextFormat): string;
  /** Whether a placeholder issued here begins with `canonical` (see `canonicalPlaceholder`). */
  startsPlaceholder(canonical: string): boolean;
}

/** Each is looked for in every later text, so there is a bound. */
const mostRemembered = 32;

/** Makes an empty vault; `createNonce` is asked once, when the first value is hidden. */
export function createVault(createNonce: () => string): Vault {
  const placeholders = new Map<string, string>();
  const originals = new Map<string, string>();
  const counts: Record<string, number> = {};
  const remembered: string[] = [];
  let nonce: string | undefined;
  let sorted: readonly string[] = [];

  return {
    counts,
    remembered,
    remember(value) {
      if (remembered.length < mostRemembered && !remembered.includes(value)) remembered.push(value);
    },
    get isEmpty() {
      return originals.size === 0;
    },
    hide(type, original) {
      const known = placeholders.get(original);
      if (known !== undefined) return known;
      nonce ??= createNonce();
      const placeholder = formatPlaceholder(type, nonce, placeholders.size + 1);
      placeholders.set(original, placeholder);
      originals.set(canonicalPlaceholder(placeholder), original);
      counts[type] = (counts[type] ?? 0) + 1;
      return placeholder;
    },
    restoreText(text, format = plainText) {
      if (originals.size === 0) return text;
      const decoded = format.decode(text);
      const parts: string[] = [];
      let at = 0;
      for (const { 0: placeholder, index } of decoded.text.matchAll(placeholderPattern)) {
        const original = originals.get(canonicalPlaceholder(placeholder));
        if (original === undefined) continue;
        parts.push(text.slice(at, decoded.startOf(index)), format.encode(original));
        at = decoded.startOf(index + placeholder.length);
      }
      return parts.length === 0 ? text : parts.join("") + text.slice(at);
    },
    startsPlaceholder(canonical) {
      if (sorted.length !== originals.size) sorted = [...originals.keys()].sort();
      return firstAtOrAfter(sorted, canonical)?.startsWith(canonical) ?? false;
    },
  };
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
