import { validate as gbNino } from "stdnum/lib/cjs/gb/nino.js";
import { validate as gbUtr } from "stdnum/lib/cjs/gb/utr.js";
import { validate as gbVat } from "stdnum/lib/cjs/gb/vat.js";
import { validate as iePps } from "stdnum/lib/cjs/ie/pps.js";
import { isBritishDrivingLicence } from "../../checks/is-british-driving-licence.js";
import { isNhsNumber } from "../../checks/is-nhs-number.js";
import { stdnumCheck } from "../../checks/stdnum-check.js";
import { contextWords } from "../../context-words.js";
import type { IdKind } from "../id-kind.js";

/** Numbers of the United Kingdom and Ireland. */
export const britishIds: readonly IdKind[] = [
  {
    type: "national_id",
    anywhere: ["AA999999A", "AA 99 99 99 A", "AA 999999 A", "AA-99-99-99-A"],
    isValid: stdnumCheck(gbNino),
    words: contextWords(["nino", "national insurance", "ni number", "insurance number"]),
  },
  {
    type: "health_id",
    anywhere: ["999 999 9999"],
    alone: ["999-999-9999"],
    besideWords: ["9999999999"],
    isValid: isNhsNumber,
    words: contextWords(["nhs", "national health"]),
  },
  {
    type: "tax_id",
    besideWords: ["9999999999", "99999 99999"],
    isValid: stdnumCheck(gbUtr),
    words: contextWords(["utr", "unique taxpayer", "self assessment", "hmrc"]),
  },
  {
    type: "tax_id",
    anywhere: ["AA999999999", "AA 999 9999 99"],
    besideWords: ["999 9999 99"],
    isValid: stdnumCheck(gbVat),
    words: contextWords(["vat"]),
  },
  {
    type: "driver_licence",
    anywhere: ["A****999999A**AA"],
    isValid: isBritishDrivingLicence,
    words: contextWords(["driving", "driver*", "licen*", "dvla"]),
  },
  {
    type: "bank_account",
    besideWords: ["99-99-99", "999999", "99 99 99"],
    words: contextWords(["sort code", "sortcode"]),
  },
  {
    type: "national_id",
    alone: ["9999999A", "9999999AA"],
    isValid: stdnumCheck(iePps),
    words: contextWords(["pps", "ppsn", "personal public service"]),
  },
];
