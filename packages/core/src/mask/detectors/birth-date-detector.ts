import { contextWords, plainWords } from "../context-words.js";
import { matchesIn } from "../matches-in.js";
import type { Detection, Detector, Span } from "./detector.js";
import { hasDigit } from "./digit-clues.js";
import { matchSpans, scored } from "./match-spans.js";

const words = contextWords([
  ...[
    "born",
    "birth",
    "birthday",
    "birthdate",
    "dob",
    "d o b",
    "date of birth",
    "geboren",
    "geb",
    "geburtsdatum",
  ],
  ...[
    "geburtstag",
    "ne le",
    "nee le",
    "naissance",
    "date de naissance",
    "nacido",
    "nacida",
    "nacio",
    "nacimiento",
  ],
  ...["nato il", "nata il", "nascita", "nascido", "nascida", "nascimento", "geboortedatum", "geboren op"],
]);
const hint =
  /[Bb](?:orn|irth|IRTH|ORN)|D\.?O\.?B|dob|[Gg]eb(?:\.|oo?r|ur)|[Nn]ée? le|[Nn]a(?:iss|ci|sc)|[Nn]at[oa] il/g;
/** How far behind its word a date may end. */
const reach = 64;
const month =
  "(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|janv|févr|mars|avr|juin|juil|août|déc|ene|abr|ago|dic|gen|mag|giu|lug|set|ott|fev|out|mrt|mei)[a-zäéûç]{0,8}\\.?";
const numeric = "\\d{4}[-./]\\d{1,2}[-./]\\d{1,2}|\\d{1,2}[-./ ]\\d{1,2}[-./ ](?:\\d{4}|\\d\\d)";
const date = new RegExp(
  `(?<![\\w.-])(?:${numeric}|\\d{1,2}(?:st|nd|rd|th|\\.)?(?: de| of)? ${month},?(?: de)? \\d{4}|${month} \\d{1,2}(?:st|nd|rd|th)?,? \\d{4})(?![\\w-])`,
  "gi",
);

/** Dates that the words before them, or their key, say are somebody's birthday. */
export const birthDateDetector: Detector = {
  type: "date_of_birth",
  needs: hasDigit,
  find(subject) {
    const { text } = subject;
    const isKey = subject.hasKey(words);
    const found = isKey ? [...datesIn(text, { start: 0, end: text.length }, "key")] : [];
    let read = 0;
    for (const { 0: match, index } of matchesIn(text, hint)) {
      const start = Math.max(read, index);
      const end = endOfClause(text, index + match.length);
      read = Math.max(read, end);
      if (end > start && words.isIn(plainWords(text.slice(Math.max(0, index - 4), index + 16))))
        found.push(...datesIn(text, { start, end }, "context"));
    }
    return found;
  },
};

function datesIn(text: string, { start, end }: Span, reason: "context" | "key"): readonly Detection[] {
  const dates = matchSpans(text.slice(start, end), date);
  const inText = dates.map((span) => ({ start: start + span.start, end: start + span.end }));
  return scored(inText, 0.85, ["pattern", reason]);
}

/** A birthday stands in the clause of its word, or on the next line when the word ends its own. */
function endOfClause(text: string, start: number): number {
  const near = text.slice(start, start + reach);
  const opening = /^[a-z]{0,16}[:.]?\s{0,2}\n/i.exec(near)?.[0].length ?? 0;
  const stop = near.slice(opening).search(/[;!?\n]/);
  return start + (stop < 0 ? near.length : opening + stop);
}
