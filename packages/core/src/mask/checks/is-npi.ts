import { passesLuhn } from "./passes-luhn.js";

/** US national provider identifier: begins with 1 or 2, Luhn with the prefix 80840 of health cards. */
export const isNpi = (digits: string): boolean => /^[12]/.test(digits) && passesLuhn(`80840${digits}`);
