import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import type { MaskContext, Masked } from "./masker.js";
import { patternMasker } from "./pattern-masker.js";

const key = "0123456789abcdef0123456789abcdef";
const masker = patternMasker({ key });
const mask = (text: string, context: MaskContext) => masker.mask(text, context) as Masked<string>;
const one: MaskContext = { tenantId: "acme", conversation: "c1" };

describe("placeholders of a conversation", () => {
  it("stay the same from call to call, whatever else is hidden", () => {
    const first = mask("ada@example.com", one).value;
    expect(first).toMatch(/^\[EMAIL_[a-z0-9]{4}_[1-9]\d{8}\]$/);
    expect(mask("bob@example.com, 203.0.113.7, ada@example.com", one).value).toContain(first);
    expect(patternMasker({ key }).mask("ada@example.com", one)).toMatchObject({ value: first });
  });

  it("follow from a key of text or bytes alike", () => {
    const bytes = patternMasker({ key: new TextEncoder().encode(key) });
    expect(bytes.mask("ada@example.com", one)).toMatchObject({ value: mask("ada@example.com", one).value });
  });

  it("differ by conversation, tenant and key", () => {
    const values = [
      mask("ada@example.com", one),
      mask("ada@example.com", { ...one, conversation: "c2" }),
      mask("ada@example.com", { ...one, tenantId: "other" }),
      mask("ada@example.com", { conversation: "c1" }),
      // Neither can be moved from one part into the other.
      mask("ada@example.com", { tenantId: 'acme","c1', conversation: "" }),
      patternMasker({ key: key.toUpperCase() }).mask("ada@example.com", one) as Masked<string>,
    ].map(({ value }) => value);
    expect(new Set(values).size).toBe(values.length);
  });

  it("differ from call to call without a key or without a conversation", () => {
    const again = () => mask("ada@example.com", { tenantId: "acme" }).value;
    const values = Array.from({ length: 20 }, again);
    expect(new Set(values).size).toBeGreaterThan(15);
    for (const value of values) expect(value).toMatch(/_0001\]$/);
  });

  it("are restored in their conversation only, also when two run at once with the same values", () => {
    const texts = ["ada@example.com wrote to bob@example.com", "bob@example.com, 4111 1111 1111 1111"];
    const calls = ["c1", "c2"].map((conversation) =>
      texts.map((text) => mask(text, { ...one, conversation })),
    );
    for (const [own, other] of [calls, calls.toReversed()] as const) {
      for (const [index, masked] of (own ?? []).entries()) {
        expect(masked.restore(masked.value)).toBe(texts[index]);
        for (const foreign of other ?? []) expect(masked.restore(foreign.value)).toBe(foreign.value);
      }
    }
  });

  it("are restored in two streams at once, letter by letter, each its own only", () => {
    const text = "ada@example.com, 4111 1111 1111 1111";
    const calls = ["c1", "c2"].map((conversation) => mask(text, { ...one, conversation }));
    const replies = calls.map((call) => `${calls.map(({ value }) => value).join(" / ")} / ${call.value}`);
    const restorers = calls.map((call) => call.restorer());
    const shown = ["", ""];
    for (let at = 0; at < Math.max(...replies.map(({ length }) => length)); at += 1) {
      for (const [index, restorer] of restorers.entries())
        shown[index] += restorer.push(replies[index]?.[at] ?? "");
    }
    for (const [index, restorer] of restorers.entries()) shown[index] += restorer.end();
    const [first, second] = calls.map(({ value }) => value);
    expect(shown).toEqual([`${text} / ${second} / ${text}`, `${first} / ${text} / ${text}`]);
  });

  it("come back untouched when a user types one, their own or another's", () => {
    const own = mask("ada@example.com", one).value;
    const foreign = mask("ada@example.com", { ...one, conversation: "c2" }).value;
    for (const typed of [
      own,
      foreign,
      own.toLowerCase(),
      own.replaceAll("_", " "),
      own.replace("[", "%5B"),
    ]) {
      const text = `${typed} and ada@example.com`;
      const masked = mask(text, one);
      expect(masked.restore(masked.value)).toBe(text);
      expect(masked.restore(`I saw ${masked.value}`)).toBe(`I saw ${text}`);
    }
  });

  it("are one to one for 10,000 values, in time linear in them", async () => {
    const addresses = Array.from({ length: 10_000 }, (_, index) => `user${index}@example.com`);
    const timed = async (count: number) => {
      const started = process.cpuUsage().user;
      const masked = await masker.mask(addresses.slice(0, count).join(" "), one); // a promise: it is long
      return { masked, milliseconds: (process.cpuUsage().user - started) / 1000 };
    };
    await timed(1000);
    const { masked, milliseconds } = await timed(10_000);
    expect(new Set(masked.value.split(" ")).size).toBe(10_000);
    expect(masked.restore(masked.value)).toBe(addresses.join(" "));
    expect(milliseconds).toBeLessThan(3000);
  });

  it("keep the key and the originals out of what is printed", () => {
    const masked = mask("ada@example.com", one);
    for (const printed of [
      inspect(masker, { depth: 9, showHidden: true }),
      inspect(masked, { depth: 9, showHidden: true }),
      JSON.stringify(masked),
      inspect(masked.restorer(), { depth: 9, showHidden: true }),
    ]) {
      expect(printed).not.toContain(key);
      expect(printed).not.toContain("ada@");
    }
  });
});
