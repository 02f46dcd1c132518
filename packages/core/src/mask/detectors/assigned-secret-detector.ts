import { matchesIn } from "../matches-in.js";
import type { Detection, Detector, Span } from "./detector.js";
import { isPasswordLike, isQuotedPassword, isTokenLike, isUuid } from "./secret-likeness.js";

const passwords =
  "passwort|pass(?:word|wd|phrase|code)?|pwd|kennwort|contrase(?:ñ|n)a|mot de passe|senha|wachtwoord";
const tokens =
  "secret|token|key|credentials?|creds?|auth(?:orization)?|signature|sig|cookie|session(?:_?id)?|bearer";
const keyword = new RegExp(`${passwords}|${tokens}|basic`, "gi");
/** The rest of a name, closing marks, an operator of some language, and an opening quote. */
const operator =
  /(?:[_-](?:base|hash|salt|value|string|raw|hex|base64|pem|prod|live|test|staging|dev|default|new|old|current|\d{1,2}))?["'`\])]{0,2}\s{0,4}(?:value ?=|[:?.+|]{0,2}=>?|:{1,2}|>)\s{0,4}(?:Bearer |Basic |Token )?(["'`]?)/iy;
/** `password is hunter2`, `with password 'hunter 2'`. */
const telling = /\s{1,3}(?:(?:is|was|ist|es|est|è|é)\s{1,3})?(["'`‘“]?)/iy;
/** `--api-token abc`. */
const flag = /(?:^|\s)--[\w-]{0,30}$/;
const flagReach = 34;
const flagValue = /\s(["']?)/y;
const credentials = /\s{1,3}(?=[\w+/.=~-]{16})/y;
/** A login in a list: `ada@example.com / hunter2`. */
const login = /@(?:[\w-]{1,40}\.){1,4}[A-Za-z]{2,12}\s?[/:|]\s?(?=[^\s/])/g;
/** `&` ends it where the next parameter of a query begins. */
const unquoted = /(?:[^\s"'`<>{}[\](),;&|]|&(?![\w.[\]-]{1,40}=)){6,512}/y;
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
  find({ text, path }) {
    const key = path.at(-1);
    if (typeof key === "string" && secretKey.test(key) && isWholeSecret(text, key))
      return [{ start: 0, end: text.length, score: 0.9, why: ["key"] }];
    const secrets: Detection[] = [];
    let read = 0;
    for (const { 0: name, index } of matchesIn(text, keyword)) {
      const detection = secretBehind(text, { start: index, end: index + name.length }, read);
      if (detection === undefined) continue;
      secrets.push(detection);
      read = detection.end;
    }
    if (!text.includes("@")) return secrets;
    for (const { 0: match, index } of matchesIn(text, login)) {
      const detection = told(text, valueAt(text, index + match.length, ""), isStrongPassword);
      if (detection !== undefined) secrets.push(detection);
    }
    return secrets;
  },
};

function isWholeSecret(text: string, key: string): boolean {
  const value = wholeSecret.exec(text)?.[1];
  if (value === undefined) return false;
  return /pass|pwd|secret|authorization/i.test(key) || isTokenLike(value);
}

/** The secret behind a keyword, unless it begins within one that was found up to `read`: `token=a1key=b2`. */
function secretBehind(text: string, { start, end }: Span, read: number): Detection | undefined {
  const name = text.slice(start, end);
  const assigned = valueBehind(text, operator, end);
  if (assigned !== undefined) {
    if (assigned.start < read) return undefined;
    const value = text.slice(assigned.start, assigned.end);
    if (/^key$/i.test(name) && !isKeyName(text, start, value)) return undefined;
    if (isUuid(value) && !/^(?:token|secret|key)$/i.test(name)) return undefined;
    const accepts = isPassword.test(name) || /secret/i.test(name) ? isPasswordLike : isTokenLike;
    const isQuoted = /["'`]/.test(text[assigned.start - 1] ?? "");
    const isAccepted = accepts(value) || (isQuoted && isPassword.test(name) && isQuotedPassword(value));
    return isAccepted ? { ...assigned, score: 0.8, why: ["key", "pattern"] } : undefined;
  }
  if (isPassword.test(name) && name.length > 4)
    return told(text, valueBehind(text, telling, end), isToldPassword);
  if (flag.test(text.slice(Math.max(0, start - flagReach), start)))
    return told(text, valueBehind(text, flagValue, end), isTokenLike);
  if (/^(?:bearer|basic)$/i.test(name))
    return told(text, valueBehind(text, credentials, end), (value) => /\d/.test(value));
  return undefined;
}

function told(
  text: string,
  span: Span | undefined,
  accepts: (value: string) => boolean,
): Detection | undefined {
  if (span === undefined || !accepts(text.slice(span.start, span.end))) return undefined;
  return { ...span, score: 0.75, why: ["context", "pattern"] };
}

/** The value behind an opening that stands at `index`. */
function valueBehind(text: string, opening: RegExp, index: number): Span | undefined {
  opening.lastIndex = index;
  const match = opening.exec(text);
  return match === null ? undefined : valueAt(text, opening.lastIndex, match[1] ?? "");
}

/** `key` alone names many things: the start of its name tells, or a long value. `monkey` is none. */
function isKeyName(text: string, start: number, value: string): boolean {
  const before = text.slice(Math.max(0, start - 16), start);
  if (keyOfKey.test(before)) return true;
  const isWordStart = !/[a-z]$/i.test(before) || /[a-z]$/.test(before) === (text[start] === "K");
  return isWordStart && value.length >= 20 && /[G-Zg-z]/.test(value) && !isUuid(value);
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
