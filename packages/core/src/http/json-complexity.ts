import { GatewayError } from "../errors/gateway-error.js";

/** Most levels of nesting. */
const maxDepth = 64;
/** Most keys of all objects together, and most commas: those bound the entries of lists. */
const maxEntries = 10_000;
/** Longest key, characters. */
const maxKeyLength = 1024;

/** Keys that reach an object's prototype when code copies them carelessly. */
const unsafeKeys: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Measures JSON text before anything parses it. Iterative, so depth costs no stack; malformed text is left to the parser.
 *
 * @throws `too_complex`
 */
export function checkTextComplexity(text: string): void {
  let depth = 0;
  let keys = 0;
  let commas = 0;
  let stringLength = 0;
  for (let index = 0; index < text.length; index++) {
    switch (text[index]) {
      case '"': {
        const end = endOfString(text, index);
        stringLength = end - index - 1;
        index = end;
        break;
      }
      case "{":
      case "[":
        depth++;
        break;
      case "}":
      case "]":
        depth--;
        break;
      case ",":
        commas++;
        break;
      case ":":
        keys++;
        if (stringLength > maxKeyLength) throw tooComplex();
        break;
    }
    if (depth > maxDepth || keys > maxEntries || commas > maxEntries) throw tooComplex();
  }
}

/** Where the string that opens at `start` closes; the end of the text when it does not. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === "\\") backslashes++;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}

/**
 * The same limits for a value that someone else has parsed. Level by level, so neither depth nor a cycle costs stack.
 *
 * @throws `too_complex`
 */
export function checkValueComplexity(value: unknown): void {
  let keys = 0;
  let commas = 0;
  let level = [value].filter(isObject);
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > maxDepth) throw tooComplex();
    const next: object[] = [];
    for (const parent of level) {
      const names = Array.isArray(parent) ? [] : Object.keys(parent);
      const entries = Array.isArray(parent) ? parent.length : names.length;
      keys += names.length;
      commas += Math.max(0, entries - 1);
      const isTooLarge = keys > maxEntries || commas > maxEntries;
      if (isTooLarge || names.some((name) => name.length > maxKeyLength)) throw tooComplex();
      next.push(...Object.values(parent).filter(isObject));
    }
    level = next;
  }
}

/** A copy without the keys that could reach a prototype. Only for values that passed the check: it recurses. */
export function withoutUnsafeKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUnsafeKeys);
  if (!isObject(value)) return value;
  const safe = Object.entries(value).filter(([key]) => !unsafeKeys.has(key));
  return Object.fromEntries(safe.map(([key, inner]) => [key, withoutUnsafeKeys(inner)]));
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

const tooComplex = () =>
  new GatewayError(
    "too_complex",
    `The body is too complex: at most ${maxDepth} levels, ${maxEntries} entries, keys of ${maxKeyLength} characters.`,
  );
