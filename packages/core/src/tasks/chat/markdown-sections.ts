/** A heading with the text below it, up to the next heading of any level. */
export interface MarkdownSection {
  /** 1 to 6; 0 for what stands above the first heading. */
  readonly level: number;
  /** The heading's Markdown; empty above the first heading. */
  readonly heading: string;
  /** Markdown, without empty lines around it. */
  readonly text: string;
}

/**
 * Splits Markdown at its headings: `#` and underlined ones of one line. Inside fenced and indented code nothing is a
 * heading.
 */
export function markdownSections(markdown: string): MarkdownSection[] {
  const lines = markdown.split("\n");
  const sections: { level: number; heading: string; lines: string[] }[] = [
    { level: 0, heading: "", lines: [] },
  ];
  let fence: string | undefined;
  for (const [index, line] of lines.entries()) {
    const marker = fenceOf(line);
    const current = sections.at(-1);
    if (fence !== undefined) {
      if (marker !== undefined && closes(line, marker, fence)) fence = undefined;
      current?.lines.push(line);
      continue;
    }
    fence = marker;
    const hashes = hashHeading(line);
    const underlined = isUnderlined(lines, index) ? underlineLevel(lines[index + 1] ?? "") : undefined;
    if (hashes !== undefined) sections.push({ ...hashes, lines: [] });
    else if (underlined !== undefined) sections.push({ level: underlined, heading: line.trim(), lines: [] });
    else if (!isUnderlineOf(sections.at(-1), lines, index)) current?.lines.push(line);
  }
  return sections.map(({ lines: body, ...section }) => ({ ...section, text: withoutEmptyEnds(body) }));
}

const fenceOf = (line: string): string | undefined => /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/u.exec(line)?.[1];

// A closing fence is at least as long as the opening one, of the same character, and stands alone.
const closes = (line: string, marker: string, fence: string) =>
  marker.startsWith(fence) && line.trim() === marker;

function hashHeading(line: string): { level: number; heading: string } | undefined {
  const hashes = /^ {0,3}(#{1,6})(?=[ \t]|$)/u.exec(line);
  if (hashes === null) return undefined;
  const rest = line.slice(hashes[0].length).trim();
  let end = rest.length;
  while (rest.charAt(end - 1) === "#") end--;
  const isClosing = end === 0 || /[ \t]/u.test(rest.charAt(end - 1));
  return { level: hashes[1]?.length ?? 1, heading: isClosing ? rest.slice(0, end).trim() : rest };
}

function underlineLevel(line: string): number | undefined {
  const mark = /^ {0,3}(=+|-+)[ \t]*$/u.exec(line)?.[1];
  if (mark === undefined) return undefined;
  return mark.startsWith("=") ? 1 : 2;
}

// Below a list, a quote, a table or a longer paragraph the same line is a rule between paragraphs.
const plainLine = /^ {0,3}(?![-*+>|#]|\d{1,9}[.)]\s)\S/u;

const isUnderlined = (lines: readonly string[], index: number): boolean =>
  plainLine.test(lines[index] ?? "") &&
  underlineLevel(lines[index] ?? "") === undefined &&
  (lines[index - 1] ?? "").trim() === "" &&
  underlineLevel(lines[index + 1] ?? "") !== undefined;

// The line of = or - below a heading that has just begun belongs to the heading.
const isUnderlineOf = (
  section: { readonly heading: string; readonly lines: readonly string[] } | undefined,
  lines: readonly string[],
  index: number,
): boolean =>
  section !== undefined &&
  section.lines.length === 0 &&
  section.heading !== "" &&
  underlineLevel(lines[index] ?? "") !== undefined &&
  isUnderlined(lines, index - 1);

function withoutEmptyEnds(lines: readonly string[]): string {
  const isText = (line: string) => line.trim() !== "";
  const first = lines.findIndex(isText);
  return first < 0
    ? ""
    : lines
        .slice(first, lines.findLastIndex(isText) + 1)
        .join("\n")
        .trimEnd();
}
