/** What the built-in masker looks for; in capitals, the first part of a placeholder. */
export const maskTypes = [
  "email",
  "phone",
  "credit_card",
  "iban",
  "ip_address",
  "mac_address",
  "us_ssn",
  "secret",
] as const;

/** One of {@link maskTypes}. */
export type MaskType = (typeof maskTypes)[number];
