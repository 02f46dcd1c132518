/** What people write where a secret belongs. */
const placeholder =
  /^(?:[*x.•#_-]+|\*\*.*|<.*|\$[({].*|\{\{.*|%[a-z_]+%|.*(?:your|example|placeholder|change[_-]?me|redacted|dummy|sample|process\.env|os\.environ|getenv|secrets?\.[a-z]).*|null|none|nil|undefined|true|false|string|required|optional)$/i;
const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;
/** `config.auth.token`, `path/to/file.js`, `some-kebab-name`, `CONSTANT_NAME`: made of words. */
const words = /^[@.]{0,2}[A-Za-z]+\d{0,2}(?:[./_:-]{1,2}(?:[A-Za-z]+\d{0,2}|\d{1,2}))*\*?$/;
/** `http2.Session`, `Uint8Array`: a name with a number in it. */
const numberedName = /^(?=[a-z\d]{0,80}[A-Z._])[A-Za-z][A-Za-z._]*\d{1,2}[A-Za-z._]*$/;
const longNumber = /^\d{15,40}$/;
/** Bits a character; short values have less. So many characters tell. */
const minEntropy = 2.7;
const entropyLength = 128;
const minLength = 10;

/** Whether a value is what a person would set as a password: not a word, not a sentence's next word. */
export function isPasswordLike(value: string): boolean {
  return value.length >= 6 && /\d|[A-Za-z](?:![A-Za-z]|[@#$%^&*+~])/.test(value) && !placeholder.test(value);
}

/** `"thisIsDope"`: in quotes, letters may do when their case changes inside. */
export const isQuotedPassword = (value: string): boolean =>
  /^[A-Za-z]{8,64}$/.test(value) && /^[a-z].*[a-z][A-Z]/.test(value) && !placeholder.test(value);

/** Whether a value is what a machine would make as a token: long, mixed, unlike a name, a path or a number. */
export function isTokenLike(value: string): boolean {
  if (value.length < minLength || !/\d/.test(value) || /[ \t{}]/.test(value)) return false;
  if (longNumber.test(value)) return true;
  if (!/[A-Za-z]/.test(value) || words.test(value) || numberedName.test(value)) return false;
  return entropyOf(value.slice(0, entropyLength)) >= minEntropy && !placeholder.test(value);
}

/** A UUID names things more often than it opens them. */
export const isUuid = (value: string): boolean => uuid.test(value);

/** Bits a character (Shannon). */
function entropyOf(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}
