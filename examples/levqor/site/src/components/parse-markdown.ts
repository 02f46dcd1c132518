/** A piece of a line. */
export type Inline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "strong"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly url: string };

/** A piece of a reply. */
export type Block =
  | { readonly kind: "paragraph"; readonly content: readonly Inline[] }
  | { readonly kind: "list"; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: "code"; readonly text: string };

const bullet = /^\s*[-*•]\s+/;
const numbered = /^\s*\d{1,3}[.)]\s+/;
const fence = /^\s*```/;

/**
 * Reads the small part of Markdown that replies use: paragraphs, lists, bold, code and links. Anything else,
 * HTML above all, stays text. Also reads replies that are cut in the middle, because they arrive piece by piece.
 */
export function parseMarkdown(source: string): Block[] {
  const blocks: Block[] = [];
  const lines = source.replace(/\r\n?/g, "\n").split("\n");
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? "";
    if (line.trim() === "") {
      at++;
    } else if (fence.test(line)) {
      const code = takeWhile(lines, at + 1, (next) => !fence.test(next));
      blocks.push({ kind: "code", text: code.join("\n") });
      at += code.length + 2;
    } else if (bullet.test(line) || numbered.test(line)) {
      const marker = bullet.test(line) ? bullet : numbered;
      const items = takeWhile(lines, at, (next) => marker.test(next));
      blocks.push({
        kind: "list",
        ordered: marker === numbered,
        items: items.map((item) => parseInline(item.replace(marker, ""))),
      });
      at += items.length;
    } else {
      const paragraph = takeWhile(lines, at, startsNothing);
      blocks.push({ kind: "paragraph", content: parseInline(paragraph.map(withoutHeadingMark).join("\n")) });
      at += paragraph.length;
    }
  }
  return blocks;
}

const startsNothing = (line: string) =>
  line.trim() !== "" && !fence.test(line) && !bullet.test(line) && !numbered.test(line);

const withoutHeadingMark = (line: string) => line.replace(/^#{1,6}\s+(.*)$/, "**$1**");

function takeWhile(lines: readonly string[], from: number, wanted: (line: string) => boolean): string[] {
  const end = lines.findIndex((line, index) => index >= from && !wanted(line));
  return lines.slice(from, end === -1 ? lines.length : end);
}

const inlinePattern =
  /\*\*([^*\n]{1,1000})\*\*|`([^`\n]{1,1000})`|\[([^\]\n]{1,500})\]\(([^()\s]{1,2000})\)/g;

function parseInline(source: string): Inline[] {
  const pieces: Inline[] = [];
  let end = 0;
  for (const match of source.matchAll(inlinePattern)) {
    if (match.index > end) pieces.push({ kind: "text", text: source.slice(end, match.index) });
    pieces.push(toInline(match));
    end = match.index + match[0].length;
  }
  if (end < source.length) pieces.push({ kind: "text", text: source.slice(end) });
  return pieces;
}

function toInline([whole, strong, code, text, url]: RegExpMatchArray): Inline {
  if (strong !== undefined) return { kind: "strong", text: strong };
  if (code !== undefined) return { kind: "code", text: code };
  if (text !== undefined && url !== undefined && isSafeUrl(url)) return { kind: "link", text, url };
  return { kind: "text", text: whole };
}

/** http(s), or an address on this very site. Browsers read `//` and `/\` as another host. */
export function isSafeUrl(url: string): boolean {
  return /^\/(?![/\\])/.test(url) || (/^https?:\/\//i.test(url) && URL.canParse(url));
}
