/** Looks for words in a text that comes in pieces: one step a character, however many words there are. */
export interface Automaton {
  /** The state after `text`, when it was `state` before; 0 at the beginning. */
  run(state: number, text: string): number;
  /** Whether a word has come by then. */
  isEnd(state: number): boolean;
}

/** What an automaton looks for. */
export interface AutomatonWords {
  /** Of characters of the alphabet. */
  readonly words: readonly string[];
  /** Of ASCII; all other characters are passed over. */
  readonly alphabet: string;
  /** Whether a capital counts as its small letter. */
  readonly foldsCase: boolean;
}

/** A state has a step for each character of ASCII. */
const codeBits = 7;
const allCodes = Array.from({ length: 1 << codeBits }, (_, code) => code);

/** Makes an automaton, Aho and Corasick's: a state stands for the longest beginning of a word that has come. */
export function createAutomaton({ words, alphabet, foldsCase }: AutomatonWords): Automaton {
  const codes = codesOf(alphabet);
  const { steps, ends } = trieOf(words);
  const shorter = new Uint16Array(ends.length);
  const states = [0];
  // The shorter ones first: each goes on as the longest of its ends that begins a word.
  for (const state of states) {
    const fallback = shorter[state] ?? 0;
    if (ends[fallback] === 1) ends[state] = 1;
    for (const code of codes) {
      const at = (state << codeBits) | code;
      const next = steps[at] ?? 0;
      const instead = state === 0 ? 0 : (steps[(fallback << codeBits) | code] ?? 0);
      if (next === 0) steps[at] = instead;
      else {
        shorter[next] = instead;
        states.push(next);
      }
    }
  }
  const ignored = allCodes.filter((code) => !codes.includes(code));
  const capitals = foldsCase ? codesOf(alphabet.toUpperCase()) : codes;
  for (const state of states) {
    const first = state << codeBits;
    for (const code of ignored) steps[first | code] = state;
    codes.forEach((code, index) => {
      steps[first | (capitals[index] ?? code)] = steps[first | code] ?? 0;
    });
    if (ends[state] === 1) steps.fill(state, first, first + allCodes.length);
  }
  const begins = allCodes.filter((code) => steps[code] !== 0).map((code) => String.fromCharCode(code));
  return {
    isEnd: (state) => ends[state] === 1,
    run(state, text) {
      if (state === 0 && !begins.some((character) => text.includes(character))) return 0;
      let at = state;
      for (let index = 0; index < text.length; index += 1) {
        const code = text.charCodeAt(index);
        if (code >> codeBits === 0) at = steps[(at << codeBits) | code] ?? 0;
      }
      return at;
    },
  };
}

const codesOf = (text: string) => Array.from(text, (character) => character.charCodeAt(0));

/** The beginnings of words, each with the steps to those that go on. */
function trieOf(words: readonly string[]): { readonly steps: Uint16Array; readonly ends: Uint8Array } {
  const most = words.reduce((sum, { length }) => sum + length, 1);
  const steps = new Uint16Array(most << codeBits);
  const ends = new Uint8Array(most);
  let last = 0;
  for (const word of words) {
    let state = 0;
    for (const code of codesOf(word)) {
      const at = (state << codeBits) | code;
      if (steps[at] === 0) steps[at] = last += 1;
      state = steps[at] ?? 0;
    }
    ends[state] = 1;
  }
  return { steps, ends };
}
