import type { StringPath } from "../map-strings.js";

/** Remembers texts in which nothing was found: instructions and schemas come with every call, and are looked at once. */
export interface CleanTexts {
  /** Names a text where it stands: keys decide too about what is found in it. */
  keyOf(text: string, path: StringPath): string;
  /** Whether nothing was found in what the key names. */
  has(key: string): boolean;
  /** Takes a text in which nothing was found. It is kept when it comes a second time: what is said once is kept nowhere. */
  add(key: string): void;
}

/** Longer ones are not kept, and no more than this together; UTF-16 units. */
const longestKey = 8_192;
const mostKept = 262_144;
/** Keys that may come between the first time and the second. */
const places = 1_024;

/** Makes an empty memory. */
export function createCleanTexts(): CleanTexts {
  const kept = new Set<string>();
  const hashes = new Int32Array(places);
  let length = 0;

  /** Whether a key with its hash was here lately; notes that it is now. */
  function comesAgain(key: string): boolean {
    const hash = hashOf(key);
    const place = hash & (places - 1);
    if (hashes[place] === hash) return true;
    hashes[place] = hash;
    return false;
  }

  return {
    keyOf: (text, path) => `${JSON.stringify(path)}\n${text}`,
    has: (key) => key.length <= longestKey && kept.has(key),
    add(key) {
      if (key.length > longestKey || kept.has(key) || !comesAgain(key)) return;
      kept.add(key);
      length += key.length;
      for (const oldest of kept) {
        if (length <= mostKept) return;
        kept.delete(oldest);
        length -= oldest.length;
      }
    },
  };
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5 | 0;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}
