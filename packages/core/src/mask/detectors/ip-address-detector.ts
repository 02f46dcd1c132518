import { matchesIn } from "../matches-in.js";
import type { Detector, Span } from "./detector.js";
import { hasDigit } from "./digit-clues.js";
import { scored } from "./match-spans.js";

const octet = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const version4 = new RegExp(
  `(?<![\\w.])${octet}(?:\\.${octet}){3}(?:/(?:3[0-2]|[12]?\\d))?(?![\\w]|\\.\\w)`,
  "y",
);
const fourNumbers = /\d{1,3}\.\d{1,3}\.\d{1,3}\.\d/g;
const wholeVersion4 = new RegExp(`^${octet}(?:\\.${octet}){3}$`);
/** Every machine's own: they lead to nobody. */
const nobodys = /^(?:0\.0\.0\.0|127\.0\.0\.1)$/;
const versionWord =
  /(?:version|release|build|firmware|fw|bios|kernel|driver|runtime|assembly|section|sec|chapter|revision|§|rev|v)[ :=#.-]{0,3}$/i;
/** Single colons and dots count only inside: `2001:db8::1: refused.` ends at the 1. */
const version6 =
  /(?<![\w:.])(?:[0-9a-f]|::|:(?=[0-9a-f])|\.(?=\d)){2,45}(?:%\w{1,15})?(?:\/\d{1,3})?(?!\w|:[\w:])/iy;
const hexadecimalGroup = /^[0-9a-f]{1,4}$/i;
/** What stands before the first colon: four hexadecimal digits, or version 4 as in `192.0.2.1::`. */
const longestStart = 15;
const ofStart = /[0-9a-f.]/i;

/** IPv4 and IPv6 addresses, with their prefix length or zone when there is one. */
export const ipAddressDetector: Detector = {
  type: "ip_address",
  needs: hasDigit,
  find: ({ text }) => [
    ...scored(version4In(text), 0.9, ["pattern"]),
    ...scored(version6In(text), 0.95, ["pattern"]),
  ],
};

function version4In(text: string): readonly Span[] {
  const spans: Span[] = [];
  for (const { index: start } of matchesIn(text, fourNumbers)) {
    version4.lastIndex = start;
    const span = { start, end: version4.test(text) ? version4.lastIndex : start };
    if (span.end > start && isAddress(text, span)) spans.push(span);
  }
  return spans;
}

/** Not a version, as in `Chrome/122.0.0.0`, and not every machine's own address. */
function isAddress(text: string, { start, end }: Span): boolean {
  const address = text.slice(start, end);
  const before = text.slice(Math.max(0, start - 12), start);
  if (nobodys.test(address) || versionWord.test(before)) return false;
  return !(/[A-Za-z]\/$/.test(before) && address.endsWith(".0"));
}

/** Looks around colons only: most texts have few. */
function version6In(text: string): readonly Span[] {
  const spans: Span[] = [];
  for (let colon = text.indexOf(":"); colon !== -1; ) {
    let start = colon;
    while (colon - start < longestStart && ofStart.test(text[start - 1] ?? "")) start -= 1;
    version6.lastIndex = start;
    const match = version6.exec(text)?.[0] ?? "";
    const end = start + match.length;
    if (isVersion6(match)) spans.push({ start, end });
    colon = text.indexOf(":", Math.max(end, colon + 1));
  }
  return spans;
}

function isVersion6(match: string): boolean {
  if (match.indexOf(":") === match.lastIndexOf(":")) return false; // a time, or nothing
  const address = match.replace(/[%/].*$/, "");
  const halves = address.split("::");
  // Without a digit it is more likely a name: `abc::def`.
  if (!/\d/.test(address) || halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  const last = groups.at(-1) ?? "";
  const hasVersion4Tail = wholeVersion4.test(last);
  const parts = hasVersion4Tail ? groups.slice(0, -1) : groups;
  const size = parts.length + (hasVersion4Tail ? 2 : 0);
  return (
    parts.every((group) => hexadecimalGroup.test(group)) && (halves.length === 2 ? size <= 7 : size === 8)
  );
}
