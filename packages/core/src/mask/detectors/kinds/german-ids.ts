import { validate as atUid } from "stdnum/lib/cjs/at/uid.js";
import { validate as atVnr } from "stdnum/lib/cjs/at/vnr.js";
import { validate as chSsn } from "stdnum/lib/cjs/ch/ssn.js";
import { validate as chVat } from "stdnum/lib/cjs/ch/vat.js";
import { validate as deIdnr } from "stdnum/lib/cjs/de/idnr.js";
import { validate as deSvnr } from "stdnum/lib/cjs/de/svnr.js";
import { validate as deVat } from "stdnum/lib/cjs/de/vat.js";
import { isGermanDoctorNumber } from "../../checks/is-german-doctor-number.js";
import { isGermanHealthNumber } from "../../checks/is-german-health-number.js";
import { isGermanIdCard } from "../../checks/is-german-id-card.js";
import { stdnumCheck } from "../../checks/stdnum-check.js";
import { contextWords } from "../../context-words.js";
import type { IdKind } from "../id-kind.js";

/** Numbers of Germany, Austria and Switzerland. */
export const germanIds: readonly IdKind[] = [
  {
    type: "tax_id",
    alone: ["99999999999", "99 999 999 999"],
    isValid: stdnumCheck(deIdnr),
    words: contextWords(["steuer*", "idnr", "id nr", "tax id", "tin", "identifikationsnummer"]),
  },
  {
    type: "tax_id",
    alone: ["999/999/99999", "99/999/99999", "999/9999/9999"],
    words: contextWords(["steuer*", "st nr", "finanzamt", "tax number"]),
  },
  {
    type: "tax_id",
    anywhere: ["AA999999999", "AA 999 999 999", "AA-999-999-999", "AA 999999999"],
    isValid: (compact) => compact.startsWith("DE") && stdnumCheck(deVat)(compact),
    words: contextWords(["ust", "ustid*", "umsatzsteuer*", "vat", "mwst"]),
  },
  {
    type: "tax_id",
    alone: ["AA999999999"],
    isValid: (compact) => /^DE[1-9]/.test(compact),
    words: contextWords(["ust", "ustid*", "umsatzsteuer*", "vat", "mwst"]),
  },
  {
    type: "national_id",
    anywhere: ["99999999A999", "99 999999 A 999"],
    isValid: stdnumCheck(deSvnr),
    words: contextWords(["rentenversicherung*", "sozialversicherung*", "svnr", "rvnr", "social security"]),
  },
  {
    type: "national_id",
    alone: ["*********"],
    isValid: isGermanIdCard,
    words: contextWords(["personalausweis*", "ausweis*", "perso", "id card", "identity card"]),
  },
  {
    type: "health_id",
    alone: ["A999999999"],
    isValid: isGermanHealthNumber,
    words: contextWords(["krankenversicher*", "krankenkasse*", "versicherten*", "kvnr", "health insurance"]),
  },
  {
    type: "health_id",
    besideWords: ["999999999"],
    isValid: isGermanDoctorNumber,
    words: contextWords(["lanr", "arzt*", "doctor*", "physician"]),
  },
  {
    type: "health_id",
    besideWords: ["999999999"],
    words: contextWords(["bsnr", "betriebsstatte*", "betriebsstattennummer"]),
  },
  {
    type: "driver_licence",
    alone: ["AA99999999A"],
    besideWords: ["***********"],
    words: contextWords(["fuhrerschein*", "fahrerlaubnis*", "driver*", "driving"]),
  },
  {
    type: "national_id",
    anywhere: ["9999 999999"],
    besideWords: ["9999999999"],
    isValid: stdnumCheck(atVnr),
    words: contextWords(["sozialversicherung*", "svnr", "sv nummer", "versicherungsnummer"]),
  },
  {
    type: "tax_id",
    anywhere: ["AAA99999999"],
    isValid: stdnumCheck(atUid),
    words: contextWords(["uid", "ust*", "vat"]),
  },
  {
    type: "national_id",
    anywhere: ["999.9999.9999.99"],
    alone: ["9999999999999"],
    isValid: stdnumCheck(chSsn),
    words: contextWords(["ahv*", "avs", "sozialversicherung*", "navs"]),
  },
  {
    type: "tax_id",
    anywhere: ["AAA-999.999.999"],
    isValid: stdnumCheck(chVat),
    words: contextWords(["uid", "mwst", "tva", "iva", "vat"]),
  },
];
