// How the names of types in a labelled set and in this masker correspond.

/** Types that are prose, not values with a form of their own; they are counted apart. */
export const proseTypes = new Set(["ADDRESS", "PERSON", "LOCATION", "ORG", "TITLE", "AGE", "NRP", "DATE"]);

/** Types whose values carry check digits, or parts that only some digits may stand in. */
export const checkedTypes = new Set(
  (
    "AU_ABN AU_ACN AU_MEDICARE AU_TFN CA_SIN CREDIT_CARD CRYPTO DE_HEALTH_INSURANCE DE_ID_CARD DE_LANR DE_SOCIAL_SECURITY " +
    "DE_TAX_ID DE_VAT_ID ES_NIE ES_NIF FI_PERSONAL_IDENTITY_CODE IBAN IN_AADHAAR IN_GSTIN IT_FISCAL_CODE IT_VAT_CODE KR_BRN " +
    "KR_FRN KR_RRN MEDICAL_LICENSE PL_PESEL SE_ORGANISATIONSNUMMER SE_PERSONNUMMER SG_NRIC_FIN SG_UEN TH_TNIN TR_NATIONAL_ID " +
    "UK_NHS US_NPI US_ROUTING ZA_ID_NUMBER"
  ).split(" "),
);

/** Patterns of the set's type names, and the type that this masker gives to such values. */
const ownTypes = /** @type {const} */ ([
  [/^IP$/, "ip_address"],
  [/^MAC$/, "mac_address"],
  [/^CRYPTO$/, "crypto_address"],
  [/^(US_ROUTING|BANK_ACCOUNT)$/, "bank_account"],
  [/PHONE|MOBILE/, "phone"],
  [/PASSPORT/, "passport"],
  [/DRIV|FUEHRERSCHEIN/, "driver_licence"],
  [/HEALTH|MEDICARE|NHS|NPI|MBI|LANR|BSNR|MEDICAL|PATIENT|INSURANCE/, "health_id"],
  [/TAX|VAT|TIN$|PAN$|GSTIN|ABN|ACN|UTR|UEN|BRN|ORGANISATION/, "tax_id"],
  [/^US_SSN$/, "us_ssn"],
  [/POSTCODE|PLZ/, "address"],
  [/^(EMAIL|CREDIT_CARD|IBAN|SECRET|PERSON|ADDRESS)$/, ""],
  [/./, "national_id"],
]);

/** @param {string} type of a set */
export function ownType(type) {
  const known = ownTypes.find(([pattern]) => pattern.test(type))?.[1];
  return known === undefined || known === "" ? type.toLowerCase() : known;
}
