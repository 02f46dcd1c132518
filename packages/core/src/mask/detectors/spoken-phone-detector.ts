import { contextWords } from "../context-words.js";
import type { Detection, DetectionSubject, Detector, Span } from "./detector.js";
import { hasSevenDigits } from "./digit-clues.js";
import { isAlphanumeric, isBinding, type NumberGroup, numberGroups } from "./number-groups.js";

/** Words beside a number that can only be a phone number's. */
const phoneWords = contextWords([
  ...[
    "phone",
    "phonenumber",
    "telephone",
    "tel",
    "mobile",
    "cell",
    "cellphone",
    "fax",
    "whatsapp",
    "sms",
    "hotline",
    "landline",
  ],
  ...[
    "telefon*",
    "handy*",
    "mobil",
    "mobilnummer",
    "rufnummer",
    "durchwahl",
    "portable",
    "telefono*",
    "movil",
  ],
  ...[
    "celular",
    "telemovel",
    "telefone",
    "cellulare",
    "telefoon*",
    "gsm",
    "mobiel",
    "contact number",
    "msisdn",
    "caller id",
    "callerid",
  ],
]);
/** Words of calling right before a number in groups: `call me at`, `not answering at`. */
const calling =
  /(?<![a-z])(?:call(?:s|ed|ing)?|answer(?:s|ing)?|dial|ring(?:ing)?|reach(?:able)?|text(?:ed)?|messages?|contact|(?:my|your|his|her|their|our|contact|new|phone|home|work) numbers?|desk|office|ruf|anrufen|erreichbar|erreichen|appel(?:er?|ez)|joindre|ll[aá]m(?:ar|[ae]|ame|eme)|chiam(?:are|ami|a)|lig(?:ar|ue|a)|bel(?:len)?|(?:mon|mi|meu|il mio) n[uú]m[eé]ro|(?:meine|mijn) nummer)(?: (?:me|mich|uns|us|him|her|them|is|to|at|on|under|unter|au|al|a|o|para|op|ist|es|est|è|é)){0,3}[ :]{1,3}\(?$/i;
const place = /^ {1,2}(?:office|desk|work|home|büro|bureau|oficina|ufficio)(?![a-z])/i;
/** `my number is`, `my US number is` */
const mine =
  /(?<![a-z])(?:my|mi|meine|mon|meu|il mio|mijn)(?: [a-z\u00c0-\u024f]{2,12})? (?:number|n[uú]mero|num[eé]ro|nummer)(?: is| ist| es| est| è| é)?[ :]{1,3}$/i;
const reach = 48;
const wordBehind = /^ ?[-(]? ?(?:fax|phone|tel|mobile|cell|mobil|portable)/i;
const minDigits = 7;
const maxDigits = 12;
const maxGroups = 6;
const between = /^(?:\)? ?|[ .-]|\) ?[.-]?)$/;
/** Years, or a sum in thousands. */
const amount = /^(?:(?:19|20)\d\d[- ](?:19|20)\d\d|\d{1,3}(?: \d{3})* 000)$/;
const decimal = /^\d+\.\d+$/;
const date = /^(?:\d{4}[-. ]\d\d[-. ]\d\d|\d\d[-. ]\d\d[-. ]\d{4})$/;
/** Answers that are nothing but a number: a mobile phone's with the trunk prefix, or grouped as some country does. */
const answer =
  /^\s{0,3}(?:0[79]\d{9}|0[4-7]\d{8}|01[5-7]\d{8,9}|05\d{9}|\d{3} \d{3} \d\d \d\d|[59]\d\d-\d{3}-\d\d-\d\d|[6-9]\d{4} \d{5}|[6-9]\d[ -]\d{3}[ -]\d\d[ -]\d\d|3\d\d \d{6,7})[\s.]{0,3}$/;

/** Phone numbers that only the words beside them, or their standing alone, give away: `call me at 78 651 450`. */
export const spokenPhoneDetector: Detector = {
  type: "phone",
  needs: hasSevenDigits,
  *find(subject) {
    const { text } = subject;
    if (text.length < 20 && answer.test(text)) {
      const start = text.search(/\d/);
      yield { start, end: start + text.trim().replace(/\.$/, "").length, score: 0.55, why: ["pattern"] };
    }
    for (const span of digitRuns(text, subject.once(numberGroups))) {
      const beside = wordsBeside(subject, span);
      if (beside !== undefined) yield found(span, beside);
    }
  },
};

/** A number without groups needs its word before it, or right behind it. */
function wordsBeside(subject: DetectionSubject, span: Span): "context" | "key" | undefined {
  const { start, end } = span;
  const { text } = subject;
  if (/\D/.test(text.slice(start, end))) {
    const isCalled = calling.test(text.slice(Math.max(0, start - reach), start));
    return isCalled || place.test(text.slice(end, end + 10)) ? "context" : subject.near(span, phoneWords);
  }
  const isExplained =
    wordBehind.test(text.slice(end, end + 10)) || mine.test(text.slice(Math.max(0, start - reach), start));
  return isExplained ? "context" : subject.near({ start, end: text.length }, phoneWords);
}

const found = ({ start, end }: Span, beside: "context" | "key"): Detection => ({
  start,
  end,
  score: 0.7,
  why: ["pattern", beside],
});

/** Groups of digits with a space, dash, dot or bracket between, of seven to twelve digits together. */
function* digitRuns(text: string, groups: readonly NumberGroup[]): Iterable<Span> {
  for (let first = 0; first < groups.length; first += 1) {
    const start = groups[first]?.start ?? 0;
    let digits = 0;
    let last = first;
    for (let index = first; index < groups.length && index < first + maxGroups; index += 1) {
      const group = groups[index];
      if (group === undefined || group.hasLetter) break;
      if (index > first && !isJoined(text, groups[index - 1], group)) break;
      const size = group.end - group.start;
      if (index > first && (size < 2 || size > 8)) break;
      digits += size;
      last = index;
    }
    const end = groups[last]?.end ?? start;
    if (isPhoneSized(text, { start, end }, digits))
      yield { start: hasBracket(text, start, end) ? start - 1 : start, end };
    if (digits > 0) first = last;
  }
}

const isJoined = (text: string, before: NumberGroup | undefined, after: NumberGroup) =>
  before !== undefined && after.start - before.end <= 2 && between.test(text.slice(before.end, after.start));

const hasBracket = (text: string, start: number, end: number) =>
  text[start - 1] === "(" && text.slice(start, end).includes(")");

/** As many digits as phone numbers have, not a date, and nothing that goes on before or behind. */
function isPhoneSized(text: string, { start, end }: Span, digits: number): boolean {
  if (digits < minDigits || digits > maxDigits) return false;
  const written = text.slice(start, end);
  if (date.test(written) || decimal.test(written) || amount.test(written)) return false;
  const goesBack =
    isBinding(text, start - 1) || /[\d#][.,:/-]$/.test(text.slice(Math.max(0, start - 2), start));
  const goesOn = isBinding(text, end) || /^(?:[.,:/-]?\d|-?[A-Za-z]\d)/.test(text.slice(end, end + 3));
  return !goesBack && !goesOn && !isAlphanumeric(text, end);
}
