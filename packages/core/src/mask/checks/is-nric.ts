import { weightedSum } from "./weighted-sum.js";

const weights = [2, 7, 6, 5, 4, 3, 2];
const checks: Readonly<Record<string, readonly [string, number]>> = {
  S: ["JZIHGFEDCBA", 0],
  T: ["JZIHGFEDCBA", 4],
  F: ["XWUTRQPNMLK", 0],
  G: ["XWUTRQPNMLK", 4],
  M: ["KLJNPQRTUWX", 3],
};

/** Singapore's identity (NRIC) and foreign identification number (FIN): a series, seven digits, a check letter. */
export function isNric(compact: string): boolean {
  const [letters, offset] = checks[compact[0] ?? ""] ?? [];
  if (letters === undefined || offset === undefined) return false;
  const rest = (weightedSum(compact.slice(1, 8), weights) + offset) % 11;
  const place = compact[0] === "M" ? 10 - rest : rest;
  return letters[place] === compact[8];
}
