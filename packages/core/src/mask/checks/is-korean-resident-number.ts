import { isDate } from "./is-date.js";
import { weightedSum } from "./weighted-sum.js";

const weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
/** Born in October 2020 or later: their numbers have no check digit. */
const bornLate = /^(?:201[0-2]|2[1-9]\d\d|3\d{3})\d\d[34]/;

/** Korean resident (1 to 4 after the birthday) and foreigner registration number (5 to 8). */
export function isKoreanResidentNumber(digits: string): boolean {
  if (!isDate(digits.slice(0, 6))) return false;
  const rest = weightedSum(digits, weights) % 11;
  const check = Number(digits[12]);
  if (/^\d{6}[1-4]/.test(digits)) return bornLate.test(digits) || (11 - rest) % 10 === check;
  return /^\d{6}[5-8]/.test(digits) && (13 - rest) % 10 === check;
}
