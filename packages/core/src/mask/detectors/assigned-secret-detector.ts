import type { Detection, Detector, Span } from "./detector.js";
import { isPasswordLike, isTokenLike } from "./secret-likeness.js";

const passwords =
  "pass(?:word|wd|phrase|code)?|pwd|passwort|kennwort|contrase(?:ñ|n)a|mot de passe|senha|wachtwoord";
const tokens =
  "secret|token|key|credentials?|creds?|auth(?:orization)?|signature|sig|cookie|session(?:_?id)?|bearer";
/** Without these there is nothing to look for. */
const hint =
  /pass|pwd|secret|token|key|cred|auth|sig|cookie|session|bearer|kennwort|contrase|senha|wachtwoord/i;
/** A name, closing marks, an operator of some language, and an opening quote. */
const assignment = new RegExp(
  `(${passwords}|${tokens})["'\`\\])]{0,2}\\s{0,4}(?:[:?.+|]{0,2}=>?|:{1,2}|>)\\s{0,4}(?:Bearer |Basic |Token )?(["'\`]?)`,
  "gi",
);
/** `password is hunter2`, `with password 'hunter 2'`. */
const told = new RegExp(
  `(?<![\\w-])(?:${passwords})\\s{1,3}(?:(?:is|was|ist|es|est|è|é)\\s{1,3})?(["'\`‘“]?)`,
  "gi",
);
const scheme = /(?<![\w-])(?:Bearer|Basic)\s{1,3}(?=[\w+/.=~-]{16})/g;
/** A login in a list: `ada@example.com / hunter2`. */
const login = /@[\w.-]{4,80}\s?[/:|]\s?(?=[^\s/])/g;
const unquoted = /[^\s"'`<>{}[\](),;&|]{6,512}/y;
const quotes: Readonly<Record<string, RegExp>> = {
  '"': /[^"\n]{4,512}(?:\n[^"\s]{4,256})?(?=")/y,
  "'": /[^'\n]{4,512}(?:\n[^'\s]{4,256})?(?=')/y,
  "`": /[^`\n]{4,512}(?:\n[^`\s]{4,256})?(?=`)/y,
  "‘": /[^’\n]{4,64}(?=’)/y,
  "“": /[^”\n]{4,64}(?=”)/y,
};
/** The rest of a value that was broken into two lines. */
const nextLine = /\n[\w+/=.~-]{6,256}(?=["'`]?\s*(?:$|\n))/y;
const secretKey = new RegExp(`(?:${passwords}|(?:^|[_-]|(?<=[a-z]))(?:${tokens}))$`, "i");
const keyOfKey =
  /(?:api|access|secret|private|auth|account|client|sign(?:ing)?|encrypt(?:ion)?|service|licen[cs]e|app|storage|master|admin|consumer|integration|routing|webhook|bot|user|server|license|ssh|deploy|shared|public|publishable)[_ -]?$/i;
const wholeSecret = /^(?:(?:Bearer|Basic|Token) )?(\S{6,4096})$/;
const isPassword = new RegExp(`^(?:${passwords})$`, "i");

/** What is assigned to a name like `password` or `api_key`, in the text or as the key of the whole string. */
export const assignedSecretDetector: Detector = {
  type: "secret",
  *find({ text, path }) {
    const key = path.at(-1);
    if (typeof key === "string" && secretKey.test(key) && isWholeSecret(text, key)) {
      yield { start: 0, end: text.length, score: 0.9, why: ["key"] };
      return;
    }
    if (hint.test(text)) {
      yield* assigned(text);
      yield* bare(text, told, { score: 0.75, accepts: isToldPassword });
      yield* bare(text, scheme, { score: 0.85, accepts: (value) => /\d/.test(value) });
    }
    if (text.includes("@")) yield* bare(text, login, { score: 0.7, accepts: isStrongPassword });
  },
};

function isWholeSecret(text: string, key: string): boolean {
  const value = wholeSecret.exec(text)?.[1];
  if (value === undefined) return false;
  return (
    secretKey.test(key) &&
    (/pass|pwd|secret|authorization/i.test(key) ? value.length >= 4 : isTokenLike(value))
  );
}

function* assigned(text: string): Iterable<Detection> {
  for (const { 0: match, 1: name = "", 2: quote = "", index } of text.matchAll(assignment)) {
    const span = valueAt(text, index + match.length, quote);
    if (span === undefined) continue;
    const value = text.slice(span.start, span.end);
    const isNamed = isPassword.test(name) || /secret/i.test(name);
    if (/^key$/i.test(name) && !isKeyName(text, index, value)) continue;
    if (isNamed ? isPasswordLike(value) : isTokenLike(value))
      yield { ...span, score: 0.8, why: ["key", "pattern"] };
  }
}

/** `key` alone names many things: the start of its name tells, or a long value. `monkey` is none. */
function isKeyName(text: string, start: number, value: string): boolean {
  const before = text.slice(Math.max(0, start - 16), start);
  if (keyOfKey.test(before)) return true;
  const isWordStart = !/[a-z]$/i.test(before) || /[a-z]$/.test(before) === (text[start] === "K");
  return isWordStart && value.length >= 20 && !/^[\da-f]{40}$/i.test(value);
}

interface BareRule {
  readonly score: number;
  readonly accepts: (value: string) => boolean;
}

/** Values that stand behind a word, without an operator. */
function* bare(text: string, opening: RegExp, { score, accepts }: BareRule): Iterable<Detection> {
  for (const { 0: match, 1: quote = "", index } of text.matchAll(opening)) {
    const span = valueAt(text, index + match.length, quote);
    if (span !== undefined && accepts(text.slice(span.start, span.end)))
      yield { ...span, score, why: ["context", "pattern"] };
  }
}

const isToldPassword = (value: string) =>
  isPasswordLike(value) && /[A-Za-z]/.test(value) && !/^\d+[a-z-]+$/.test(value);
const isStrongPassword = (value: string) =>
  isToldPassword(value) && /\d/.test(value) && /[A-Z]|[@!#$%^&*+~]/.test(value);

function valueAt(text: string, start: number, quote: string): Span | undefined {
  const pattern = quotes[quote] ?? unquoted;
  pattern.lastIndex = start;
  const value = pattern.exec(text)?.[0];
  if (value === undefined) return undefined;
  if (quote !== "") return { start, end: start + value.length };
  const kept = value.replace(/[.:?!]+$/, "");
  const end = start + kept.length;
  if (text[end] === "(") return undefined; // a call
  nextLine.lastIndex = end;
  const rest = nextLine.exec(text)?.[0];
  const goesOn =
    rest !== undefined &&
    isTokenLike(kept) &&
    isTokenLike(kept.slice(-4) + rest.trim()) &&
    !/[=:]/.test(rest);
  return { start, end: goesOn ? end + rest.length : end };
}
