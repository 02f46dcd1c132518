const base64Run = /[A-Za-z0-9+/_-]{20,}={0,2}/g;
const hexRun = /(?:\b|\\x|0x)[0-9a-fA-F]{2}(?:[ :,]{0,2}(?:\\x|0x)?[0-9a-fA-F]{2}){9,}/g;
/** Longer runs are pictures and keys rather than orders. */
const mostCharacters = 8_000;
const mostPayloads = 8;
const readable = /^[\t\n\r -~\u00a0-\u{10ffff}]+$/u;
/** JSON is data: a signed token, a setting. */
const looksLikeData = /^\s*[{[]/;
const wordsInRow = /\p{L}{2,30}(?:[\s,.'!?:-]{1,3}\p{L}{1,30}){2}/u;

/** The sentences in a text that are written in base64 or hexadecimal; decoded once, never again. */
export function decodePayloads(text: string): string[] {
  const decoders: readonly (readonly [RegExp, (run: string) => Uint8Array | undefined])[] = [
    [base64Run, fromBase64],
    [hexRun, fromHex],
  ];
  const found: string[] = [];
  for (const [pattern, decode] of decoders) {
    for (const [run] of text.matchAll(pattern)) {
      if (found.length === mostPayloads) return found;
      const decoded = readText(decode(run.slice(0, mostCharacters)));
      if (decoded !== undefined) found.push(decoded);
    }
  }
  return found;
}

function readText(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  const text = new TextDecoder().decode(bytes).replace(/\ufffd?$/, "");
  return readable.test(text) && wordsInRow.test(text) && !looksLikeData.test(text) ? text : undefined;
}

function fromBase64(run: string): Uint8Array | undefined {
  const plain = run.replaceAll("-", "+").replaceAll("_", "/").replace(/=+$/, "");
  const whole = plain.slice(0, plain.length - (plain.length % 4 === 1 ? 1 : 0));
  try {
    return Uint8Array.from(atob(whole), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function fromHex(run: string): Uint8Array | undefined {
  const digits = run.replace(/\\x|0x|[^0-9a-fA-F]/g, "");
  const bytes = digits.match(/../g) ?? [];
  return Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 16));
}
