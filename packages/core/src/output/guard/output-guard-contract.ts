import assert from "node:assert/strict";
import type { ContractCase } from "../../testing/contract-case.js";
import { createGuardedText, guardText } from "./guarded-text.js";
import type { OutputGuard } from "./output-guard.js";

/** Makes a guard. */
export type CreateOutputGuard = () => OutputGuard | Promise<OutputGuard>;

const image = "![chart](https://elsewhere.example/?d=1)";
const texts = [
  "",
  "Hello there.",
  "One. Two! Three?\n\nFour, 5 and [EMAIL_k3f9_0001]",
  `Look: ${image} and <img src="https://elsewhere.example/x"> and <b>more</b>.`,
  "[text](https://elsewhere.example/), https://elsewhere.example, ada@example.org, +44 20 7946 0958",
  "你好。这是一个测试！\ud83d 👍",
  `${"word ".repeat(200)}${image}`,
  "x".repeat(3_000),
  "](![<[".repeat(50),
];

/** What every output guard promises. */
export const outputGuardContract: readonly ContractCase<CreateOutputGuard>[] = [
  {
    name: "finds in order, without overlaps, within the text",
    async run(create) {
      const guard = await create();
      for (const text of texts) {
        let last = 0;
        for (const { start, end } of guard.inspect(text)) {
          assert.ok(start >= last && end > start && end <= text.length);
          last = end;
        }
      }
    },
  },
  {
    name: "clears no text in a part of which it finds something",
    async run(create) {
      const guard = await create();
      for (const text of texts) {
        for (let end = 0; end <= text.length; end += 1) {
          if (guard.clears?.(text.slice(0, end)) !== true) break;
          assert.deepEqual(guard.inspect(text.slice(Math.max(0, end - 60), end)), []);
        }
      }
    },
  },
  {
    name: "replaces nothing that it has let go before",
    async run(create) {
      const guard = await create();
      for (const text of texts) {
        const first = guard.inspect(text).find(({ replacement }) => replacement !== undefined);
        for (let length = 0; length <= text.length; length += 1) {
          const free = guard.holdsFrom(text.slice(0, length));
          assert.ok(free >= 0 && free <= length);
          assert.ok(first === undefined || free <= first.start);
        }
      }
    },
  },
  {
    name: "lets the same through of a whole text and of its pieces",
    async run(create) {
      const guard = await create();
      for (const text of texts) {
        for (const size of [1, 3, 50]) {
          const pieces = createGuardedText(guard);
          let shown = "";
          for (let from = 0; from < text.length; from += size)
            shown += pieces.push(text.slice(from, from + size));
          assert.equal(shown + pieces.end(), guardText(guard, text));
        }
      }
    },
  },
  {
    name: "leaves placeholders alone",
    async run(create) {
      const text = "Write to [EMAIL_k3f9_0001] or [PHONE_k3f9_0002].";
      assert.equal(guardText(await create(), text), text);
    },
  },
  {
    name: "finds nothing more in what it let through",
    async run(create) {
      const guard = await create();
      for (const text of texts) {
        const once = guardText(guard, text);
        assert.equal(guardText(guard, once), once);
      }
    },
  },
];
