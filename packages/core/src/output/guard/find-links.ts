import { decodeAddress, type LinkPolicy } from "./link-policy.js";
import type { OutputFinding } from "./output-guard.js";

/** A sentence without any of these needs no closer look. */
const anyAddress = /[<\]]|:\/\/|www\./i;
const inlineAddress = /\](?:\(|:)\s*(?:<([^<>\n]{1,2048})|<?([^\s)>]{1,2048}))/g;
const bareAddress = /(?:https?|ftp):\/\/[^\s<>"'`)\]]{1,2048}|\bwww\.[^\s<>"'`)\]]{1,2048}/gi;
const tag = /<[a-z][a-z0-9:-]{0,30}(?:[\s/][^>]{0,1000})?>?/gi;
/** Attributes that lead somewhere. */
const attribute =
  /\b(?:src|srcset|href|action|formaction|poster|data|background|cite|ping|lowsrc)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi;
const styleAddress = /\burl\s*\(\s*["']?([^"')]{0,2048})/gi;
/** Attributes that run something. */
const handler = /[\s/"']on[a-z]{2,30}\s*=/i;
const tagLink = /^<a[\s/]/i;
const addressIn = /(?:[a-z][a-z0-9+.-]{1,20}:|[\\/]{2})[^\s"'`)>,]{0,2048}/gi;
/** An image whose address stands elsewhere in the text: made a link. */
const imageReference = /!(?=\[[^\]]{0,300}\](?!\())/g;
/** Tags that load or run what stands within. */
const neverTags = /^<(?:style|script|iframe|object|embed|base|meta|link)\b/i;
const longestText = 1_000;

/** The addresses in one sentence that a policy does not allow, with what takes the danger out of each. */
export function findLinks(sentence: string, policy: LinkPolicy): OutputFinding[] {
  const found: OutputFinding[] = [];
  if (!anyAddress.test(sentence)) return found;
  const isTaken = (start: number) => found.some((each) => start >= each.start && start < each.end);
  for (const match of sentence.matchAll(tag)) {
    const isLoaded = !tagLink.test(match[0]);
    const isSafe = addressesOf(match[0]).every((address) => policy.allows(address, isLoaded));
    if (isSafe && !isBroken(match[0]) && !neverTags.test(match[0]) && !handler.test(match[0])) continue;
    const { index: start } = match;
    found.push({ reason: "html", start, end: start + 1, replacement: "&lt;" });
  }
  for (const match of sentence.matchAll(inlineAddress)) {
    const address = match[1] ?? match[2] ?? "";
    const isImage = sentence[match.index + 1] === "(" && isImageText(sentence, match.index);
    if (policy.allows(address, isImage)) continue;
    const end = match.index + match[0].length;
    const start = end - address.length;
    found.push({ reason: isImage ? "image" : "link", start, end, replacement: "#" });
  }
  for (const { index: start } of sentence.matchAll(imageReference)) {
    if (!isTaken(start)) found.push({ reason: "image", start, end: start + 1, replacement: "" });
  }
  for (const match of policy.restrictsLinks ? sentence.matchAll(bareAddress) : []) {
    const [address] = match;
    const start = match.index;
    const hasScheme = !/^www\./i.test(address);
    if (isTaken(start) || policy.allows(hasScheme ? address : `https://${address}`, false)) continue;
    const end = start + (hasScheme ? address.indexOf(":") + 3 : 4);
    found.push({ reason: "link", start, end, replacement: hasScheme ? "hxxps://" : "www[.]" });
  }
  return found.sort((one, other) => one.start - other.start);
}

/** Addresses with a scheme or a host in a tag, as a browser reads them. */
function addressesOf(text: string): string[] {
  const readings = (value: string) =>
    [value, decodeAddress(value)].map((each) => each.replace(/[\t\n\r]/g, ""));
  const inAttributes = [...text.matchAll(attribute)].flatMap(([, value = ""]) =>
    readings(value).flatMap((each) => each.match(addressIn) ?? []),
  );
  const inStyles = readings(text).flatMap((each) =>
    [...each.matchAll(styleAddress)].map(([, address = ""]) => address),
  );
  return [...inAttributes, ...inStyles];
}

/** Whether a quote is open at the tag's first `>`: then it is not the end. */
const isBroken = (text: string) => /["']/.test(text.replace(/"[^"]*"|'[^']*'/g, ""));

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
const bareBegins =
  /(?:https?|ftp):\/\/|\bwww\.|(?:h|ht|htt|https?|https?:|https?:\/|f|ft|ftp|ftp:|ftp:\/|\bw{1,3})$/i;

/** From where on the beginning of a sentence may still hold an address that is not allowed. */
export function linksHoldFrom(beginning: string, { restrictsLinks }: LinkPolicy): number {
  const found = [begins, ...(restrictsLinks ? [bareBegins] : [])].map((pattern) => beginning.search(pattern));
  return Math.min(beginning.length, ...found.filter((index) => index !== -1));
}
