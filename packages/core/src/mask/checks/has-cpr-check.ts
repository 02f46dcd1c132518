import { weightedSum } from "./weighted-sum.js";

const weights = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];

/** The check digit (modulus 11) that most Danish personal numbers have. */
export const hasCprCheck = (digits: string): boolean => weightedSum(digits, weights) % 11 === 0;
