import { type JsonLeaf, jsonLeaves } from "../mask/json-leaves.js";

/** A string or number of a JSON text as a masker wants to see it: under its keys, when it has some. */
export type JsonString = string | { readonly [key: string]: JsonString };

/** Strings, keys and numbers of a text that is a JSON object or list, as they are written; nothing of any other. */
export const jsonStrings = (json: string): readonly JsonString[] | undefined =>
  jsonLeaves(json)?.map(({ text, path }) =>
    path.reduceRight<JsonString>((inner, key) => ({ [key]: inner }), text),
  );

/** The JSON text with other strings in its places, in place of numbers too. What is not another one stays as it was written. */
export function withJsonStrings(json: string, strings: readonly JsonString[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const [place, leaf] of (jsonLeaves(json) ?? []).entries()) {
    const text = innermost(strings[place], leaf);
    if (text === leaf.text) continue;
    parts.push(json.slice(at, leaf.start), JSON.stringify(text));
    at = leaf.end;
  }
  return parts.join("") + json.slice(at);
}

function innermost(string: JsonString | undefined, { text }: Pick<JsonLeaf, "text">): string {
  let inner = string;
  while (typeof inner === "object") inner = Object.values(inner)[0];
  return inner ?? text;
}
