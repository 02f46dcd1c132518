import { validate as beNn } from "stdnum/lib/cjs/be/nn.js";
import { validate as bgEgn } from "stdnum/lib/cjs/bg/egn.js";
import { validate as czRc } from "stdnum/lib/cjs/cz/rc.js";
import { validate as dkCpr } from "stdnum/lib/cjs/dk/cpr.js";
import { validate as esCif } from "stdnum/lib/cjs/es/cif.js";
import { validate as esDni } from "stdnum/lib/cjs/es/dni.js";
import { validate as esNie } from "stdnum/lib/cjs/es/nie.js";
import { validate as frNir } from "stdnum/lib/cjs/fr/nir.js";
import { validate as frSiret } from "stdnum/lib/cjs/fr/siret.js";
import { validate as frTva } from "stdnum/lib/cjs/fr/tva.js";
import { validate as hrOib } from "stdnum/lib/cjs/hr/oib.js";
import { validate as itCodiceFiscale } from "stdnum/lib/cjs/it/codicefiscale.js";
import { validate as itIva } from "stdnum/lib/cjs/it/iva.js";
import { validate as nlBsn } from "stdnum/lib/cjs/nl/bsn.js";
import { validate as nlBtw } from "stdnum/lib/cjs/nl/btw.js";
import { validate as noFodselsnummer } from "stdnum/lib/cjs/no/fodselsnummer.js";
import { validate as plNip } from "stdnum/lib/cjs/pl/nip.js";
import { validate as plPesel } from "stdnum/lib/cjs/pl/pesel.js";
import { validate as ptNif } from "stdnum/lib/cjs/pt/nif.js";
import { validate as roCnp } from "stdnum/lib/cjs/ro/cnp.js";
import { validate as seOrgnr } from "stdnum/lib/cjs/se/orgnr.js";
import { validate as trKimlik } from "stdnum/lib/cjs/tr/tckimlik.js";
import { hasCprCheck } from "../../checks/has-cpr-check.js";
import { isHetu } from "../../checks/is-hetu.js";
import { isPersonnummer } from "../../checks/is-personnummer.js";
import { stdnumCheck } from "../../checks/stdnum-check.js";
import { contextWords } from "../../context-words.js";
import type { IdKind } from "../id-kind.js";

