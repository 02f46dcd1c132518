import { validate as cnRic } from "stdnum/lib/cjs/cn/ric.js";
import { validate as hkId } from "stdnum/lib/cjs/hk/hkid.js";
import { validate as ilId } from "stdnum/lib/cjs/il/idnr.js";
import { validate as inAadhaar } from "stdnum/lib/cjs/in/aadhaar.js";
import { validate as inGstin } from "stdnum/lib/cjs/in/gstin.js";
import { validate as inPan } from "stdnum/lib/cjs/in/pan.js";
import { validate as krBrn } from "stdnum/lib/cjs/kr/brn.js";
import { validate as sgUen } from "stdnum/lib/cjs/sg/uen.js";
import { validate as thIdnr } from "stdnum/lib/cjs/th/idnr.js";
import { validate as twNatid } from "stdnum/lib/cjs/tw/natid.js";
import { isDate } from "../../checks/is-date.js";
import { isKoreanDriverLicence } from "../../checks/is-korean-driver-licence.js";
import { isKoreanResidentNumber } from "../../checks/is-korean-resident-number.js";
import { isMalaysianId } from "../../checks/is-malaysian-id.js";
import { isNric } from "../../checks/is-nric.js";
import { stdnumCheck } from "../../checks/stdnum-check.js";
import { contextWords } from "../../context-words.js";
import type { IdKind } from "../id-kind.js";

const koreanResident = contextWords([
  "rrn",
  "frn",
  "resident registration",
  "주민등록번호",
  "외국인등록번호",
]);

/** Numbers of Asia. */
export const asianIds: readonly IdKind[] = [
  {
    type: "national_id",
    anywhere: ["9999 9999 9999", "9999-9999-9999", "9999:9999:9999", "9999.9999.9999"],
    alone: ["999999999999"],
    isValid: stdnumCheck(inAadhaar),
    words: contextWords(["aadhaar", "aadhar", "adhaar", "uidai"]),
  },
  {
    type: "tax_id",
    anywhere: ["AAAAA9999A"],
    isValid: stdnumCheck(inPan),
    words: contextWords(["pan", "permanent account"]),
  },
  {
    type: "tax_id",
    alone: ["AAAAA9999A"],
    words: contextWords(["pan", "permanent account"]),
  },
  {
    type: "tax_id",
    anywhere: ["99AAAAA9999A*A*"],
    isValid: stdnumCheck(inGstin),
    words: contextWords(["gst*"]),
  },
  {
    type: "tax_id",
    alone: ["99AAAAA9999A*A*"],
    isValid: (compact) => /^(?:[0-3]\d)/.test(compact) && compact[13] === "Z",
    words: contextWords(["gst*"]),
  },
  {
    type: "national_id",
    besideWords: ["AAA9999999"],
    words: contextWords(["voter*", "epic", "electoral", "election card"]),
  },
  {
    type: "national_id",
    anywhere: ["A9999999A"],
    isValid: isNric,
    words: contextWords(["nric", "fin", "singapore*", "identity card"]),
  },
  {
    type: "national_id",
    alone: ["A9999999A"],
    isValid: (compact) => /^[FGMST]/.test(compact),
    words: contextWords(["nric", "fin", "singapore*"]),
  },
  {
    type: "tax_id",
    alone: ["99999999A", "999999999A", "A99AA9999A"],
    isValid: stdnumCheck(sgUen),
    words: contextWords(["uen", "unique entity"]),
  },
  {
    type: "national_id",
    anywhere: ["999999-9999999"],
    alone: ["9999999999999"],
    isValid: isKoreanResidentNumber,
    words: koreanResident,
  },
  {
    // Since 2020 numbers are issued anew without a check digit.
    type: "national_id",
    besideWords: ["999999-9999999", "9999999999999"],
    isValid: (compact) => isDate(compact.slice(0, 6)) && /^\d{6}[1-4]/.test(compact),
    words: koreanResident,
  },
  {
    type: "tax_id",
    anywhere: ["999-99-99999"],
    besideWords: ["9999999999"],
    isValid: stdnumCheck(krBrn),
    words: contextWords(["brn", "business registration", "사업자등록번호"]),
  },
  {
    type: "driver_licence",
    anywhere: ["99-99-999999-99"],
    besideWords: ["999999999999"],
    isValid: isKoreanDriverLicence,
    words: contextWords(["driver*", "driving", "운전면허"]),
  },
  {
    type: "national_id",
    alone: ["9999999999999", "9-9999-99999-99-9", "9 9999 99999 99 9"],
    isValid: (compact) => /^[1-8]/.test(compact) && stdnumCheck(thIdnr)(compact),
    words: contextWords(["tnin", "thai*", "national id", "เลขประจำตัวประชาชน"]),
  },
  {
    type: "national_id",
    anywhere: ["99999999999999999*"],
    isValid: stdnumCheck(cnRic),
    words: contextWords(["身份证", "identity card", "resident identity"]),
  },
  {
    type: "national_id",
    alone: ["A999999999"],
    isValid: stdnumCheck(twNatid),
    words: contextWords(["身分證", "taiwan*", "national id"]),
  },
  {
    type: "national_id",
    besideWords: ["A999999*", "AA999999*"],
    isValid: stdnumCheck(hkId),
    words: contextWords(["hkid", "hong kong"]),
  },
  {
    type: "national_id",
    anywhere: ["999999-99-9999"],
    isValid: isMalaysianId,
    words: contextWords(["mykad", "kad pengenalan", "nric", "ic number"]),
  },
  {
    type: "national_id",
    besideWords: ["999999999"],
    isValid: stdnumCheck(ilId),
    words: contextWords(["teudat zehut", "israeli id", "mispar zehut"]),
  },
  {
    type: "national_id",
    anywhere: ["999-9999-9999999-9"],
    isValid: (compact) => compact.startsWith("784"),
    words: contextWords(["emirates id"]),
  },
  {
    type: "tax_id",
    anywhere: ["99.999.999.9-999.999"],
    words: contextWords(["npwp"]),
  },
  {
    type: "tax_id",
    besideWords: ["999-999-999-999", "999-999-999", "999999999", "999999999999"],
    words: contextWords(["bir", "taxpayer identification", "tin"]),
  },
];
