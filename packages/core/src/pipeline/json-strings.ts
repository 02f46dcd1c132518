/** A string of a JSON text as a masker wants to see it: under its key, when it has one. */
export type JsonString = string | Readonly<Record<string, string>>;

const stringOrKey = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:\s*)?/g;

/** Every string of a JSON text, its keys too, in the order they are written; nothing of what is no JSON. */
export function jsonStrings(json: string): readonly JsonString[] | undefined {
  if (!isJson(json)) return undefined;
  const strings: JsonString[] = [];
  let key: { readonly name: string; readonly valueAt: number } | undefined;
  for (const { 0: written, 1: literal = "", 2: colon, index } of json.matchAll(stringOrKey)) {
    const text = read(literal);
    strings.push(key?.valueAt === index ? { [key.name]: text } : text);
    key = colon === undefined ? undefined : { name: text, valueAt: index + written.length };
  }
  return strings;
}

/** The JSON text with other strings in its places. What is not another one stays as it was written, numbers too. */
export function withJsonStrings(json: string, strings: readonly JsonString[]): string {
  let place = 0;
  return json.replace(stringOrKey, (written: string, literal: string) => {
    const string = strings[place++];
    const text = typeof string === "object" ? Object.values(string)[0] : string;
    return text === undefined || text === read(literal)
      ? written
      : JSON.stringify(text) + written.slice(literal.length);
  });
}

const read = (literal: string): string => JSON.parse(literal) as string; // the pattern matches nothing else

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
