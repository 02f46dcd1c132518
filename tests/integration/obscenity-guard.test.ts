import { createAiGateway, defineTask, patternOutputGuard } from "@levqor/core";
import { fakeProvider, memoryAuditSink } from "@levqor/core/testing";
import { englishDataset, englishRecommendedTransformers, RegExpMatcher } from "obscenity";
import { expect, it } from "vitest";
import * as z from "zod";

// As docs/guide/output.md shows it.
const matcher = new RegExpMatcher({ ...englishDataset.build(), ...englishRecommendedTransformers });
const outputGuard = patternOutputGuard({
  findUnwanted: (text) =>
    matcher.getAllMatches(text).map(({ startIndex, endIndex }) => ({ start: startIndex, end: endIndex + 1 })),
});
const task = defineTask({
  name: "reply",
  input: z.object({ text: z.string() }),
  output: z.object({ reply: z.string() }),
  textField: "reply",
  allow: "anyone",
  prompt: ({ text }) => ({ messages: [{ role: "user", content: text }] }),
});
const text = "Well, shit. What the fuuuck, and bitch [EMAIL_zzzz_0001] of Scunthorpe? Fine.";
const clean = "Well, ***. What the ***, and *** [EMAIL_zzzz_0001] of Scunthorpe? Fine.";

it("hides what the obscenity package finds, whole and streamed at every size of a piece", async () => {
  for (let size = 1; size <= text.length; size += 7) {
    const provider = fakeProvider([{ text: text.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [] }]);
    const auditSink = memoryAuditSink();
    const gateway = createAiGateway({ provider, tasks: [task], outputGuard, auditSink });
    let shown = "";
    for await (const event of gateway.stream(task, { text: `${size}` }))
      if (event.type === "text-delta") shown += event.delta;
    expect(shown).toBe(clean);
    expect(auditSink.records[0]).toMatchObject({ output_findings: { unwanted: 3 } });
    expect((await gateway.run(task, { text: `${size} again` })).reply).toBe(clean);
  }
});
