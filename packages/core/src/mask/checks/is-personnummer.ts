import { isDate } from "./is-date.js";
import { passesLuhn } from "./passes-luhn.js";

/** Swedish personal number, ten or twelve digits: a birthday (coordination numbers add 60 to the day), then Luhn. */
export function isPersonnummer(digits: string): boolean {
  const date = digits.slice(0, -4);
  const day = Number(date.slice(-2));
  const birthday = day > 60 ? date.slice(0, -2) + String(day - 60).padStart(2, "0") : date;
  return isDate(birthday) && passesLuhn(digits.slice(-10));
}
