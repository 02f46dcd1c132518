import { matchesIn } from "../matches-in.js";
import type { Detector } from "./detector.js";

const begin = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const end = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
/** Longest key that is looked for, characters: a 16,384 bit RSA key has about 13,000. */
const maxLength = 16_384;
/** What is left of a key whose end was cut off. */
const base64Lines = /(?:(?:\s|\\n){0,4}[A-Za-z0-9+/=]{16,80}){1,300}/y;

/** Private keys in PEM armour, also those whose last line is missing. */
export const privateKeyDetector: Detector = {
  type: "secret",
  needs: (text) => text.includes("PRIVATE KEY"),
  *find({ text }) {
    const ends = matchesIn(text, end).map(({ 0: line, index }) => index + line.length);
    let next = 0;
    for (const { 0: line, index: start } of matchesIn(text, begin)) {
      while ((ends[next] ?? Number.POSITIVE_INFINITY) < start) next += 1;
      const keyEnd = ends[next] ?? Number.POSITIVE_INFINITY;
      base64Lines.lastIndex = start + line.length;
      if (keyEnd - start <= maxLength) yield { start, end: keyEnd, score: 1, why: ["pattern"] };
      else if (base64Lines.test(text)) {
        yield { start, end: base64Lines.lastIndex, score: 0.95, why: ["pattern"] };
      }
    }
  },
};
