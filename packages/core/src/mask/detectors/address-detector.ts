import { contextWords } from "../context-words.js";
import { boxBefore, cueBefore, streetAfter, streetBefore, tail } from "./address-grammar.js";
import type { Detection, DetectionSubject, Detector, Span } from "./detector.js";
import { hasDigit } from "./digit-clues.js";
import { isDigit, type NumberGroup, numberGroups } from "./number-groups.js";

const postcode =
  /^(?:\d{3,6}(?:-\d{3,4})?|\d{4} ?[A-Z]{2}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d)$/;
const streetKey = contextWords([
  ...[
    "address",
    "address line",
    "address line 1",
    "street",
    "street address",
    "home address",
    "shipping address",
  ],
  ...[
    "billing address",
    "adresse",
    "strasse",
    "anschrift",
    "direccion",
    "calle",
    "domicilio",
    "indirizzo",
    "via",
  ],
  ...["endereco", "rua", "adres", "straat", "rue"],
]);
const isStreetLike = /^(?!\S*(?:[@:]|\d\.\d))(?=.*[A-Za-z\u00c0-\ud7ff]{3}).*\d/s;
const maxStreetLength = 160;
const postcodeKey = contextWords([
  ...[
    "postcode",
    "post code",
    "postal code",
    "zip",
    "zip code",
    "zipcode",
    "plz",
    "postleitzahl",
    "code postal",
  ],
  ...["codigo postal", "cap", "cep", "pin code", "pincode"],
]);
const postcodeWord =
  /(?<![a-z])(?:post ?code|postal code|zip(?: ?code)?|plz|postleitzahl|code postal|c[oó]digo postal|cap|cep|pin ?code)(?: is| ist| est| es| è| é)?[:#.]?\s{1,3}$/i;
const postcodeHint = /post|zip|plz|\b(?:cap|cep|pin ?code)\b|c[oó]digo/i;
/** Of a box, a plot, or a house whose street has a number too. */
const numberBefore = /(?<![A-Za-z\u00c0-\ud7ff\d.,$€£])\d{1,5} $/;
const isTied = /[A-Za-z\u00c0-\ud7ff\d.,$€£#-]/;
const maxHouseNumber = 6;
/** How far before a house number its street may begin. */
const reach = 72;

/** Street addresses by the grammar of a country, with the town behind, and postcodes beside their word. */
export const addressDetector: Detector = {
  type: "address",
  needs: hasDigit,
  find(subject) {
    const { text } = subject;
    if (text.length <= maxStreetLength && subject.hasKey(streetKey) && isStreetLike.test(text)) {
      return [{ start: 0, end: text.length, score: 0.8, why: ["key", "pattern"] }];
    }
    const addresses: Detection[] = [];
    const groups = subject.once(numberGroups);
    const hasPostcode = postcodeHint.test(text) || subject.hasKey(postcodeKey);
    let read = 0;
    for (let index = 0; index < groups.length; index += 1) {
      const group = groups[index];
      if (group === undefined || group.start < read || !group.hasDigit) continue;
      const address =
        addressAt(text, group) ?? (hasPostcode ? postcodeAt(subject, group, groups[index + 1]) : undefined);
      if (address === undefined) continue;
      addresses.push(address);
      read = address.end;
    }
    return addresses;
  },
};

function addressAt(text: string, { start, end }: NumberGroup): Detection | undefined {
  if (end - start > maxHouseNumber || !isDigit(text, start)) return undefined;
  const before = text.slice(Math.max(0, start - reach), start);
  const forward = forwardFrom(text, end, before);
  if (forward !== undefined) return found({ start, end: forward.end }, text, forward.score);
  const street = streetBefore(before) ?? boxBefore(before);
  return street === undefined ? undefined : found({ start: start - street, end }, text, 0.75);
}

function forwardFrom(text: string, end: number, before: string) {
  if (isTied.test(before.slice(-1))) return undefined;
  const street = streetAfter(text, end);
  if (street !== undefined) return { end: street, score: 0.75 };
  const cued = cueBefore(text, end, before);
  return cued === undefined ? undefined : { end: cued, score: 0.65 };
}

function found({ start, end }: Span, text: string, score: number): Detection {
  tail.lastIndex = end;
  const number = numberBefore.exec(text.slice(Math.max(0, start - 7), start))?.[0].length ?? 0;
  const last = tail.test(text) ? tail.lastIndex : end;
  return { start: start - number, end: text[last - 1] === "." ? last - 1 : last, score, why: ["pattern"] };
}

/** A postcode of one group or two beside its word. */
function postcodeAt(
  subject: DetectionSubject,
  group: NumberGroup,
  next: NumberGroup | undefined,
): Detection | undefined {
  const { text } = subject;
  const isPair = next !== undefined && next.start === group.end + 1 && text[group.end] === " ";
  const spans = [...(isPair ? [{ start: group.start, end: next.end }] : []), group];
  const span = spans.find(({ start, end }) => end - start <= 10 && postcode.test(text.slice(start, end)));
  if (span === undefined) return undefined;
  const isAfterWord = postcodeWord.test(text.slice(Math.max(0, span.start - reach), span.start));
  const beside = isAfterWord ? "context" : subject.hasKey(postcodeKey) ? "key" : undefined;
  if (beside === undefined) return undefined;
  return { start: span.start, end: span.end, score: 0.7, why: ["pattern", beside] };
}
