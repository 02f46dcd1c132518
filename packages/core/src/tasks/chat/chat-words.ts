import { stem } from "../../search/stem.js";
import { stopWords } from "../../search/stop-words.js";
import { joinPhrases } from "./join-phrases.js";

/** Words that people put around a question, beside those that every search leaves out. */
const fillers = new Set(
  `able any anybody anyone anything better between compare compared could difference differences everybody everyone everything
  exactly explain get give got happen happens have hello help helps hey hi know let like may mean mine need off ok
  possible question say see should show somebody someone something tell thank thanks thing things understand us use
  using versus vs work works would`.split(/\s+/u),
);

const placeholder = /^\[/u;
const words = /\[[A-Z][A-Z0-9_a-z]{2,60}\]|[\p{L}\p{N}]+(?:['’]\p{L}+)?/gu;

/** The words of a text, lower case. Placeholders of masked values are left out: they say nothing about the topic. */
export const wordsOf = (text: string): string[] =>
  (text.match(words) ?? [])
    .filter((word) => !placeholder.test(word))
    .map((word) => word.toLowerCase().replace("’", "'"));

/** A text as it is indexed: its words, with verbs and their particles in one piece ("log in" → "login"). */
export const indexedText = (text: string): string => joinPhrases(wordsOf(text)).join(" ");

/** A question as it is searched for: the words that say what it is about; empty when none does. */
export const topicOf = (question: string): string =>
  joinPhrases(wordsOf(question))
    .filter((word) => !fillers.has(word) && !stopWords.has(word.replace("'", "")))
    .join(" ");

/** The stems of the words that say what a text is about, each once. */
export const topicStems = (text: string): ReadonlySet<string> =>
  new Set(
    topicOf(text)
      .split(" ")
      .filter(Boolean)
      .map((word) => stem(word.replace(/'.*/u, ""))),
  );
