import { mapStrings } from "../map-strings.js";
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
]
  .map((script) => `\\p{Script=${script}}`)
  .join("");
const emojiParts = "\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\u{fe0f}";
const variationSelectors = "[\\u{fe00}-\\u{fe0f}\\u{e0100}-\\u{e01ef}]";

const carriageReturn = /\r\n?/g;
/** A surrogate without its other half: in `u` mode a whole pair never matches. */
const loneSurrogate = /\p{Surrogate}/gu;
const invisible = new RegExp(
  [
    "[\\0-\\x08\\x0b-\\x1f\\x7f-\\x9f]", // C0 and C1 controls but tab and line feed
    "[\\u{ad}\\u{180e}\\u{200b}\\u{2060}-\\u{2064}\\u{206a}-\\u{206f}\\u{feff}\\u{fff9}-\\u{fffb}]", // no width
    "[\\u{61c}\\u{200e}\\u{200f}\\u{202a}-\\u{202e}\\u{2066}-\\u{2069}]", // text direction
    "[\\u{e0000}-\\u{e007f}]", // tags: ASCII that nobody sees, but a model reads
    `(?<![${emojiParts}${joiningScripts}])[\\u{200c}\\u{200d}]`, // joiners that join nothing
    `(?<=${variationSelectors})${variationSelectors}`, // one selector picks a glyph, a row of them carries data
  ].join("|"),
  "gu",
);
/** Cheap and over-inclusive: a text without any of these needs no closer look. */
const suspicious =
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ud800-\udfff\ufe00-\ufe0f\ufeff\ufff9-\ufffb]/;

/**
 * A sanitizer that keeps what people can see. Control, zero-width, direction and tag characters go, `\r\n` and `\r`
 * become `\n`, half surrogate pairs become U+FFFD. Emoji sequences and scripts that need joiners stay whole. Strings
 * are cut after cleaning, never inside a surrogate pair. Keys of objects are left alone.
 *
 * `sanitize` throws `too_complex` for a value that is nested deeper than 128 levels.
 */
export function controlCharacterSanitizer(): Sanitizer {
  return {
    sanitize(value, { maxCharacters }) {
      const truncated: string[] = [];
      const sanitized = mapStrings(value, (text, path) => {
        const visible = suspicious.test(text) ? removeInvisible(text) : text;
        if (visible.length <= maxCharacters) return visible;
        truncated.push(path.join("."));
        return cut(visible, maxCharacters);
      });
      return { value: sanitized, truncated };
    },
  };
}

function removeInvisible(text: string): string {
  return text.replace(carriageReturn, "\n").replace(loneSurrogate, "\ufffd").replace(invisible, "");
}

function cut(text: string, maxCharacters: number): string {
  const lastUnit = text.charCodeAt(maxCharacters - 1);
  const isFirstHalf = lastUnit >= 0xd800 && lastUnit <= 0xdbff;
  return text.slice(0, isFirstHalf ? maxCharacters - 1 : maxCharacters);
}
