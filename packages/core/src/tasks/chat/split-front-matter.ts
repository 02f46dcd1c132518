/** What stands between two lines of `---` at the top of a Markdown file; keys that are not listed here are ignored. */
export interface FrontMatter {
  readonly title?: string | undefined;
  readonly url?: string | undefined;
  readonly pages?: readonly string[] | undefined;
}

/** Takes the front matter off a Markdown text. A rule (`---`) with other text below it is no front matter. */
export function splitFrontMatter(markdown: string): { readonly matter: FrontMatter; readonly body: string } {
  const none = { matter: {}, body: markdown };
  const lines = markdown.split("\n");
  if (lines[0]?.trimEnd() !== "---") return none;
  const end = lines.findIndex((line, index) => index > 0 && /^(?:---|\.\.\.)[ \t]*$/u.test(line));
  const inside = lines.slice(1, Math.max(end, 1));
  if (end < 0 || !inside.every((line) => line.trim() === "" || entry.test(line) || item.test(line)))
    return none;
  const entries = readEntries(inside);
  const pages = entries.get("pages");
  return {
    matter: {
      title: entries.get("title")?.[0],
      url: entries.get("url")?.[0],
      pages: pages === undefined || pages.length === 0 ? undefined : pages,
    },
    body: lines.slice(end + 1).join("\n"),
  };
}

const entry = /^[\w-]{1,60}:(?:\s|$)/u;
const item = /^\s{0,8}- |^\s{1,8}\S|^#/u;

/** Key → its values: one, those of `[a, b]`, or the list below the key. */
function readEntries(lines: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const entries = new Map<string, string[]>();
  let key = "";
  for (const line of lines) {
    if (entry.test(line)) {
      key = line.slice(0, line.indexOf(":")).toLowerCase();
      entries.set(key, valuesOf(line.slice(line.indexOf(":") + 1).trim()));
    } else if (/^\s{0,8}- /u.test(line)) {
      entries.get(key)?.push(...valuesOf(line.trim().slice(2)));
    }
  }
  return entries;
}

function valuesOf(text: string): string[] {
  const list = text.startsWith("[") && text.endsWith("]") ? text.slice(1, -1).split(",") : [text];
  return list.map(unquoted).filter((value) => value !== "");
}

function unquoted(text: string): string {
  const value = text.trim();
  const quote = value.charAt(0);
  const isQuoted = value.length > 1 && (quote === '"' || quote === "'") && value.endsWith(quote);
  return (isQuoted ? value.slice(1, -1) : value).trim();
}
