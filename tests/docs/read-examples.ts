/** A code block of a documentation page. */
export interface Example {
  /** Path of the page from the repository's root. */
  readonly page: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
  readonly language: "ts" | "tsx";
  /** Its file: `docs/guide/mask.md`, line 57, becomes `docs-guide-mask-57.ts`. */
  readonly fileName: string;
  /** The code, after as many empty lines as stand above it, so that an error names the line of the page. */
  readonly source: string;
  /** Not for ```` ```ts no-run ````, and not for tsx: those are only type-checked. */
  readonly runs: boolean;
  /** The `text` block that follows, when the page shows what is printed. */
  readonly prints: string | undefined;
}

interface Block {
  readonly line: number;
  readonly info: string;
  readonly lines: readonly string[];
  /** Line of the closing fence, from 1. */
  readonly endLine: number;
}

/** The TypeScript blocks of a page, but those whose first line is `// fragment`. */
export function readExamples(page: string, markdown: string): Example[] {
  const blocks = readBlocks(markdown);
  return blocks.flatMap((block, index): Example[] => {
    const [language, mode] = block.info.split(" ");
    if ((language !== "ts" && language !== "tsx") || block.lines[0] === "// fragment") return [];
    const next = blocks[index + 1];
    const followed = next?.info === "text" && next.line <= block.endLine + 2;
    const slug = page.replace(/\.md$/, "").replaceAll("/", "-");
    return [
      {
        page,
        line: block.line,
        language,
        fileName: `${slug}-${block.line}.${language}`,
        source: "\n".repeat(block.line) + block.lines.join("\n"),
        runs: language === "ts" && mode !== "no-run",
        prints: followed ? next.lines.join("\n") : undefined,
      },
    ];
  });
}

function readBlocks(markdown: string): Block[] {
  const blocks: Block[] = [];
  let open: { readonly line: number; readonly info: string; readonly lines: string[] } | undefined;
  for (const [index, text] of markdown.split("\n").entries()) {
    const fence = /^```(.*)$/.exec(text);
    if (fence === null) open?.lines.push(text);
    else if (open === undefined) open = { line: index + 1, info: fence[1]?.trim() ?? "", lines: [] };
    else {
      blocks.push({ ...open, endLine: index + 1 });
      open = undefined;
    }
  }
  if (open !== undefined) throw new Error(`The code block at line ${open.line} is not closed.`);
  return blocks;
}
