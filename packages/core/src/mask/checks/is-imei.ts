import { passesLuhn } from "./passes-luhn.js";

/** Serial number of a mobile device: fifteen digits with a Luhn check. */
export const isImei = (digits: string): boolean => passesLuhn(digits) && !/^(\d)\1*$/.test(digits);
