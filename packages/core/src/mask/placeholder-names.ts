import { hmac } from "@noble/hashes/hmac";
import { sha256 } from "@noble/hashes/sha2";
import { invalidConfig } from "../errors/invalid-config.js";

/** What tells the placeholders of one conversation from those of others, and from each other. */
export interface PlaceholderNames {
  /** Four of `a-z0-9`, the same for the whole conversation. */
  code(): string;
  /** The number of a value that is hidden when `issued` others are. */
  numberOf(original: string, issued: number): number;
}

const codeShape = /^[a-z0-9]{4}$/;
const alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
const codeLength = 4;

/** Names for one call: a code that is made when the first value is hidden, numbers in their order. */
export function namesForCall(createCode: () => string = randomCode): PlaceholderNames {
  let code: string | undefined;
  return {
    code: () => (code ??= checkedCode(createCode())),
    numberOf: (_original, issued) => issued + 1,
  };
}

/** Numbers of nine digits, the first no zero; a million are left for values that ask for the same one. */
const lowestNumber = 100_000_000;
const numbers = 899_000_000;

/**
 * Names that stay the same over the calls of a conversation: made from a key, so that nobody without it can tell which
 * value, or whose, a placeholder stands for.
 */
export function namesForConversation(
  key: string | Uint8Array,
  { tenantId, conversation }: { readonly tenantId?: string | undefined; readonly conversation: string },
): PlaceholderNames {
  let made: Uint8Array | undefined;
  const conversationKey = () => (made ??= digest(key, JSON.stringify([tenantId ?? null, conversation])));
  let code: string | undefined;
  return {
    code: () => (code ??= lettersOf(digest(conversationKey(), "code"))),
    numberOf(original) {
      const bytes = digest(conversationKey(), `value ${original}`);
      return lowestNumber + (new DataView(bytes.buffer).getUint32(0) % numbers);
    },
  };
}

const digest = (key: string | Uint8Array, text: string) => hmac(sha256, key, text);

function lettersOf(bytes: Uint8Array, start = 0): string {
  let letters = "";
  for (const byte of bytes.subarray(start, start + codeLength)) letters += alphabet[byte % alphabet.length];
  return letters;
}

/** Drawn for many codes at once: to ask for a few costs as much. */
const drawn = new Uint8Array(256 * codeLength);
let used = drawn.length;

function randomCode(): string {
  if (used === drawn.length) {
    crypto.getRandomValues(drawn);
    used = 0;
  }
  used += codeLength;
  return lettersOf(drawn, used - codeLength);
}

function checkedCode(code: string): string {
  if (codeShape.test(code)) return code;
  throw invalidConfig("Pattern masker", ["createNonce: must return four characters of a-z and 0-9"]);
}
