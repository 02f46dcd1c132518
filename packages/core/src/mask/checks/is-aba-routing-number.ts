import { weightedSum } from "./weighted-sum.js";

const district = /^(?:0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)/;
const weights = [3, 7, 1, 3, 7, 1, 3, 7, 1];

/** US bank routing number: a Federal Reserve district first, and a weighted sum that ends in 0. */
export const isAbaRoutingNumber = (digits: string): boolean =>
  district.test(digits) && weightedSum(digits, weights) % 10 === 0 && digits !== "000000000";
