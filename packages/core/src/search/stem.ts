/** Replaces an ending when at least so many letters stand before it. The first that fits in a step is taken. */
interface Ending {
  readonly ending: string;
  readonly to: string;
  readonly least: number;
}

const endings = (least: number, list: string): readonly Ending[] =>
  list.split(" ").map((rule) => {
    const [ending = "", to = ""] = rule.split(">");
    return { ending, to, least };
  });

const plural = endings(2, "sses>ss ies>y shes>sh ches>ch xes>x zzes>zz ss>ss us>us is>is s>");
const derived = endings(
  4,
  "isations>ize izations>ize isation>ize ization>ize isations>ize ication>ic ations> ation> ators> ator> ate> ically>ic ingly> edly> ments>ment ness>",
);
const verbal = endings(3, "ings> ing> ied>y ed>");
const adverb = endings(4, "ily>y ly>");
const doubled = /([bcdfgklmnprt])\1$/;
const hasVowel = /[aeiouy]/;
const inflected = /^[a-z]+$/;
const shortest = 3;

/** Brings the forms of an English word together: "workflows" → "workflow", "cancelled" and "cancellation" → "cancel". */
export function stem(word: string): string {
  if (word.length <= shortest || !inflected.test(word)) return word;
  const singular = shorten(word, plural);
  const base = shorten(shorten(singular, adverb), verbal);
  const undoubled = base === singular ? base : base.replace(doubled, "$1");
  const root = shorten(undoubled, derived).replace(doubled, "$1");
  if (root.length < shortest) return singular;
  return root.length > shortest ? root.replace(/e$/, "").replace(/y$/, "i") : root;
}

function shorten(word: string, step: readonly Ending[]): string {
  const rule = step.find(({ ending }) => word.endsWith(ending));
  if (rule === undefined) return word;
  const start = word.slice(0, word.length - rule.ending.length);
  return start.length < rule.least || !hasVowel.test(start) ? word : start + rule.to;
}
