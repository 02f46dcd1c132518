import { contextWords, plainWords } from "../context-words.js";
import type { Detector } from "./detector.js";

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
  /[Bb](?:orn|irth|IRTH|ORN)|D\.?O\.?B|dob|[Gg]eb(?:\.|or|ur)|[Nn]ée? le|[Nn]a(?:iss|ci|sc)|[Nn]at[oa] il/;
/** How far before a date its word may stand. */
const reach = 48;
const month =
  "(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|janv|févr|mars|avr|juin|juil|août|déc|ene|abr|ago|dic|gen|mag|giu|lug|set|ott|fev|out|mrt|mei)[a-zäéûç]{0,8}\\.?";
const numeric = "\\d{4}[-./]\\d{1,2}[-./]\\d{1,2}|\\d{1,2}[-./ ]\\d{1,2}[-./ ](?:\\d{4}|\\d\\d)";
const date = new RegExp(
  `(?<![\\w.-])(?:${numeric}|\\d{1,2}(?:st|nd|rd|th|\\.)?(?: de| of)? ${month},?(?: de)? \\d{4}|${month} \\d{1,2}(?:st|nd|rd|th)?,? \\d{4})(?![\\w-])`,
  "gi",
);

/** Dates that the words beside them, or their key, say are somebody's birthday. */
export const birthDateDetector: Detector = {
  type: "date_of_birth",
  *find(subject) {
    if (!hint.test(subject.text) && !subject.hasKey(words)) return;
    for (const { 0: match, index: start } of subject.text.matchAll(date)) {
      const clause = subject.text.slice(Math.max(0, start - reach), start).replace(/^.*[;!?\n](?=.*\S)/s, "");
      const beside = words.isIn(plainWords(clause)) ? "context" : subject.hasKey(words) ? "key" : undefined;
      if (beside !== undefined)
        yield { start, end: start + match.length, score: 0.85, why: ["pattern", beside] };
    }
  },
};
