import * as z from "zod";

/** A string that says something; `message` tells the caller what is missing. It has no maximum: long text is cut later. */
export function requiredText(message: string) {
  return z.string({ error: message }).refine((text) => text.trim() !== "", { error: message });
}
