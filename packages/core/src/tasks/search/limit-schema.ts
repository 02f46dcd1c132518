import * as z from "zod";

/** How many to return: a whole number from 1 to `most`. */
export function limitSchema(most: number) {
  const error = `use a whole number from 1 to ${most}`;
  return z.int({ error }).min(1, { error }).max(most, { error });
}
