import type { Token } from "../services/scan-text.js";
import { phraseTable, wordAt } from "./phrase-table.js";

/** How many tokens at an index say that a person starts it: "manually", "on demand". */
export const manualLength = phraseTable(
  `start manually|run manually|start it manually|run it manually|manually run it to|manually run this to|manually run it|
  manually start it|manually|start by hand|start it by hand|run by hand|run it by hand|by hand|on demand|on-demand|
  on click|at the push of a button|at the click of a button|with one click|with a click`,
);

const presses = /^(?:click|press|push|tap|hit)(?:s|es|ed)?$/u;

/** Whether a start is a button that somebody presses: "when I click a button". */
export const isButton = (tokens: readonly Token[]): boolean =>
  manualLength(tokens, 0) === tokens.length ||
  (tokens.some((_, index) => presses.test(wordAt(tokens, index))) &&
    tokens.some(({ lower }) => /^(?:button|start|run|play)$/u.test(lower)));
