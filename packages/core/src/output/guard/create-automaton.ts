/** Looks for words in a text that comes in pieces: one step a character, however many words there are. */
export interface Automaton {
  /** The state after `text`, when it was `state` before; 0 at the beginning. */
  run(state: number, text: string): number;
  /** Whether a word has come by then. */
  isEnd(state: number): boolean;
}

/** What an automaton looks for. */
export interface AutomatonWords {
  /** Of characters of the alphabet; under 512 together, as a state's number has 16 bits. */
  readonly words: readonly string[];
  /** Of ASCII; all other characters are passed over. */
  readonly alphabet: string;
  /** Whether a capital counts as its small letter. */
  readonly foldsCase: boolean;
}

/** In the place of a symbol, for characters that do not count. */
const ignored = 0xff;
const shortText = 32;
/** Codes of ASCII. */
const codes = 0x80;

/**
 * Makes an automaton, Aho and Corasick's. A state stands for the longest beginning of a word that has come; its number is
 * where its steps begin, one for each code of ASCII.
 */
export function createAutomaton({ words, alphabet, foldsCase }: AutomatonWords): Automaton {
  // While it is made, a state has one step for each symbol: a character of the alphabet, by its index.
  const symbols = symbolsOf(alphabet, foldsCase);
  const written = words.map((word) => Array.from(word, (character) => alphabet.indexOf(character)));
  const { steps, paths } = trieOf(written, alphabet.length);
  const ends = new Set(paths.map((path) => path.at(-1) ?? 0));
  /** By state, that of the longest other beginning that it ends with. */
  const shorter = new Map<number, number>();
  const longest = Math.max(...words.map(({ length }) => length));
  // The shorter ones first: a longer one goes on as they do where no word of its own does.
  for (let length = 1; length <= longest; length += 1)
    for (const [index, path] of paths.entries()) {
      const [before = 0, state] = path.slice(length - 1);
      if (state === undefined) continue;
      const last = written[index]?.[length - 1] ?? 0;
      const instead = before === 0 ? 0 : (steps[(shorter.get(before) ?? 0) + last] ?? 0);
      shorter.set(state, instead);
      if (ends.has(instead)) ends.add(state);
      for (let symbol = 0; symbol < alphabet.length; symbol += 1)
        steps[state + symbol] ||= steps[instead + symbol] ?? 0;
    }
  for (const end of ends) steps.fill(end, end, end + alphabet.length);
  const firsts = words.flatMap(([first = ""]) => (foldsCase ? [first, first.toUpperCase()] : [first]));
  const begins = [...new Set(firsts)];
  const byCode = stepsByCode(steps, symbols, alphabet.length);
  const endings = new Set(Array.from(ends, (end) => (end / alphabet.length) * codes));
  return {
    isEnd: (state) => endings.has(state),
    run(state, text) {
      let at = state;
      // Most texts have no digit, or few: codes of letters are looked for behind the first. A short text is sooner walked.
      let index = state === 0 && text.length > shortText ? firstPlace(begins, text) : 0;
      for (; index < text.length; index += 1) {
        const code = text.charCodeAt(index);
        if (code < codes) at = byCode[at + code] ?? 0;
      }
      return at;
    },
  };
}

/** Where the first of the characters stands; behind the text when none does. */
function firstPlace(characters: readonly string[], text: string): number {
  let first = text.length;
  for (const character of characters) {
    const place = text.indexOf(character);
    if (place !== -1 && place < first) first = place;
  }
  return first;
}

/** By code, the symbol that a character counts as. */
function symbolsOf(alphabet: string, foldsCase: boolean): Uint8Array {
  const symbols = new Uint8Array(codes).fill(ignored);
  for (const [symbol, character] of [...alphabet].entries()) {
    symbols[character.charCodeAt(0)] = symbol;
    if (foldsCase) symbols[character.toUpperCase().charCodeAt(0)] = symbol;
  }
  return symbols;
}

/** The steps, one for each code instead of each symbol: what does not count leads to where it is. */
function stepsByCode(steps: Uint16Array, symbols: Uint8Array, width: number): Uint16Array {
  return Uint16Array.from({ length: (steps.length / width) * codes }, (_, place) => {
    const state = Math.floor(place / codes);
    const symbol = symbols[place % codes] ?? ignored;
    return codes * (symbol === ignored ? state : (steps[state * width + symbol] ?? 0) / width);
  });
}

/** The steps that words take, and the states of each word by length. */
function trieOf(words: readonly (readonly number[])[], width: number) {
  const most = words.reduce((sum, { length }) => sum + length, 1);
  const steps = new Uint16Array(most * width);
  let last = 0;
  const paths = words.map((word) => {
    const path = [0];
    for (const symbol of word) {
      const at = (path.at(-1) ?? 0) + symbol;
      if (steps[at] === 0) steps[at] = last += width;
      path.push(steps[at] ?? 0);
    }
    return path;
  });
  return { steps, paths };
}
