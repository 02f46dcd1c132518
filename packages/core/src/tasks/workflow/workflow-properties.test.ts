import { execFile } from "node:child_process";
import { promisify } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { builtInNames } from "../services/built-in-names.js";
import { compileWorkflow } from "./compile-workflow.js";
import { explainWorkflow } from "./explain-workflow.js";
import { conditionSentences } from "./fixtures/condition-sentences.js";
import { openSentences } from "./fixtures/open-sentences.js";
import { sentenceTable } from "./fixtures/sentence-table.js";
import { startSentences } from "./fixtures/start-sentences.js";
import type { WorkflowStep } from "./workflow-schema.js";

/** What holds for the steps of every description. */
function expectWellFormed(steps: readonly WorkflowStep[]): void {
  expect(steps.map(({ type }) => type).lastIndexOf("trigger")).toBe(0);
  expect(steps.at(-1)?.type).not.toBe("condition");
  expect(steps.length).toBeLessThanOrEqual(50);
  for (const { description, service } of steps) {
    expect(description.trim()).not.toBe("");
    if (service !== undefined) expect(builtInNames.byId(service)).toBeDefined();
  }
}

describe("any text", () => {
  const vocabulary = fc.constantFrom(
    ..."when if unless otherwise every monday at 9 then and , . ; → send add email slack sheets to from in a the \" ' [EMAIL_k3f9_0001] #ops otherwise once for each new daily it".split(
      " ",
    ),
  );
  const text = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 300 }),
    fc.array(vocabulary, { maxLength: 60 }).map((words) => words.join(" ")),
  );

  it("becomes steps with one trigger, first, and catalogue services only", () => {
    fc.assert(
      fc.property(text, fc.array(fc.string({ maxLength: 20 }), { maxLength: 5 }), (description, tools) => {
        const { steps } = compileWorkflow(description, tools);
        expectWellFormed(steps);
        expect(compileWorkflow(description, tools).steps).toEqual(steps);
      }),
      { numRuns: 500 },
    );
  });

  it("keeps the user's words: every step but a manual or an assumed start is made of them", () => {
    const assumed = new Set(["On a schedule", "When the form is submitted", "When the webhook is called"]);
    fc.assert(
      fc.property(fc.array(vocabulary, { maxLength: 60 }), (words) => {
        const source = words.join(" ").toLowerCase();
        for (const step of compileWorkflow(words.join(" ")).steps) {
          if (step.service === "manual" || assumed.has(step.description)) continue;
          for (const word of step.description.toLowerCase().match(/[a-z]+/g) ?? [])
            expect(`${source} opposite of`).toContain(word);
        }
      }),
    );
  });

  it("is read in a time that grows with its length", () => {
    for (const piece of [
      ",and then ",
      "a.",
      '"“«[A',
      "a@a.",
      "every monday and ",
      "when if ",
      "slck gogle ",
    ]) {
      const description = piece.repeat(Math.ceil(20_000 / piece.length)).slice(0, 20_000);
      const started = process.cpuUsage();
      compileWorkflow(description);
      expect(process.cpuUsage(started).user / 1000, piece).toBeLessThan(500);
    }
  });
});

describe("sentences made of parts", () => {
  const one = (text: string) => fc.constantFrom(...text.split("|"));
  const trigger = one(
    "When a form is submitted|whenever a Stripe payment fails|every Monday at 9|On the 1st of every month|0 9 * * 1|New Shopify order|If an email arrives in Gmail|When I click a button|A new lead in HubSpot|in FooDesk|",
  );
  const condition = one(
    'if the amount is over 100|only if it contains "urgent"|unless it is spam|but don\'t do it at night|if so|otherwise|if not|provided that it is new|when it is late|if',
  );
  const action = one(
    "post it to Slack|email me|add a row to gsheets|wait 2 days|do nothing|don't text me|send a message to Slack, Discord and Teams|create a card|reply to it|the usual",
  );
  const joint = one(", | and |, then |. |; |: | → |\n- | ");
  const sentence = fc
    .tuple(trigger, fc.array(fc.tuple(joint, fc.oneof(condition, action, trigger)), { maxLength: 8 }))
    .map(([start, parts]) => start + parts.flat().join(""));

  it("are well-formed, asked about and the same twice", () => {
    fc.assert(
      fc.property(sentence, one("slack|gmail|Google Sheets|hubspot|nothing known"), (description, tool) => {
        const compiled = compileWorkflow(description, [tool]);
        expectWellFormed(compiled.steps);
        for (const experience_level of [undefined, "beginner", "advanced"] as const) {
          const explanation = explainWorkflow(compiled, { experience_level, tools: [tool] });
          for (const question of compiled.questions) expect(explanation).toContain(question);
        }
        expect(compileWorkflow(description, [tool])).toEqual(compiled);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("over processes", () => {
  const rows = [startSentences, conditionSentences, openSentences].flatMap((table) =>
    sentenceTable(table).slice(0, 17),
  );
  const descriptions = rows.map(({ description }) => description);
  const code = `
    const [compile, explain, descriptions] = process.argv.slice(1);
    const { compileWorkflow } = await import(compile);
    const { explainWorkflow } = await import(explain);
    const answers = JSON.parse(descriptions).map((text) => {
      const compiled = compileWorkflow(text, ["slack"]);
      return [compiled, explainWorkflow(compiled, { experience_level: "beginner" })];
    });
    console.log(JSON.stringify(answers));`;

  async function answersIn(env: Readonly<Record<string, string>>): Promise<string> {
    const files = ["./compile-workflow.ts", "./explain-workflow.ts"].map(
      (file) => new URL(file, import.meta.url).href,
    );
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--import", "tsx", "--input-type=module", "-e", code, ...files, JSON.stringify(descriptions)],
      { env: { ...process.env, ...env }, maxBuffer: 10_000_000 },
    );
    return stdout;
  }

  it("time zones and languages the answers are the same", async () => {
    const [first, ...others] = await Promise.all([
      answersIn({ TZ: "UTC", LANG: "C" }),
      answersIn({ TZ: "Pacific/Kiritimati", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" }),
      answersIn({ TZ: "America/St_Johns", LANG: "de_DE.UTF-8" }),
    ]);
    expect(JSON.parse(first)).toHaveLength(51);
    expect(others).toEqual([first, first]);
  }, 30_000);
});
