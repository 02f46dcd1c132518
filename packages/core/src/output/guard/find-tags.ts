import { decodeAddress, type LinkPolicy } from "./link-policy.js";
import type { OutputFinding } from "./output-guard.js";

/** The longest tag that is read; a longer one may hide what it loads. */
export const longestTag = 1_000;
const tag = new RegExp(`<[a-z][^>]{0,${longestTag}}>?`, "gi");
/** Attributes that lead somewhere. */
const attribute =
  /\b(?:src|srcset|imagesrcset|href|action|formaction|poster|data|background|cite|ping|lowsrc|longdesc|manifest|profile|codebase|code|archive)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi;
const styleAddress = /\burl\s*\(\s*["']?([^"')]{0,2048})/gi;
/** Ways to write an address in a style that are not read. */
const oddStyle = /\bstyle\s*=[^>]*(?:[\\&@]|image)/i;
/** Attributes that run something. */
const handler = /[\s/"']on[a-z]{2,30}\s*=/i;
const linksOnly = /^(?:<a[\s/]|[^<])*$/i;
const addressIn = /(?:[a-z][a-z0-9+.-]{1,20}:|[\\/]{2})[^\s"'`)>,]{0,2048}/gi;
/** Tags that load or run what stands within, or change what others load. */
const neverTags =
  /<(?:style|script|iframe|frame|frameset|object|embed|applet|portal|base|meta|link|set|animate\w{0,20})\b/i;
const autolink = /^<([a-z][a-z0-9+.-]{1,31}:[^\s<>]*)>$/i;

/**
 * The tags in one sentence that load, run or lead to what a policy does not allow; each `<` of theirs is taken out. What
 * stands from one `<` to the next `>` is judged as a whole: where a tag begins, viewers do not agree.
 */
export function findTags(sentence: string, policy: LinkPolicy): OutputFinding[] {
  const found: OutputFinding[] = [];
  for (const { 0: text, index } of sentence.matchAll(tag)) {
    const reason = harmOf(text, policy);
    if (reason === undefined) continue;
    for (let at = text.indexOf("<"); at !== -1; at = text.indexOf("<", at + 1))
      found.push({ reason, start: index + at, end: index + at + 1, replacement: "&lt;" });
  }
  return found;
}

function harmOf(text: string, policy: LinkPolicy): "html" | "link" | undefined {
  const [, linked] = autolink.exec(text) ?? [];
  if (linked !== undefined) {
    const isBare = /^(?:https?|ftp):/i.test(linked); // found as such
    return isBare || policy.allows(linked, false) ? undefined : "link";
  }
  const isLoaded = !linksOnly.test(text);
  const isSafe =
    !neverTags.test(text) &&
    !handler.test(text) &&
    !oddStyle.test(text) &&
    !isBroken(text) &&
    addressesOf(text).every((address) => policy.allows(address, isLoaded));
  return isSafe ? undefined : "html";
}

/** Whether the tag may go on behind its first `>`, or begin anew within. */
function isBroken(text: string): boolean {
  if (text.length > longestTag && !text.endsWith(">")) return true;
  if (text.indexOf("<", 1) !== -1 && /["']/.test(text)) return true;
  return /=\s*["']/.test(text.replace(/=\s*(?:"[^"]*"|'[^']*')/g, "="));
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
