import { capitals, letters } from "./name-letters.js";

const word = `[${capitals}\\d][${letters}\\d'’.-]{0,30}`;
const small =
  "(?:de|du|des|la|le|les|del|della|delle|dei|di|da|do|dos|das|van|von|der|den|het|of|the|y|e|en|sur|am|an|im)";
const englishType =
  "(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Way|Place|Pl|Square|Sq|Terrace|Close|Crescent|Cres|Highway|Hwy|Parkway|Pkwy|Circle|Cir|Trail|Alley|Mews|Gardens|Grove|Row|Walk|Wharf|Quay)";
const romanType =
  "(?:[Rr]ue|[Aa]venue|[Aa]v\\.|[Bb]oulevard|[Bb]d|[Pp]lace|[Cc]hemin|[Ii]mpasse|[Aa]llée|[Qq]uai|[Cc]alle|C/|[Aa]venida|[Aa]vda\\.|[Pp]laza|[Pp]aseo|[Cc]arrer|[Rr]úa|[Vv]ia|[Vv]iale|[Pp]iazza|[Cc]orso|[Vv]icolo|[Rr]ua|[Tt]ravessa|[Pp]raça|[Uu]lica|[Uu]l\\.)";
const suffixType =
  "(?:stra(?:ß|ss)e|str\\.|gasse|weg|platz|allee|ring|damm|ufer|straat|laan|plein|kade|gracht|singel|gatan|gata|vägen|gränd|vej|gade|veien|veg|katu|kuja|tie|utca)";
const wordType = "(?:Straße|Strasse|Str\\.|Weg|Platz|Allee|Ring|Damm|tér|utca|út)";
const romanName = `(?:${small} |l'|d'){0,2}${word}(?: ${word}| ${small} ${word}){0,4}`;
const countries =
  "USA|United States|United Kingdom|UK|England|Canada|Australia|Germany|Deutschland|France|Spain|España|Italy|Italia|Austria|Österreich|Switzerland|Schweiz|Netherlands|Nederland|Belgium|Portugal|Ireland|India|Finland|Sweden|Norway|Denmark|Poland|Hungary|Estonia|Uruguay|New Zealand|South Africa";

const isWordEnd = new RegExp(`[${letters}.º] `);
const isStreetStart = new RegExp(`[ ,] ?[${capitals}\\drabpciqvtu]`, "y");
const after = new RegExp(
  `(?: ?[A-Za-z](?![${letters}\\d]))?(?:[/-]\\d{1,4})?,? (?:(?:${word} ){1,4}${englishType}(?![${letters}\\d])\\.?(?: [NSEW]{1,2}(?![${letters}]))?|${romanType} ${romanName})`,
  "y",
);
const streetWord = new RegExp(`(?:${romanType} |${suffixType},? $|${wordType},? $)`, "u");
const before = new RegExp(
  `(?<![${letters}\\d])(?:${romanType} ${romanName},? (?:nº |n\\. )?|[${capitals}][${letters}-]{1,40}${suffixType},? |(?:[${capitals}][${letters}.-]{1,30} ){1,3}${wordType} )$`,
);
const box = /(?:P\.? ?O\.? Box|Postfach|Apartado|Casella Postale|Boîte Postale) $/;
const fieldPost = /(?:(?:(?:psc|unit|cmr) \d{1,5},? box \d{1,5}|uss [a-z]{1,30})\s{1,3})?[afd]po,? a[aep] $/i;
const cue =
  /(?:[Aa]ddress(?:es)?(?: is| with|:|, here they are:)|[Ll]ives? (?:at|on)|[Ss]end (?:it|one) to|[Mm]eet me at|[Mm]oved to)\s{1,4}$/;
/** The ends of the cues. */
const isCueEnd = /[hnost:]\s{1,4}$/;
const cuedStreet = new RegExp(`(?: [${letters}\\d.'’-]{1,30}){1,4}?,? \\d{1,5}(?![${letters}\\d])`, "y");
const gap = ",? {0,2}\\n? {0,4}";
const town = `[${capitals}][${letters}.'’-]{1,30}(?: [${capitals}][${letters}.'’-]{1,30}){0,2}`;

/** What may follow a street: a flat, a town with its code, a region, a country. */
export const tail = new RegExp(
  `\\.?(?:${gap}(?:(?:Apt|Suite|Unit|Flat|Floor|Room|Ste|App|Apto|Piso|Wohnung|Bus)\\.? ?#?[\\dA-Z-]{1,6}|#\\d{1,5})){0,2}` +
    `(?:${gap}(?:[A-Z]{1,2}-)?\\d{4,6}(?:-\\d{3})? ${town}|(?:${gap}${town})?${gap}(?:[A-Z]{2},? )?(?:\\d{5}(?:-\\d{4})?(?!\\d)|[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}(?![A-Z\\d])|[A-Z]\\d[A-Z] ?\\d[A-Z]\\d(?![A-Z\\d])))?` +
    `(?:(?:${gap}${town})?${gap}(?:${countries})(?![${letters}])(?: \\d{4,6})?)?`,
  "y",
);

/** Where a street ends whose house number ends at `index`: `12 High Street`, `12 rue de la Paix`. */
export function streetAfter(text: string, index: number): number | undefined {
  isStreetStart.lastIndex = index;
  if (!isStreetStart.test(text) && !/[A-Za-z/-]/.test(text[index] ?? "")) return undefined;
  after.lastIndex = index;
  return after.test(text) ? after.lastIndex : undefined;
}

/** How long the street is that ends `text`, before its house number: `Calle Mayor `, `Hauptstraße `. */
export function streetBefore(text: string): number | undefined {
  if (!isWordEnd.test(text.slice(-2)) || !streetWord.test(text)) return undefined;
  return before.exec(text)?.[0].length;
}

/** The same for post boxes and military post. */
export const boxBefore = (text: string): number | undefined =>
  /[xhoeEaApPxX] /.test(text.slice(-2)) ? (box.exec(text) ?? fieldPost.exec(text))?.[0].length : undefined;

/** Where an address ends that words like `my address is` announce, and that has two numbers. */
export function cueBefore(text: string, index: number, beforeNumber: string): number | undefined {
  if (!isCueEnd.test(beforeNumber.slice(-5)) || !cue.test(beforeNumber)) return undefined;
  cuedStreet.lastIndex = index;
  return cuedStreet.test(text) ? cuedStreet.lastIndex : undefined;
}
