import { describe, expect, it } from "vitest";
import { compileWorkflow } from "./compile-workflow.js";
import { explainWorkflow } from "./explain-workflow.js";
import { conditionSentences } from "./fixtures/condition-sentences.js";
import { everydaySentences } from "./fixtures/everyday-sentences.js";
import { furtherSentences } from "./fixtures/further-sentences.js";
import { laterSentences } from "./fixtures/later-sentences.js";
import { openSentences } from "./fixtures/open-sentences.js";
import { type ExpectedWorkflow, sentenceTable } from "./fixtures/sentence-table.js";
import { startSentences } from "./fixtures/start-sentences.js";
import { styleSentences } from "./fixtures/style-sentences.js";

const tables = {
  starts: sentenceTable(startSentences),
  conditions: sentenceTable(conditionSentences),
  styles: sentenceTable(styleSentences),
  "what is open": sentenceTable(openSentences),
  "what came later": sentenceTable(furtherSentences),
  "what came last": sentenceTable(laterSentences),
  "everyday work": sentenceTable(everydaySentences),
};

/** The steps that came out, in the table's notation: as precise as the table asks for. */
function compiled({ description, tools, steps: expected }: ExpectedWorkflow): string[] {
  return compileWorkflow(description, tools).steps.map((step, index) => {
    const { label = "", part = "" } = expected[index] ?? {};
    const service = label.endsWith(":*") ? "*" : (step.service ?? "?");
    const says = step.description.toLowerCase().includes(part) ? part : step.description;
    return `${step.type}:${service} ${says}`.trim();
  });
}

describe.each(Object.entries(tables))("%s", (_, rows) => {
  it.each(rows.map((row) => [row.description, row] as const))("%s", (description, row) => {
    expect(compiled(row)).toEqual(row.steps.map(({ label, part }) => `${label} ${part}`.trim()));
    if (row.question === undefined) return;
    const explanation = explainWorkflow(compileWorkflow(description, row.tools));
    expect(explanation.toLowerCase()).toContain(row.question);
  });
});

it("are enough to be worth their name", () => {
  const all = Object.values(tables).flat();
  expect(new Set(all.map(({ description, tools }) => `${tools} ${description}`)).size).toBe(all.length);
  expect(all.length).toBeGreaterThanOrEqual(230);
});
