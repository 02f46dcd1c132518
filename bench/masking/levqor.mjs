import { patternMasker } from "@levqor/core";
import { qualityOf } from "./asks.mjs";

const masker = patternMasker();

export async function setup() {
  const mask = (text) => masker.mask(text, {}).value;
  return { mask, facts: await qualityOf(mask) };
}
