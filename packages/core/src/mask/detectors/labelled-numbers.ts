import { plainWords } from "../context-words.js";
import type { MaskType } from "../mask-type.js";

/**
 * What stands before a number that says what it is, in plain words (lower case, no accents, one space). Not names of
 * numbers whose form and check are known, like `iban` or `aadhaar`: one that fails is none.
 */
const labels = {
  passport:
    "passport|passports|travel document|reisepass|pass nr|passnummer|passeport|pasaporte|passaporto|passaporte|paspoort|paspoortnummer|reisepassnummer",
  driver_licence:
    "driver license|driver licence|drivers license|drivers licence|driver s license|driver s licence|driving license|driving licence|dl|license|licence|fuhrerschein|fuhrerscheinnummer|permis de conduire|permiso de conducir|carnet de conducir|patente|patente di guida|carta de conducao|rijbewijs|rijbewijsnummer",
  bank_account:
    "account|account details like|blz|bankleitzahl|bank account|banking account|acct|a c|accnum|konto|kontonummer|kontonr|kto|compte|compte bancaire|cuenta|cuenta corriente|cuenta bancaria|conto|conto corrente|conta|conta bancaria|rekening|rekeningnummer|rekeningnr|bankrekening|bic",
  health_id:
    "medical file|medical record|mrn|patient|patient file|health insurance|insurance|insurance policy|policy|insurance id|patient id|subscriber id|claim|health card|member|krankenversicherung|versichertennummer|patientennummer|assurance maladie|tarjeta sanitaria|tessera sanitaria",
  national_id:
    "national id|national identity|identity card|id card|identification|identity document|citizen id|voter id|voter|voter card|personalausweis|ausweis|ausweisnummer|carte d identite|documento de identidad|cedula|carta d identita|cartao de cidadao|identiteitskaart|employee id|employee number|employee no|student id|student number|badge number|customer id|customer number|user id|userid|member id|staff id|military id",
  tax_id:
    "tin|tax id|tax identification|taxpayer|taxpayer identification|taxpayer id|bir taxpayer identification|ein|pan|pan card|vat|vat id|steuernummer|steuer id|steuer identifikationsnummer|numero fiscal",
  secret:
    "cvv|cvv2|cvc|card security code|card verification code|card verification value|otp|one time password|one time code|verification code|pin|pin code|passcode",
  us_ssn: "ssn|social security|social security no",
} as const satisfies Partial<Record<MaskType, string>>;
/** Words that may stand between a label and its number. */
const fillers = new Set(
  (
    "number numbers no nr num nummer numero number: id code is was are be the of my his her their our a an its s reads as with " +
    "und ist lautet n no mero es son le la el est e o il card document reference ref cert certificate file # holder"
  ).split(" "),
);
const maxFillers = 5;
const maxLabelWords = 4;
const byLabel = new Map<string, MaskType>(
  (Object.keys(labels) as (keyof typeof labels)[]).flatMap((type) =>
    labels[type].split("|").map((label) => [label, type] as const),
  ),
);

const labelEnds = new Set([...byLabel.keys()].map((label) => label.slice(label.lastIndexOf(" ") + 1)));
/** What may stand right before a number that is announced. */
const lastWords = new Set([...fillers, ...labelEnds]);
const maxBehindWord = 16;
const beyondAscii = /[^\0-\x7f]/;

/** Whether the last word can be a label's; most are not. Letters beyond ASCII are read later. */
function mayAnnounce(before: string): boolean {
  const near = before.slice(-24);
  if (beyondAscii.test(near)) return true;
  let end = near.length;
  while (end > 0 && !isLetter(near, end - 1)) end -= 1;
  let start = end;
  while (start > 0 && isLetter(near, start - 1)) start -= 1;
  return near.length - end <= maxBehindWord && lastWords.has(near.slice(start, end).toLowerCase());
}

function isLetter(text: string, index: number): boolean {
  const code = text.charCodeAt(index) | 0x20; // in lower case
  return code > 0x60 && code < 0x7b;
}

/** Up to the last line break, comma or stop, except that of an abbreviation: `no. 5`. */
const clausesBefore = /^.*(?:\n|[;?!,] |(?<!(?:\bno|nr|\bnum|nº|\bn))\. )/is;

/**
 * The type of number that the words before it announce, as in `passport number is`. A clause that has ended names nothing
 * of the next.
 */
export function announcedType(before: string): MaskType | undefined {
  if (!mayAnnounce(before)) return undefined;
  const clause = before.replace(clausesBefore, "");
  if (!mayAnnounce(clause)) return undefined;
  const words = plainWords(clause.toLowerCase()).trim().split(" ");
  for (let fill = 0; fill <= maxFillers && words.length > 0; fill += 1) {
    const type = labelled(words);
    if (type !== undefined) return type;
    if (!fillers.has(words.at(-1) ?? "")) return undefined;
    words.pop();
  }
  return undefined;
}

/** The type whose label the words end with. */
function labelled(words: readonly string[]): MaskType | undefined {
  if (!labelEnds.has(words.at(-1) ?? "")) return undefined;
  for (let count = Math.min(maxLabelWords, words.length); count > 0; count -= 1) {
    const type = byLabel.get(words.slice(-count).join(" "));
    if (type !== undefined) return type;
  }
  return undefined;
}

const restOfClause = /^[^\n.;!?,]*/;
const explanation = /^\s(?:is|was|es|est|ist|[eè])\s/i;

/** The type of number that the words after it name, as in `… es mi número de pasaporte`. */
export function explainedType(after: string): MaskType | undefined {
  if (!explanation.test(after)) return undefined;
  const clause = restOfClause.exec(after)?.[0] ?? "";
  if (!explanation.test(clause)) return undefined;
  const match =
    /^ (?:is|was|es|est|ist|e) (?:my|his|her|their|our|mi|mon|ma|su|mein|meine|mijn|meu|minha|il mio|the) (.{3,60})$/.exec(
      plainWords(clause).replace(/ (?:and|und|et|y|e|but) .*$/, " "),
    );
  const words = match?.[1]?.trim().replace(/^(?:number|numero|nummer|no) (?:of|de|di|do|van) /, "") ?? "";
  return announcedType(words);
}