/** Numbers of the other countries of Europe, and of Turkey. */
export const europeanIds: readonly IdKind[] = [
  {
    type: "national_id",
    anywhere: ["9 99 99 99 999 999 99", "9 99 99 9* 999 999 99"],
    alone: ["999999999999999"],
    isValid: stdnumCheck(frNir),
    words: contextWords(["nir", "securite sociale", "numero de secu", "insee", "social security"]),
  },
  {
    type: "tax_id",
    besideWords: ["99999999999999", "999 999 999 99999"],
    isValid: stdnumCheck(frSiret),
    words: contextWords(["siret"]),
  },
  {
    type: "tax_id",
    anywhere: ["AA99999999999", "AA 99 999999999", "AA 99 999 999 999"],
    isValid: (compact) => compact.startsWith("FR") && stdnumCheck(frTva)(compact),
    words: contextWords(["tva", "vat"]),
  },
  {
    type: "national_id",
    anywhere: ["99999999A", "99999999-A", "99.999.999-A", "99.999.999A"],
    alone: ["9999999-A"],
    isValid: (compact) => stdnumCheck(esDni)(compact.padStart(9, "0")),
    words: contextWords(["dni", "nif", "documento nacional", "identidad"]),
  },
  {
    type: "national_id",
    anywhere: ["A9999999A", "A-9999999-A", "A9999999-A"],
    isValid: stdnumCheck(esNie),
    words: contextWords(["nie", "extranjero*", "identidad"]),
  },
  {
    type: "tax_id",
    alone: ["A9999999*", "A-9999999*"],
    isValid: stdnumCheck(esCif),
    words: contextWords(["cif", "nif"]),
  },
  {
    type: "national_id",
    besideWords: ["99/99999999/99", "99/9999999/99", "99 99999999 99", "999999999999"],
    words: contextWords(["seguridad social", "nuss", "naf"]),
  },
  {
    type: "tax_id",
    anywhere: ["AAAAAA99A99A999A"],
    isValid: stdnumCheck(itCodiceFiscale),
    words: contextWords(["codice fiscale", "cf", "c f"]),
  },
  {
    type: "tax_id",
    besideWords: ["99999999999"],
    isValid: stdnumCheck(itIva),
    words: contextWords(["partita iva", "p iva", "piva", "iva", "vat"]),
  },
  {
    type: "tax_id",
    anywhere: ["AA99999999999"],
    isValid: (compact) => compact.startsWith("IT") && stdnumCheck(itIva)(compact),
    words: contextWords(["partita iva", "p iva", "piva", "iva", "vat"]),
  },
  {
    type: "national_id",
    besideWords: ["999999999", "9999.99.999", "9999 99 999"],
    isValid: stdnumCheck(nlBsn),
    words: contextWords(["bsn", "burgerservicenummer", "sofi*", "persoonsnummer"]),
  },
  {
    type: "tax_id",
    anywhere: ["AA999999999A99"],
    isValid: stdnumCheck(nlBtw),
    words: contextWords(["btw", "vat"]),
  },
  {
    type: "tax_id",
    besideWords: ["99999999"],
    words: contextWords(["kvk", "kv k", "kamer van koophandel"]),
  },
  {
    type: "national_id",
    anywhere: ["99.99.99-999.99"],
    alone: ["99999999999"],
    isValid: stdnumCheck(beNn),
    words: contextWords(["rijksregister*", "registre national", "nationaal nummer", "niss", "insz"]),
  },
  {
    type: "national_id",
    alone: ["99999999999"],
    isValid: stdnumCheck(plPesel),
    words: contextWords(["pesel"]),
  },
  {
    type: "tax_id",
    alone: ["999-999-99-99", "999-99-99-999"],
    besideWords: ["9999999999"],
    isValid: stdnumCheck(plNip),
    words: contextWords(["nip", "podatkow*"]),
  },
  {
    type: "national_id",
    anywhere: ["999999-9999", "99999999-9999"],
    alone: ["999999999999"],
    besideWords: ["9999999999"],
    isValid: isPersonnummer,
    words: contextWords(["personnummer", "personnr", "samordningsnummer", "pnr"]),
  },
  {
    type: "tax_id",
    alone: ["999999-9999"],
    besideWords: ["9999999999"],
    isValid: (compact) => /^\d\d[2-9]/.test(compact) && stdnumCheck(seOrgnr)(compact),
    words: contextWords(["organisationsnummer", "orgnr", "org nr"]),
  },
  {
    type: "national_id",
    anywhere: ["999999-999*", "999999A999*"],
    isValid: isHetu,
    words: contextWords(["henkilotunnus", "hetu", "personbeteckning"]),
  },
  {
    type: "national_id",
    alone: ["999999-9999"],
    isValid: (compact) => stdnumCheck(dkCpr)(compact) && hasCprCheck(compact),
    words: contextWords(["cpr"]),
  },
  {
    // Since 2007 some are issued without a check digit.
    type: "national_id",
    besideWords: ["999999-9999", "9999999999"],
    isValid: stdnumCheck(dkCpr),
    words: contextWords(["cpr"]),
  },
  {
    type: "national_id",
    anywhere: ["999999 99999"],
    alone: ["99999999999"],
    isValid: stdnumCheck(noFodselsnummer),
    words: contextWords(["fodselsnummer", "personnummer", "fnr"]),
  },
  {
    type: "tax_id",
    besideWords: ["999999999", "999 999 999"],
    isValid: stdnumCheck(ptNif),
    words: contextWords(["nif", "contribuinte", "numero fiscal"]),
  },
  {
    type: "national_id",
    besideWords: ["99999999 9 AA9", "999999999AA9", "99999999999"],
    words: contextWords(["cartao de cidadao", "seguranca social"]),
  },
  {
    type: "health_id",
    besideWords: ["999999999", "999 999 999"],
    words: contextWords(["sns", "utente"]),
  },
  {
    type: "national_id",
    anywhere: ["999999/9999"],
    besideWords: ["9999999999", "999999/999"],
    isValid: stdnumCheck(czRc),
    words: contextWords(["rodne cislo", "rc"]),
  },
  {
    type: "national_id",
    alone: ["9999999999999"],
    isValid: stdnumCheck(roCnp),
    words: contextWords(["cnp", "cod numeric"]),
  },
  {
    type: "national_id",
    besideWords: ["9999999999"],
    isValid: stdnumCheck(bgEgn),
    words: contextWords(["egn", "егн"]),
  },
  {
    type: "national_id",
    besideWords: ["99999999999"],
    isValid: stdnumCheck(hrOib),
    words: contextWords(["oib", "osobni identifikacijski*"]),
  },
  {
    type: "national_id",
    alone: ["99999999999"],
    isValid: stdnumCheck(trKimlik),
    words: contextWords(["kimlik", "tc kimlik", "tckn", "tc no", "tc", "turkish id", "vatandas*"]),
  },
];
