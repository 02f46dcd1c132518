/** What the built-in masker looks for; in capitals, the first part of a placeholder. */
export const maskTypes = [
  "email",
  "phone",
  "credit_card",
  "iban",
  "bank_account",
  "crypto_address",
  "ip_address",
  "mac_address",
  "us_ssn",
  "national_id",
  "tax_id",
  "health_id",
  "passport",
  "driver_licence",
  "device_id",
  "vehicle_id",
  "date_of_birth",
  "person",
  "address",
  "secret",
] as const;

/** One of {@link maskTypes}. */
export type MaskType = (typeof maskTypes)[number];
