import { weightedSum } from "./weighted-sum.js";

/** Germany's lifelong number of a doctor: seven digits, of which the last checks, and two for the specialty. */
export function isGermanDoctorNumber(digits: string): boolean {
  const check = (10 - (weightedSum(digits, [4, 9, 4, 9, 4, 9]) % 10)) % 10;
  return check === Number(digits[6]) && !digits.endsWith("00");
}
