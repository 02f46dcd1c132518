import { weightedSum } from "./weighted-sum.js";

const weights = [10, 9, 8, 7, 6, 5, 4, 3, 2];

/** NHS number: ten digits, the last checks the others (modulus 11). */
export function isNhsNumber(digits: string): boolean {
  const check = (11 - (weightedSum(digits, weights) % 11)) % 11;
  return check < 10 && Number(digits[9]) === check && !/^(\d)\1*$/.test(digits);
}
