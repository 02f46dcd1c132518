import type { StreamRestorer } from "./masker.js";
import { canonicalPlaceholder, longestPlaceholder } from "./placeholder.js";
import { readable, type TextFormat } from "./text-format.js";
import type { Vault } from "./vault.js";

/** What a placeholder can look like before its last bracket has come. */
const unfinished = /^\\?\[(?:[A-Z0-9 \t\r\n-]|\\?_)*\\?$/i;

/** Restores text that arrives in pieces, exactly as if it had come in one. */
export function createStreamRestorer(vault: Vault, format: TextFormat): StreamRestorer {
  const written = readable(format);
  let held = "";
  return {
    push(delta) {
      if (vault.isEmpty) return delta;
      held += delta;
      const decoded = written.decode(held);
      const from = decoded.startOf(startOfUnfinished(decoded.text, vault));
      const ready = held.slice(0, from);
      held = held.slice(from);
      return vault.restoreText(ready, format);
    },
    end() {
      const rest = held;
      held = "";
      return rest;
    },
  };
}

/** Where the last part begins that could still become a placeholder; the length of `text` when there is none. */
function startOfUnfinished(text: string, vault: Vault): number {
  const bracket = text.lastIndexOf("[");
  const isEscaped = text[bracket - 1] === "\\";
  if (bracket !== -1 && text.length - bracket < longestPlaceholder) {
    const start = isEscaped ? bracket - 1 : bracket;
    if (couldBecomePlaceholder(text.slice(start), vault)) return start;
  }
  // A lone backslash may be the one before the opening bracket.
  return text.endsWith("\\") ? text.length - 1 : text.length;
}

function couldBecomePlaceholder(text: string, vault: Vault): boolean {
  if (!unfinished.test(text)) return false;
  const canonical = canonicalPlaceholder(text);
  const base = canonical.replace(/_$/, "");
  const startsWith = (more: string) => vault.startsPlaceholder(more);
  if (text.endsWith("\\")) return startsWith(`${base}_`) || (text.startsWith("\\") && startsWith(`${base}]`));
  return startsWith(canonical) || (/\s$/.test(text) && startsWith(`${base}]`));
}
