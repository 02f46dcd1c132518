import type { Detector, Span } from "./detector.js";

/** Length by country: SWIFT IBAN Registry, and the countries that use IBANs without being in it. */
const lengths: ReadonlyMap<string, number> = new Map(
  (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 " +
    "EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 " +
    "KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 " +
    "PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 " +
    "UA29 VA22 VG24 XK20 YE30 " +
    "AO25 BF28 BJ28 CF27 CG27 CI28 CM27 CV25 DZ26 GA27 GQ27 GW25 IR26 KM27 MA28 MG27 ML28 MZ25 NE28 SN28 TD27 TG28"
  )
    .split(" ")
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);
const opening = /(?<![A-Za-z0-9])(?:[A-Z]{2}|[a-z]{2})\d{2}(?=[ -]?[A-Za-z0-9])/g;
const isAlphanumeric = (character: string | undefined) =>
  character !== undefined && /[A-Za-z0-9]/.test(character);

/** International bank account numbers with a valid check (ISO 13616, mod 97), also in groups. */
export const ibanDetector: Detector = {
  type: "iban",
  *find({ text }) {
    for (const { 0: match, index } of text.matchAll(opening)) {
      const length = lengths.get(match.slice(0, 2).toUpperCase());
      const span = length === undefined ? undefined : accountAt(text, index, length);
      if (span !== undefined) yield { ...span, score: 1, why: ["pattern", "checksum"] };
    }
  },
};

function accountAt(text: string, start: number, length: number): Span | undefined {
  let account = "";
  let end = start;
  while (account.length < length) {
    if (end > start && /[ -]/.test(text[end] ?? "")) end += 1;
    const character = text[end];
    if (character === undefined || !isAlphanumeric(character)) return undefined;
    account += character;
    end += 1;
  }
  const isOneCase = account === account.toUpperCase() || account === account.toLowerCase();
  return isOneCase && !isAlphanumeric(text[end]) && hasValidCheck(account) ? { start, end } : undefined;
}

function hasValidCheck(account: string): boolean {
  let remainder = 0;
  for (const character of account.slice(4) + account.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}
