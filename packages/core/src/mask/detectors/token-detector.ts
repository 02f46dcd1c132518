import { matchesIn } from "../matches-in.js";
import type { Detection, Detector } from "./detector.js";
import { openingWords } from "./opening-words.js";

/**
 * Forms that no prefix begins, and what a text must hold to have one, which begins with a rare character: bots, webhooks,
 * marks at the end. A group is the secret.
 */
const others: readonly { readonly hint: string; readonly form: RegExp }[] = [
  { hint: ":A", form: /(?<![\w-])\d{8,10}:AA?[\w-]{33,35}(?![\w-])/g },
  { hint: ".atlasv1.", form: /(?<![\w-])[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{60,70}/g },
  { hint: "Q~", form: /(?<![\w-])[\w-]{3}[78]Q~[\w.~-]{31,34}/g },
  { hint: "-us", form: /(?<![\w-])[a-f0-9]{32}-us\d{1,2}(?!\w)/g },
  { hint: ".mws.", form: /(?<![\w-])amzn\.mws\.[a-f0-9-]{36}/g },
  {
    hint: ".slack.com/",
    form: /(?<=hooks\.slack\.com\/(?:services|workflows|triggers)\/)[A-Za-z0-9+/]{40,80}/g,
  },
  {
    hint: "/api/webhooks/",
    form: /(?<=discord(?:app)?\.com\/api\/webhooks\/)\d{17,20}\/[\w-]{60,80}/g,
  },
  {
    hint: "-u",
    form: /curl [^\n]{0,200}?(?:-u|--user)[ =]?["']?[\w.@-]{1,64}:([^\s"']{3,128})/g,
  },
  { hint: "/webhookb2/", form: /(?<=webhook\.office\.com\/webhookb2\/)[\w@/-]{80,200}/g },
];
const maxLength = 2048;
const insideToken = /[\w+/=-]/;

/** API keys and access tokens that a mark gives away, also when a line break stands inside, and JSON web tokens. */
export const tokenDetector: Detector = {
  type: "secret",
  find(subject) {
    const { text } = subject;
    const tokens: Detection[] = [];
    let decided = -1;
    for (const { index, word: prefix, entry: rest } of subject.once(openingWords).prefixes) {
      if (index === decided) continue;
      decided = index;
      const end = endOfToken(text, rest, index + prefix.length);
      if (end !== undefined) tokens.push(found(index, end));
    }
    for (const { hint, form } of others) {
      if (!text.includes(hint)) continue;
      for (const { 0: match, 1: value = match, index } of matchesIn(text, form)) {
        const end = index + match.length;
        tokens.push(found(end - value.length, end));
      }
    }
    return tokens;
  },
};

const found = (from: number, end: number): Detection => ({
  start: from,
  end,
  score: 0.95,
  why: ["pattern"],
});

function endOfToken(text: string, rest: RegExp, from: number): number | undefined {
  rest.lastIndex = from;
  const match = rest.exec(text)?.[0].replace(/\.+$/, "");
  return match === undefined ? endOfBroken(text, rest, from) : from + match.length;
}

/** The end of a token that one line break parts. */
function endOfBroken(text: string, rest: RegExp, from: number): number | undefined {
  const near = text.slice(from, from + maxLength);
  const lineEnd = near.indexOf("\n");
  if (lineEnd < 4 || !insideToken.test(near[lineEnd - 1] ?? "") || !insideToken.test(near[lineEnd + 1] ?? ""))
    return undefined;
  rest.lastIndex = 0;
  const match = rest.exec(near.slice(0, lineEnd) + near.slice(lineEnd + 1))?.[0].replace(/\.+$/, "");
  return match === undefined || match.length <= lineEnd ? undefined : from + match.length + 1;
}
