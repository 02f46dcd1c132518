// Typing mistakes of the kinds that fingers make, the same in every run.
const rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
/** Shorter words are not mistyped: any mistake makes another word of them. */
export const LEAST_LETTERS = 4;

/** A number generator whose numbers depend on the seed alone (mulberry32). @param {number} seed @returns {() => number} 0 to 1 */
export function seededRandom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One mistake in a word, behind its first letter. @param {string} word @param {() => number} random @returns {string} */
export function mistype(word, random) {
  const at = 1 + Math.floor(random() * (word.length - 2));
  const [before, letter, after] = [word.slice(0, at), word.charAt(at), word.slice(at + 1)];
  const kind = Math.floor(random() * 4);
  if (kind === 0) return before + after.charAt(0) + letter + after.slice(1);
  if (kind === 1) return before + after;
  if (kind === 2) return before + letter + letter + after;
  const row = rows.find((keys) => keys.includes(letter)) ?? "";
  const key = row.charAt(row.indexOf(letter) + 1) || row.charAt(row.indexOf(letter) - 1) || letter;
  return before + key + after;
}

/** A mistake in about a third of the longer words, and in one at least. @param {string} query @param {() => number} random */
export function mistypeQuery(query, random) {
  const words = query.split(" ");
  const long = words.flatMap((word, index) =>
    /^[a-z]+$/i.test(word) && word.length >= LEAST_LETTERS ? [index] : [],
  );
  const always = long[Math.floor(random() * long.length)];
  return words
    .map((word, index) =>
      long.includes(index) && (index === always || random() < 1 / 3) ? mistype(word, random) : word,
    )
    .join(" ");
}
