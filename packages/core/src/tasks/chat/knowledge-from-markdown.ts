import { invalidConfig } from "../../errors/invalid-config.js";
import { shorten } from "../shorten.js";
import { headingAnchor, headingText } from "./heading-text.js";
import type { KnowledgeDocument } from "./knowledge-document.js";
import { type MarkdownSection, markdownSections } from "./markdown-sections.js";
import { splitFrontMatter } from "./split-front-matter.js";

/** Options of {@link knowledgeFromMarkdown}. The text's front matter goes before them. */
export interface MarkdownKnowledgeOptions {
  /** Where the text can be read; each document links to its heading there. @default no links */
  readonly url?: string | undefined;
  /** Pages on which the documents are likely to be meant. @default none */
  readonly pages?: readonly string[] | undefined;
}

/**
 * Makes documents of a Markdown text: one for each heading with text below it, titled with the path to it
 * ("Billing › Refunds"). Front matter may hold `title` (in the place of the first-level heading), `url` and `pages`. A
 * text without headings is one document, titled with its first line.
 *
 * @throws `invalid_config` when it is no text or holds nothing but headings.
 * @example
 * chatTask({ knowledge: knowledgeFromMarkdown(await readFile("help/billing.md", "utf8"), { url: "/help/billing" }) });
 */
export function knowledgeFromMarkdown(
  markdown: string,
  options: MarkdownKnowledgeOptions = {},
): KnowledgeDocument[] {
  checkArguments(markdown, options);
  const { matter, body } = splitFrontMatter(markdown.replace(/^\uFEFF/u, "").replace(/\r\n?/gu, "\n"));
  const sections = withPaths(markdownSections(body), matter.title);
  const url = matter.url ?? options.url;
  const pages = matter.pages ?? options.pages;
  const documents = sections
    .filter(({ text }) => text !== "")
    .map(({ path, text, anchor }) => ({
      title: path.length > 0 ? path.join(" › ") : titleFrom(text),
      text,
      ...(url === undefined ? {} : { url: linkTo(url, anchor) }),
      ...(pages === undefined ? {} : { pages }),
    }));
  if (documents.length === 0) throw failed("write some text, below a heading or without one");
  return documents;
}

interface PathSection {
  /** Titles from the outermost heading to this one. */
  readonly path: readonly string[];
  readonly text: string;
  readonly anchor: string;
}

function withPaths(sections: readonly MarkdownSection[], title: string | undefined): PathSection[] {
  const root = title === undefined ? [] : [title];
  const first = sections.find(({ level }) => level > 0);
  const open: { readonly level: number; readonly title: string }[] = [];
  const anchors = new Map<string, number>();
  return sections.map((section) => {
    while ((open.at(-1)?.level ?? 0) >= Math.max(section.level, 1)) open.pop();
    // The first heading of the first level is the text's title, which the front matter has given.
    const isTitle = title !== undefined && section === first && section.level === 1;
    const own = headingText(section.heading);
    if (own !== "" && !isTitle) open.push({ level: section.level, title: own });
    const anchor = isTitle || own === "" ? "" : uniqueAnchor(anchors, headingAnchor(section.heading));
    return { path: [...root, ...open.map((heading) => heading.title)], text: section.text, anchor };
  });
}

// As on GitHub and most documentation sites: the second "setup" is "setup-1".
function uniqueAnchor(anchors: Map<string, number>, anchor: string): string {
  const before = anchors.get(anchor) ?? 0;
  anchors.set(anchor, before + 1);
  return before === 0 ? anchor : `${anchor}-${before}`;
}

const linkTo = (url: string, anchor: string) =>
  anchor === "" || url.includes("#") ? url : `${url}#${encodeURI(anchor)}`;

const titleFrom = (text: string): string => {
  const line = text.split("\n", 1)[0] ?? "";
  const words = headingText(line.replace(/^[\s>*+|#-]{0,20}/u, ""));
  return words === "" || /^[`~]{3}/u.test(line) ? "Untitled" : shorten(words, 80);
};

function checkArguments(
  markdown: unknown,
  { url, pages }: { readonly url?: unknown; readonly pages?: unknown },
) {
  const isText = (value: unknown) => typeof value === "string" && value.trim() !== "";
  if (!isText(markdown)) throw failed("must be a text that is not empty");
  if (url !== undefined && !isText(url)) throw failed("must be an address", "url");
  if (pages !== undefined && !(Array.isArray(pages) && pages.every(isText)))
    throw failed("must be a list of page names", "pages");
}

const failed = (problem: string, where = "markdown") =>
  invalidConfig("Knowledge from Markdown", [`${where}: ${problem}`]);
