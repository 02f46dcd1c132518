import { isDate } from "./is-date.js";
import { weightedSum } from "./weighted-sum.js";

const weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];

/**
 * Korean resident (1 to 4 after the birthday) and foreigner registration number (5 to 8). Residents' numbers of today
 * have no check digit any more.
 */
export function isKoreanResidentNumber(digits: string): boolean {
  if (!isDate(digits.slice(0, 6))) return false;
  if (/^\d{6}[1-4]/.test(digits)) return true;
  return /^\d{6}[5-8]/.test(digits) && (13 - (weightedSum(digits, weights) % 11)) % 10 === Number(digits[12]);
}
