import { rot13 } from "../../rot13.js";
import { type Automaton, createAutomaton } from "./create-automaton.js";

/** Watches what a model writes for a secret word, also when it comes in pieces or in disguise. */
export interface LeakWatch {
  /** Takes the next piece; tells whether the word has been written. */
  push(piece: string): boolean;
}

const letters = "abcdefghijklmnopqrstuvwxyz";
const digits = "0123456789";
const notLetter = /[^a-z]/g;
const beyondAscii = /[^\0-\x7f]/;
const firstHalf = /[\ud800-\udbff]$/;
const base64Bytes = 12;

/**
 * Makes a watch for a word of letters. It is found as it is, in capitals, spaced or hyphenated, backwards, in ROT13, as
 * codes of its letters (hexadecimal, decimal, `\\u006d`), in styled letters, and in base64 wherever it stands in the
 * encoded text.
 */
export function createLeakWatch(word: string): LeakWatch {
  const automata = automataOf(word);
  const states = automata.map(() => 0);
  let half = "";
  const run = (text: string) => {
    let isFound = false;
    let index = 0;
    for (const automaton of automata) {
      const state = automaton.run(states[index] ?? 0, text);
      states[index++] = state;
      isFound ||= state !== 0 && automaton.isEnd(state); // most texts leave it at its start, where no word ends
    }
    return isFound;
  };
  return {
    push(piece) {
      if (half === "" && !beyondAscii.test(piece)) return run(piece);
      const text = half + piece;
      half = firstHalf.exec(text)?.[0] ?? "";
      return run(text.slice(0, text.length - half.length).normalize("NFKD"));
    },
  };
}

/** A gateway has one word for all its calls. */
const known = new Map<string, readonly Automaton[]>();
/** Gateways whose words are kept. */
const mostKnown = 16;

function automataOf(word: string): readonly Automaton[] {
  const automata = known.get(word) ?? formsOf(word).map(createAutomaton);
  if (!known.has(word) && known.size === mostKnown) known.delete([...known.keys()][0] ?? "");
  known.set(word, automata);
  return automata;
}

/** Forms that are looked for, by the characters that count. */
function formsOf(word: string) {
  const plain = word.toLowerCase().replace(notLetter, "");
  const forms = [plain, [...plain].reverse().join(""), rot13(plain)];
  const hexadecimal = [2, 4].map((width) => codes(plain, { base: 16, width }));
  const decimal = [codes(plain, { base: 10, width: 1 })];
  return [
    { words: forms, alphabet: letters, foldsCase: true },
    { words: hexadecimal, alphabet: `${digits}abcdef`, foldsCase: true },
    { words: decimal, alphabet: digits, foldsCase: false },
    { words: base64Forms(word), alphabet: `${letters}${letters.toUpperCase()}${digits}+/`, foldsCase: false },
  ];
}

const codes = (text: string, { base, width }: { base: number; width: number }) =>
  Array.from(text, (letter) => letter.charCodeAt(0).toString(base).padStart(width, "0")).join("");

/** Base64 writes three bytes at a time, so where the word begins decides how it is written. */
const base64Forms = (word: string) =>
  [2, 1, 0].map((fromEnd) => btoa(word.slice(word.length - base64Bytes - fromEnd, word.length - fromEnd)));
