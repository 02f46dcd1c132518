/** The three flags that are written in tag characters: England, Scotland, Wales. */
const flags =
  /\u{1f3f4}\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f}/gu;
const tags = /[\u{e0000}-\u{e007f}]+/gu;
const anyTag = /[\u{e0000}-\u{e007f}]/u;
const selectorRow = /[\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}]{4,}/u;
/** Between letters of a script that needs none of them. */
const unseenRow =
  /[\u{200b}-\u{200d}\u{2060}-\u{2064}\u{feff}]{8,}|(?:[a-z][\u{200b}\u{200c}\u{2060}\u{feff}]){4}/iu;
const turned = /[\u{202d}\u{202e}][^\u{202c}\n]{4}/u;
const beyondAscii = /[^\0-\x7f]/;

/** What a text says where nobody sees it. */
export interface HiddenText {
  readonly isThere: boolean;
  /** What was written in tag characters. */
  readonly text: string;
}

/** Finds text in tag characters, and rows of characters that show nothing and can carry a message. */
export function findHiddenText(text: string): HiddenText {
  if (!beyondAscii.test(text)) return { isThere: false, text: "" };
  const flagless = anyTag.test(text) ? text.replace(flags, "") : text;
  const written = (flagless.match(tags) ?? []).map(fromTags).join(" ");
  const isThere = written !== "" || selectorRow.test(text) || unseenRow.test(text) || turned.test(text);
  return { isThere, text: written };
}

const fromTags = (row: string) =>
  Array.from(row, (tag) => String.fromCodePoint((tag.codePointAt(0) ?? 0) - 0xe0000)).join("");
