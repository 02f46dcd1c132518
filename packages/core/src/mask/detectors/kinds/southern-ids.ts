import { validate as auAbn } from "stdnum/lib/cjs/au/abn.js";
import { validate as auAcn } from "stdnum/lib/cjs/au/acn.js";
import { validate as auTfn } from "stdnum/lib/cjs/au/tfn.js";
import { validate as nzIrd } from "stdnum/lib/cjs/nz/ird.js";
import { validate as zaId } from "stdnum/lib/cjs/za/idnr.js";
import { isMedicareAustralia } from "../../checks/is-medicare-australia.js";
import { stdnumCheck } from "../../checks/stdnum-check.js";
import { contextWords } from "../../context-words.js";
import type { IdKind } from "../id-kind.js";

/** Numbers of Australia, New Zealand and Africa. */
export const southernIds: readonly IdKind[] = [
  {
    type: "tax_id",
    alone: ["999 999 999"],
    besideWords: ["999999999", "999-999-999"],
    isValid: stdnumCheck(auTfn),
    words: contextWords(["tfn", "tax file"]),
  },
  {
    type: "tax_id",
    anywhere: ["99 999 999 999"],
    alone: ["99999999999"],
    isValid: stdnumCheck(auAbn),
    words: contextWords(["abn", "australian business"]),
  },
  {
    type: "tax_id",
    alone: ["999 999 999"],
    besideWords: ["999999999"],
    isValid: stdnumCheck(auAcn),
    words: contextWords(["acn", "australian company"]),
  },
  {
    type: "health_id",
    anywhere: ["9999 99999 9"],
    besideWords: ["9999999999"],
    isValid: isMedicareAustralia,
    words: contextWords(["medicare"]),
  },
  {
    type: "tax_id",
    besideWords: ["999999999", "999-999-999", "99-999-999"],
    isValid: stdnumCheck(nzIrd),
    words: contextWords(["ird", "inland revenue"]),
  },
  {
    type: "national_id",
    alone: ["9999999999999", "999999 9999 999", "999999 9999 99 9"],
    isValid: stdnumCheck(zaId),
    words: contextWords(["rsa id", "south african", "sa id", "id number", "identity number"]),
  },
  {
    type: "national_id",
    besideWords: ["99999999999"],
    words: contextWords(["nin", "nimc"]),
  },
];
