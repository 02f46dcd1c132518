import * as z from "zod";

/** A bounded string for names and labels. @default at most 200 characters */
export function shortText(maxCharacters = 200) {
  return z
    .string({ error: "must be text" })
    .max(maxCharacters, { error: `use at most ${maxCharacters} characters` });
}
