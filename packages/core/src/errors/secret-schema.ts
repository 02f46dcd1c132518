import * as z from "zod";
import { once } from "../once.js";

const fewestBytes = 32;
const fewestDifferent = 8;

/** A secret that is long and random enough to be a key, as text or bytes. No message quotes it. */
export const secretSchema = once(() =>
  z.unknown().superRefine((secret, context) => {
    const problem = secretProblem(secret);
    if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
  }),
);

function secretProblem(secret: unknown): string | undefined {
  if (secret === undefined) return "is missing";
  if (typeof secret !== "string" && !(secret instanceof Uint8Array)) return "must be a text or bytes";
  const bytes = typeof secret === "string" ? new TextEncoder().encode(secret) : secret;
  if (bytes.length < fewestBytes) return `must have at least ${fewestBytes} bytes`;
  // Of 32 random bytes, written in whatever way, hardly ever fewer than 8 are different.
  return new Set(bytes).size < fewestDifferent
    ? "must be random, not a few characters again and again"
    : undefined;
}
