import { findTags } from "./find-tags.js";
import type { LinkPolicy } from "./link-policy.js";
import type { OutputFinding } from "./output-guard.js";

/** Each of the patterns here and in `findTags` begins with, or holds, one of these. */
const anyAddress = /<[a-z]|\][(:]|!\[|:\/\/|www\./i;
const inlineAddress = /\](?:\(|:)\s*(?:<([^<>\n]{1,2048})|<?([^\s)>]{1,2048}))/g;
const bareAddress = /(?:https?|ftp):\/\/[^\s<>"'`)\]]{1,2048}|\bwww\.[^\s<>"'`)\]]{1,2048}/gi;
const schemes = /(?:https?|ftp):\/\//gi;
const imageBegin = /!(?=\[)/g;
/** An image that every viewer reads alike, with its address in place. Any other may find it elsewhere in the text. */
const plainImage =
  /^!\[[^[\]\\`<]{0,1000}\]\(\s{0,20}(?:<[^<>\n\\]{0,2048}>|[^\s()<>\\]{0,2048})(?:\s{1,20}(?:"[^"\\]{0,300}"|'[^'\\]{0,300}'))?\s{0,20}\)/;
const longestImage = 3_500;
const longestText = 1_000;

/** Whether a text may hold an address or a tag: in one without, {@link findLinks} finds nothing, nor in a part of it. */
export const mayHoldLinks = (text: string): boolean => anyAddress.test(text);

/** The addresses in one sentence that a policy does not allow, with what takes the danger out of each. */
export function findLinks(sentence: string, policy: LinkPolicy): OutputFinding[] {
  if (!mayHoldLinks(sentence)) return [];
  const found = findTags(sentence, policy);
  const isTaken = (start: number) => found.some((each) => start >= each.start && start < each.end);
  for (const match of sentence.matchAll(inlineAddress)) {
    const address = match[1] ?? match[2] ?? "";
    const isImage = sentence[match.index + 1] === "(" && isImageText(sentence, match.index);
    if (policy.allows(address, isImage)) continue;
    const end = match.index + match[0].length;
    const start = end - address.length;
    found.push({ reason: isImage ? "image" : "link", start, end, replacement: "#" });
  }
  for (const { index: start } of sentence.matchAll(imageBegin)) {
    if (plainImage.test(sentence.slice(start, start + longestImage))) continue;
    found.push({ reason: "image", start, end: start + 1, replacement: "! " });
  }
  for (const match of policy.restrictsLinks ? sentence.matchAll(bareAddress) : []) {
    const [address] = match;
    const start = match.index;
    const hasScheme = !/^www\./i.test(address);
    if (isTaken(start) || policy.allows(hasScheme ? address : `https://${address}`, false)) continue;
    if (!hasScheme) found.push({ reason: "link", start, end: start + 4, replacement: "www[.]" });
    // Without its own scheme the rest may be read as an address again.
    for (const { 0: scheme, index } of address.matchAll(schemes)) {
      const from = start + index;
      found.push({ reason: "link", start: from, end: from + scheme.length, replacement: "hxxps://" });
    }
  }
  return found.sort((one, other) => one.start - other.start);
}

/** Whether the text that ends at the bracket at `end` is that of an image. */
function isImageText(sentence: string, end: number): boolean {
  let depth = 0;
  for (let index = end; index >= Math.max(0, end - longestText); index -= 1) {
    if (sentence[index] === "]") depth += 1;
    if (sentence[index] === "[" && --depth === 0) return sentence[index - 1] === "!";
  }
  return true; // its beginning is out of sight
}

const begins = /!\[|\](?:\(|:)|<(?=[a-z])|[!<\]]$/i;
/** Without one of these there is no such beginning. */
const beginsWith = ["!", "]", "<"];
const bareBegins =
  /(?:https?|ftp):\/\/|\bwww\.|(?:h|ht|htt|https?|https?:|https?:\/|f|ft|ftp|ftp:|ftp:\/|\bw{1,3})$/i;

/** From where on the beginning of a sentence may still hold an address that is not allowed. */
export function linksHoldFrom(beginning: string, { restrictsLinks }: LinkPolicy): number {
  const held = beginsWith.some((character) => beginning.includes(character))
    ? firstOf(begins, beginning)
    : beginning.length;
  return restrictsLinks ? Math.min(held, firstOf(bareBegins, beginning)) : held;
}

function firstOf(pattern: RegExp, text: string): number {
  const index = text.search(pattern);
  return index === -1 ? text.length : index;
}
