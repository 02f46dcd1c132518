import { passesLuhnFromLeft } from "./passes-luhn-from-left.js";

/** Lifelong part of a German health insurance number: the letter counts as its place in the alphabet, in two digits. */
export function isGermanHealthNumber(compact: string): boolean {
  const place = String(compact.charCodeAt(0) - 64).padStart(2, "0");
  return passesLuhnFromLeft(place + compact.slice(1, 9), Number(compact[9]));
}
