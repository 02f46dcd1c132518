import { weightedSum } from "./weighted-sum.js";

/** Australian Medicare card: begins with 2 to 6, the ninth digit checks the first eight. */
export const isMedicareAustralia = (digits: string): boolean =>
  /^[2-6]/.test(digits) && weightedSum(digits, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === Number(digits[8]);
