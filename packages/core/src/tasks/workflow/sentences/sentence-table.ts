/** A description, and the workflow that an engineer would make of it. */
export interface ExpectedWorkflow {
  readonly description: string;
  readonly tools: readonly string[];
  readonly steps: readonly ExpectedStep[];
  /** What the open questions have to speak of; `undefined` when nothing may be asked. */
  readonly question: string | undefined;
}

/** One step that has to come out. */
export interface ExpectedStep {
  /** `type:service`; `?` stands for no service, `*` for any. */
  readonly label: string;
  /** What its description has to contain, whatever the case. */
  readonly part: string;
}

/**
 * Reads a table with one sentence a line:
 *
 *     description => trigger:gmail | condition:? is urgent | action:slack post ?? what to ask
 *
 * `⏎` stands for a line break, `{slack, gmail}` in front for connected tools. A line without `=>` goes on with the one
 * before it, a line that starts with `#` names a group.
 */
export function sentenceTable(text: string): ExpectedWorkflow[] {
  const rows: string[] = [];
  for (const line of text.split("\n").map((piece) => piece.trim())) {
    if (line === "" || line.startsWith("# ")) continue;
    if (line.startsWith("=>")) rows.push(`${rows.pop()} ${line}`);
    else rows.push(line);
  }
  return rows.map(readRow);
}

function readRow(row: string): ExpectedWorkflow {
  const split = row.lastIndexOf("=>");
  const [said, expected] = [row.slice(0, split).trim(), row.slice(split + 2).trim()];
  const tools = /^\{([^}]*)\}/u.exec(said);
  const [steps = "", question] = expected.split("??").map((piece) => piece.trim());
  return {
    description: said
      .slice(tools?.[0].length ?? 0)
      .trim()
      .replaceAll("⏎", "\n"),
    tools: tools?.[1]?.split(",").map((tool) => tool.trim()) ?? [],
    steps: steps.split("|").map(readStep),
    question,
  };
}

function readStep(text: string): ExpectedStep {
  const [label = "", ...words] = text.trim().split(" ");
  return { label, part: words.join(" ") };
}
