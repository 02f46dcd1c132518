/**
 * Letters and marks of Latin, Greek, Cyrillic and the scripts up to Hangul, for a character class. `\p{L}` would do, but
 * makes patterns that take the engine milliseconds to compile, again and again.
 */
export const letters = "A-Za-z\\u00c0-\\u024f\\u0300-\\u1fff\\u3040-\\ud7ff";

/** Capitals, and letters of Latin's extensions of either case. */
export const capitals = "A-Z\\u00c0-\\u00de\\u0100-\\u024f\\u0386-\\u03ab\\u0400-\\u042f\\u1e00-\\u1eff";
