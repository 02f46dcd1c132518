import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MaskContext, Masked } from "./masker.js";
import { patternMasker } from "./pattern-masker.js";

const secrets = ["ada@example.com", "4111 1111 1111 1111", "DE89370400440532013000", "Zaphod Beeblebrox"];
const masker = patternMasker({
  known: ["Zaphod Beeblebrox"],
  key: "0123456789abcdef0123456789abcdef",
});
const contexts: readonly MaskContext[] = [{}, { conversation: "c1", tenantId: "acme" }];

const piece = fc.oneof(
  fc.constantFrom(...secrets),
  fc.constantFrom(
    "password: ",
    "my name is ",
    "[EMAIL_",
    "k3f9_0001]",
    "\\",
    '"',
    "\n",
    " ",
    ", ",
    "é",
    "\ud83d",
    "{",
    "[1,",
    "%40",
  ),
  fc.string({ unit: "binary", maxLength: 3 }),
);
const text = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join(""));
const anyText = fc.oneof(
  text,
  text.map((inner) => JSON.stringify({ note: inner, list: [inner, 4111111111111111] })),
  text.map((inner) => JSON.stringify(JSON.stringify([inner]))),
  text.map(
    (inner) => `see ${btoa(unescape(encodeURIComponent(inner.replace(/\p{Surrogate}/gu, "?"))))} there`,
  ),
);
const parts = fc.array(
  anyText.map((inner) => ({ type: "text", text: inner })),
  { maxLength: 4 },
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    anyText,
    parts,
    fc.integer(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("password", "text", "email", "__proto__", "content"), tie("value"), {
      maxKeys: 3,
    }),
  ),
}));

describe("any value", () => {
  it.each(contexts)("is restored as it was, in %j", (context) => {
    fc.assert(
      fc.property(value, (original) => {
        const masked = masker.mask(original, context) as Masked<unknown>;
        expect(masked.restore(masked.value)).toStrictEqual(original);
        const again = masker.mask(masked.value, context) as Masked<unknown>;
        expect(again.restore(again.value)).toStrictEqual(masked.value);
      }),
      { numRuns: 600, seed: 31 },
    );
  });

  it("shows none of what was hidden, whatever stands around it", () => {
    const around = fc.constantFrom("", " ", "\n", '"', "(", "<b>", " \u200b", "; ", "\t", "—");
    fc.assert(
      fc.property(
        fc.array(fc.tuple(around, fc.constantFrom(...secrets), around), { maxLength: 5 }),
        (triples) => {
          const joined = triples.map((triple) => triple.join("")).join(" | ");
          const whole = {
            joined,
            json: JSON.stringify({ note: joined }),
            parts: [{ text: joined }, { text: "end" }],
          };
          const shown = JSON.stringify((masker.mask(whole, {}) as Masked<unknown>).value);
          for (const secret of secrets) expect(shown).not.toContain(secret);
        },
      ),
      { numRuns: 300, seed: 32 },
    );
  });

  it("has one placeholder for each value, and none for what is clean", () => {
    const { value: shown, counts } = masker.mask(
      secrets.flatMap((secret) => [secret, `x ${secret} y`, secret]),
      {},
    ) as Masked<readonly string[]>;
    expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(secrets.length);
    for (let index = 0; index < shown.length; index += 3) {
      expect(shown[index + 2]).toBe(shown[index]);
      expect(shown[index + 1]).toBe(`x ${shown[index]} y`);
    }
    expect(masker.mask({ clean: ["How do I connect Slack?", "", " "] }, {})).toMatchObject({ counts: {} });
  });

  it("looks at a message's role only when it is none of the four", () => {
    const custom = patternMasker({ known: ["user"], patterns: [{ type: "word", pattern: "system" }] });
    const roles = ["system", "user", "assistant", "tool"].map((role) => ({ role, content: "" }));
    const password = "user";
    expect(custom.mask({ messages: roles, password }, {})).toMatchObject({ value: { messages: roles } });
    const others = [{ role: "user " }, { role: "ada@example.com" }, { name: "user" }];
    const { value: shown } = custom.mask({ messages: others, role: "user" }, {}) as Masked<object>;
    expect(JSON.stringify(shown)).not.toMatch(/user|ada/);
  });
});
