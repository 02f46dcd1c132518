import { patternMasker } from "@levqor/core";
import { harnessModule } from "../harness-module.mjs";

export const meta = { label: "levqor patternMasker" };

export async function setup() {
  const { piiContender } = await harnessModule("pii/_text.mjs");
  const masker = patternMasker();
  // Beyond 32 K characters a promise, as others get their turn in between.
  return piiContender((text) => {
    const masked = masker.mask(text, {});
    return masked instanceof Promise ? masked.then(({ value }) => value) : masked.value;
  });
}
