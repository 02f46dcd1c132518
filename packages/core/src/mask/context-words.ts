/** Words that tell what a value beside them is. */
export interface ContextWords {
  /** As they were given. */
  readonly words: readonly string[];
  /** Whether plain words (see {@link plainWords}) hold one of them. */
  isIn(plain: string): boolean;
}

const hasLetter = /[A-Za-z]|[^\0-\x7f]/;
const mark = /\p{M}+/gu;
const capitalInside = /(\p{Ll})(?=\p{Lu})/gu;
const gap = /[^\p{L}\p{N}]+/gu;

/**
 * Lower case, without accents, one space between words and at both ends; `taxId` and `tax_id` are two words. Empty
 * without a letter.
 */
export function plainWords(text: string): string {
  const plain = text.length <= longestShort ? plainAscii(text) : undefined;
  if (plain !== undefined) return plain;
  if (!hasLetter.test(text)) return "";
  const letters = text.normalize("NFKD").replace(mark, "");
  return ` ${letters.replace(capitalInside, "$1 ").toLowerCase().replace(gap, " ").trim()} `;
}

const longestShort = 512;
const kinds = { gap: 0, small: 1, capital: 2, digit: 3 };
const kindOf = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[a-z]/.test(character)) return kinds.small;
  if (/[A-Z]/.test(character)) return kinds.capital;
  return /\d/.test(character) ? kinds.digit : kinds.gap;
});
const space = 0x20;
const toSmall = 0x20;

/** The plain words of a short text that is ASCII: what is read most often, near each number twice. */
function plainAscii(text: string): string | undefined {
  const codes = [space];
  let isWord = false;
  let previous = kinds.gap;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const kind = kindOf[code];
    if (kind === undefined) return undefined;
    if (previous !== kinds.gap && isEdge(previous, kind)) codes.push(space);
    if (kind !== kinds.gap) codes.push(kind === kinds.capital ? code + toSmall : code);
    isWord ||= kind === kinds.small || kind === kinds.capital;
    previous = kind;
  }
  if (previous !== kinds.gap) codes.push(space);
  return isWord ? String.fromCharCode(...codes) : "";
}

/** Whether a word begins or ends between two characters. */
const isEdge = (before: number, behind: number) =>
  (before === kinds.gap) !== (behind === kinds.gap) || (before === kinds.small && behind === kinds.capital);

/** The last `count` plain words of a text, with spaces around them. */
export function lastPlainWords(text: string, count: number): string {
  const plain = plainWords(text.slice(startOfLast(text, count)));
  let at = plain.length - 1;
  for (let word = 0; word < count && at > 0; word += 1) at = plain.lastIndexOf(" ", at - 1);
  return at > 0 ? plain.slice(at) : plain;
}

/** The first `count` plain words of a text, with spaces around them. */
export function firstPlainWords(text: string, count: number): string {
  const plain = plainWords(text.slice(0, endOfFirst(text, count)));
  let at = 0;
  for (let word = 0; word < count && at !== -1; word += 1) at = plain.indexOf(" ", at + 1);
  return at === -1 ? plain : plain.slice(0, at + 1);
}

/** Where the last words begin if they are ASCII, so that no more than they has to be read; else the start. */
function startOfLast(text: string, count: number): number {
  let words = 0;
  let behind = kinds.gap;
  for (let index = text.length - 1; index >= 0; index -= 1) {
    const kind = kindOf[text.charCodeAt(index)];
    if (kind === undefined) return 0;
    if (behind !== kinds.gap && isEdge(kind, behind)) words += 1;
    if (words === count) return index + 1;
    behind = kind;
  }
  return 0;
}

/** Where the first words end if they are ASCII; else the end. */
function endOfFirst(text: string, count: number): number {
  let words = 0;
  let previous = kinds.gap;
  for (let index = 0; index < text.length; index += 1) {
    const kind = kindOf[text.charCodeAt(index)];
    if (kind === undefined) break;
    if (previous !== kinds.gap && isEdge(previous, kind)) words += 1;
    if (words === count) return index;
    previous = kind;
  }
  return text.length;
}

/**
 * Makes words to look for with `near` and `hasKey`; each has a letter. Case, accents and what stands between the words
 * of a phrase don't matter; a word that ends in `*` may go on: `steuer*`.
 */
export function contextWords(words: readonly string[]): ContextWords {
  // Made when it is first asked for: there are many lists, and loading them all would cost time at start.
  let any: RegExp | undefined;
  return {
    words,
    isIn(plain) {
      any ??= anyOf(words);
      return any.test(plain);
    },
  };
}

function anyOf(words: readonly string[]): RegExp {
  const whole: string[] = [];
  const begun: string[] = [];
  for (const word of new Set(words)) (word.endsWith("*") ? begun : whole).push(plainWords(word).trim());
  // Texts in their order, with nothing between them, are what the engine finds fast.
  const choices = whole.sort();
  if (begun.length > 0) choices.push(`(?:${begun.sort().join("|")})[^ ]{0,32}`);
  return new RegExp(` (?:${choices.join("|")}) `);
}
