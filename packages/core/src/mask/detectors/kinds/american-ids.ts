import { validate as arCuit } from "stdnum/lib/cjs/ar/cuit.js";
import { validate as brCnpj } from "stdnum/lib/cjs/br/cnpj.js";
import { validate as brCpf } from "stdnum/lib/cjs/br/cpf.js";
import { validate as caSin } from "stdnum/lib/cjs/ca/sin.js";
import { validate as clRut } from "stdnum/lib/cjs/cl/rut.js";
import { validate as mxCurp } from "stdnum/lib/cjs/mx/curp.js";
import { validate as mxRfc } from "stdnum/lib/cjs/mx/rfc.js";
import { validate as usEin } from "stdnum/lib/cjs/us/ein.js";
import { isAbaRoutingNumber } from "../../checks/is-aba-routing-number.js";
import { isDeaNumber } from "../../checks/is-dea-number.js";
import { isItin } from "../../checks/is-itin.js";
import { isMbi } from "../../checks/is-mbi.js";
import { isNpi } from "../../checks/is-npi.js";
import { isUsSsn } from "../../checks/is-us-ssn.js";
import { stdnumCheck } from "../../checks/stdnum-check.js";
import { contextWords } from "../../context-words.js";
import type { IdKind } from "../id-kind.js";

/** Numbers of the United States, Canada and Latin America. */
export const americanIds: readonly IdKind[] = [
  {
    type: "us_ssn",
    anywhere: ["999-99-9999"],
    alone: ["999 99 9999"],
    besideWords: ["999999999"],
    isValid: isUsSsn,
    words: contextWords(["ssn*", "ssid", "social security", "soc sec", "social"]),
  },
  {
    type: "tax_id",
    anywhere: ["999-99-9999"],
    alone: ["999 99 9999"],
    besideWords: ["999999999"],
    isValid: isItin,
    words: contextWords(["itin", "individual taxpayer", "tax id", "taxpayer", "tin"]),
  },
  {
    type: "tax_id",
    besideWords: ["99-9999999", "999999999"],
    isValid: stdnumCheck(usEin),
    words: contextWords([
      "ein",
      "fein",
      "employer identification",
      "federal tax",
      "tax id",
      "taxpayer",
      "tin",
    ]),
  },
  {
    type: "health_id",
    alone: ["9999 999 999", "9999-999-999"],
    besideWords: ["9999999999"],
    isValid: isNpi,
    words: contextWords(["npi", "provider", "national provider"]),
  },
  {
    type: "health_id",
    anywhere: ["9A*9-A*9-AA99"],
    alone: ["9A*9A*9AA99"],
    isValid: isMbi,
    words: contextWords(["mbi", "medicare", "beneficiary"]),
  },
  {
    type: "health_id",
    alone: ["AA9999999", "A99999999"],
    isValid: isDeaNumber,
    words: contextWords(["dea", "prescriber", "medical license", "medical licence", "physician"]),
  },
  {
    type: "bank_account",
    alone: ["9999-9999-9"],
    besideWords: ["999999999", "9999 9999 9"],
    isValid: isAbaRoutingNumber,
    words: contextWords(["routing", "aba", "rtn", "transit", "wire", "direct deposit", "bank"]),
  },
  {
    type: "national_id",
    alone: ["999 999 999", "999-999-999"],
    besideWords: ["999999999"],
    isValid: stdnumCheck(caSin),
    words: contextWords(["sin", "nas", "social insurance", "assurance sociale"]),
  },
  {
    type: "national_id",
    anywhere: ["999.999.999-99"],
    alone: ["99999999999", "999999999-99"],
    isValid: stdnumCheck(brCpf),
    words: contextWords(["cpf", "cadastro de pessoa*", "contribuinte"]),
  },
  {
    type: "tax_id",
    anywhere: ["99.999.999/9999-99"],
    alone: ["99999999999999"],
    isValid: stdnumCheck(brCnpj),
    words: contextWords(["cnpj", "cadastro nacional"]),
  },
  {
    type: "national_id",
    anywhere: ["AAAA999999AAAAAA*9"],
    isValid: stdnumCheck(mxCurp),
    words: contextWords(["curp", "clave unica"]),
  },
  {
    type: "tax_id",
    alone: ["AAAA999999***", "AAA999999***"],
    isValid: stdnumCheck(mxRfc),
    words: contextWords(["rfc", "registro federal"]),
  },
  {
    type: "national_id",
    besideWords: ["99.999.999", "99999999"],
    words: contextWords(["dni", "documento nacional", "documento de identidad"]),
  },
  {
    type: "tax_id",
    anywhere: ["99-99999999-9"],
    besideWords: ["99999999999"],
    isValid: stdnumCheck(arCuit),
    words: contextWords(["cuit", "cuil"]),
  },
  {
    type: "national_id",
    anywhere: ["99.999.999-*", "9.999.999-*"],
    alone: ["99999999-*", "9999999-*"],
    isValid: stdnumCheck(clRut),
    words: contextWords(["rut", "run", "rol unico"]),
  },
];
