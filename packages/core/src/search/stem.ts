/** Replaces an ending when at least so many letters stand before it. The first of a step that fits is taken. */
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

/** Each step takes one ending off; later steps see what earlier ones left. */
const plural = endings(2, "sses>ss ies>y shes>sh ches>ch xes>x zzes>zz ss>ss us>us is>is s>");
const adverb = endings(4, "ically>ic ily>y ly>");
const verbal = endings(3, "ings> ing> ied>y ed>");
const noun = [
  ...endings(4, "isation>ize ization>ize ication>ic ness> able> er>"),
  ...endings(2, "ation>at ator>at ate>at"),
  ...endings(3, "ction>ct tion>t ssion>ss"),
];
const remainder = endings(5, "at>");
const result = endings(4, "ment>");
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
  const root = shorten(shorten(shorten(undoubled, noun), remainder), result).replace(doubled, "$1");
  if (root.length < shortest) return singular;
  return root.length > shortest ? root.replace(/e$/, "").replace(/y$/, "i") : root;
}

function shorten(word: string, step: readonly Ending[]): string {
  for (const { ending, to, least } of step) {
    if (!word.endsWith(ending)) continue;
    const start = word.slice(0, word.length - ending.length);
    if (start.length >= least && hasVowel.test(start)) return start + to;
  }
  return word;
}
