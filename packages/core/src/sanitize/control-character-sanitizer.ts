import { mapStrings } from "../map-strings.js";
import { detectInjection, type InjectionVerdict, noInjection } from "./injection/detect-injection.js";
import type { Sanitizer } from "./sanitizer.js";

/** Scripts whose spelling needs the joiners U+200C and U+200D. */
const joiningScripts = [
  "Arabic",
  "Syriac",
  "Mongolian",
  "Devanagari",
  "Bengali",
  "Gurmukhi",
  "Gujarati",
  "Oriya",
  "Tamil",
  "Telugu",
  "Kannada",
  "Malayalam",
  "Sinhala",
  "Khmer",
  "Myanmar",
].map((script) => `\\p{Script=${script}}`);

const carriageReturn = /\r\n?/g;
/** A surrogate without its other half: in `u` mode a whole pair never matches. */
const loneSurrogate = /\p{Surrogate}/gu;
const invisible = new RegExp(
  [
    "[\\0-\\x08\\x0b-\\x1f\\x7f-\\x9f]", // C0 and C1 controls but tab and line feed
    "[\\u{ad}\\u{180e}\\u{200b}\\u{2060}-\\u{2064}\\u{206a}-\\u{206f}\\u{feff}\\u{fff9}-\\u{fffb}]", // no width
    "[\\u{61c}\\u{200e}\\u{200f}\\u{202a}-\\u{202e}\\u{2066}-\\u{2069}]", // text direction
    "[\\u{e0000}-\\u{e007f}]", // tags: ASCII that nobody sees, but a model reads
  ].join("|"),
  "gu",
);
const selector = "[\\u{fe00}-\\u{fe0f}\\u{e0100}-\\u{e01ef}]";
const joiner = "[\\u{200c}\\u{200d}]";
const modifierRun = new RegExp(`(^|.)((?:${selector}|${joiner})+)`, "gsu");
const startsWithSelector = new RegExp(`^${selector}`, "u");
const hasJoiner = new RegExp(joiner, "u");
const takesJoiner = new RegExp(
  `[\\p{Extended_Pictographic}\\p{Emoji_Modifier}${joiningScripts.join("")}]`,
  "u",
);
/** A text without any other character needs no closer look. */
const beyondPlainText = /[^\t\n -~]/;

/**
 * A sanitizer that keeps what people can see. Control, zero-width, direction and tag characters go, `\r\n` and `\r`
 * become `\n`, half surrogate pairs become U+FFFD. Emoji sequences and scripts that need joiners stay whole. Strings
 * are cut after cleaning, never inside a surrogate pair. Keys of objects are left alone.
 *
 * Injections are looked for with `detectInjection` in every string as it came; the highest score counts.
 *
 * `sanitize` throws `too_complex` for a value that is nested deeper than 128 levels.
 */
export function controlCharacterSanitizer(): Sanitizer {
  return {
    sanitize(value, { maxCharacters, looksForInjection = false, trustedFields = [] }) {
      const truncated: string[] = [];
      let injection = looksForInjection ? noInjection : undefined;
      const sanitized = mapStrings(value, (text, path) => {
        if (injection !== undefined && !trustedFields.includes(String(path[0])))
          injection = higher(injection, detectInjection(text));
        const visible = beyondPlainText.test(text) ? removeInvisible(text) : text;
        if (visible.length <= maxCharacters) return visible;
        truncated.push(path.join("."));
        return cut(visible, maxCharacters);
      });
      return { value: sanitized, truncated, ...(injection === undefined ? {} : { injection }) };
    },
  };
}

const higher = (one: InjectionVerdict, other: InjectionVerdict) => (other.score > one.score ? other : one);

function removeInvisible(text: string): string {
  return text
    .replace(carriageReturn, "\n")
    .replace(loneSurrogate, "\ufffd")
    .replace(invisible, "")
    .replace(modifierRun, keepOneModifier);
}

/** One selector picks a glyph and one joiner links two; a row of them shows nothing and may carry a message. */
function keepOneModifier(_match: string, before: string, run: string): string {
  const kept = before === "" ? "" : (startsWithSelector.exec(run)?.[0] ?? "");
  const joined = takesJoiner.test(before) ? (hasJoiner.exec(run)?.[0] ?? "") : "";
  return before + kept + joined;
}

function cut(text: string, maxCharacters: number): string {
  const lastUnit = text.charCodeAt(maxCharacters - 1);
  const isFirstHalf = lastUnit >= 0xd800 && lastUnit <= 0xdbff;
  return text.slice(0, isFirstHalf ? maxCharacters - 1 : maxCharacters);
}
