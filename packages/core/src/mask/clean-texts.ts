import type { Leaf } from "./adjacent-texts.js";

/**
 * Remembers texts in which nothing was found: instructions and schemas come with every call, and are looked at once. A
 * text is remembered where it stands: keys decide too about what is found in it.
 */
export interface CleanTexts {
  /** Whether nothing was found in it. */
  has(leaf: Leaf): boolean;
  /** Takes a text in which nothing was found. It is kept when it comes a second time: what is said once is kept nowhere. */
  add(leaf: Leaf): void;
}

/** Longer ones are not kept, and no more than this together; UTF-16 units of texts and their paths. */
const longest = 8_192;
const mostKept = 262_144;
/** Texts that may come between the first time and the second. */
const slots = 1_024;

/** Makes an empty memory. */
export function createCleanTexts(): CleanTexts {
  /** For each text the paths where it stands, as JSON. */
  const kept = new Map<string, Set<string>>();
  const hashes = new Int32Array(slots);
  let length = 0;

  /** Whether a text with its hash was here lately; notes that it is now. */
  function comesAgain(text: string, place: string): boolean {
    const hash = hashOf(text, hashOf(place));
    const slot = hash & (slots - 1);
    if (hashes[slot] === hash) return true;
    hashes[slot] = hash;
    return false;
  }

  function forget(text: string): void {
    for (const place of kept.get(text) ?? []) length -= text.length + place.length;
    kept.delete(text);
  }

  return {
    has({ text, path }) {
      const places = text.length <= longest ? kept.get(text) : undefined;
      return places?.has(JSON.stringify(path)) ?? false;
    },
    add({ text, path }) {
      const place = JSON.stringify(path);
      if (text.length + place.length > longest || !comesAgain(text, place)) return;
      const places = kept.get(text) ?? new Set();
      if (places.has(place)) return;
      kept.set(text, places.add(place));
      length += text.length + place.length;
      for (const oldest of kept.keys()) {
        if (length <= mostKept) return;
        forget(oldest);
      }
    },
  };
}

const basis = 0x811c9dc5 | 0;

/** FNV-1a. */
function hashOf(text: string, start = basis): number {
  let hash = start;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}
