import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { defineTask } from "../define-task.js";
import { GatewayError } from "../errors/gateway-error.js";
import { createPartialReader } from "./create-partial-reader.js";
import type { OutputReader } from "./output-reader.js";
import { schemaOutputReader } from "./schema-output-reader.js";

const context = { caller: {}, signal: new AbortController().signal };
const keep = <Value>(value: Value) => value;
const taskOf = <Output extends z.ZodType<object>>(output: Output) =>
  defineTask({ name: "any", input: z.object({}), output, allow: "anyone", prompt: () => ({ messages: [] }) });

const ticket = z.object({ tag: z.enum(["bug", "billing"]), note: z.string(), steps: z.array(z.string()) });
const reading = { task: taskOf(ticket), input: {}, restore: keep, restoreJson: keep, context };

async function partialsOf<Output extends z.ZodType<object>>(output: Output, pieces: readonly string[]) {
  const reader = createPartialReader(schemaOutputReader(), { ...reading, task: taskOf(output) });
  const partials: unknown[] = [];
  for (const piece of pieces) {
    const partial = await reader.push(piece);
    if (partial !== undefined) partials.push(partial);
  }
  return partials;
}

/** Notes what it is given. */
function listening(
  answer: (text: string) => unknown,
): Pick<OutputReader, "readPartial"> & { texts: string[] } {
  const texts: string[] = [];
  return {
    texts,
    async readPartial({ text }) {
      texts.push(text);
      return answer(text) as never; // never: whatever the output is
    },
  };
}

describe("createPartialReader", () => {
  it("shows an object as it grows", async () => {
    const text = '{"tag":"billing","note":"Charged twice.","steps":["Refund it","Say sorry to them"]}';
    expect(await partialsOf(ticket, text.match(/.{1,4}/g) ?? [])).toEqual([
      { tag: "billing" },
      { tag: "billing", note: "Charged twice." },
      { tag: "billing", note: "Charged twice.", steps: ["Refund it"] },
      { tag: "billing", note: "Charged twice.", steps: ["Refund it", "Say sorry to them"] },
    ]);
  });

  it("shows it in a fence after a sentence, and in a list of one piece", async () => {
    const text = 'Sure, here {it} is:\n```json\n{"tag": "bug", "note": "x", "steps": []}\n```';
    expect(await partialsOf(ticket, [text])).toEqual([{ tag: "bug", note: "x", steps: [] }]);
  });

  it("waits for enough to read again", async () => {
    const reader = listening((text) => ({ length: text.length }));
    const partials = createPartialReader(reader, reading);
    expect(await partials.push('{"tag":"bug",')).toBeUndefined();
    expect(await partials.push("   ")).toEqual({ length: 16 });
    expect(await partials.push("no end in these sixteen")).toBeUndefined();
    expect(await partials.push('"')).toEqual({ length: 40 });
    await partials.push("x".repeat(1_000));
    await partials.push(",");
    reader.texts.length = 0;
    for (let count = 0; count < 65; count++) await partials.push(",");
    expect(reader.texts).toHaveLength(0);
    await partials.push(",");
    expect(reader.texts.map(({ length }) => length)).toEqual([1_107]);
  });

  it("is silent when nothing has changed", async () => {
    const answers = [{ a: 1 }, { a: 1 }, undefined, { a: 1 }, { a: 2 }, { a: 2 }];
    const partials = createPartialReader(
      listening(() => answers.shift()),
      reading,
    );
    const shown: unknown[] = [];
    for (let count = 0; count < 6; count++) shown.push(await partials.push("a piece, and its end."));
    expect(shown).toEqual([{ a: 1 }, undefined, undefined, { a: 1 }, { a: 2 }, undefined]);
  });

  it("takes an output that JSON can't hold for a new one", async () => {
    const partials = createPartialReader(
      listening(() => ({ id: 1n })),
      reading,
    );
    expect(await partials.push("a piece, and its end.")).toEqual({ id: 1n });
    expect(await partials.push("a piece, and its end.")).toEqual({ id: 1n });
  });

  it("reads a text of any length a limited number of times, and nothing beyond 256 KiB", async () => {
    const reader = listening(() => undefined);
    const partials = createPartialReader(reader, reading);
    for (let count = 0; count < 100_000; count++) await partials.push('{"a":1},  ');
    const lengths = reader.texts.map(({ length }) => length);
    expect(lengths.length).toBeLessThan(200);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(262_144);
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBeLessThan(17 * 262_144);
  });

  it("shows nothing more once the text is too long, whatever the size of its pieces", async () => {
    const partials = createPartialReader(
      listening((text) => ({ text })),
      reading,
    );
    expect(await partials.push('"'.repeat(200_000))).toBeDefined();
    expect(await partials.push('"'.repeat(100_000))).toBeUndefined();
    expect(await partials.push('"'.repeat(50_000))).toBeUndefined();
  });

  it("restores before it validates, and shows no placeholder", async () => {
    const task = taskOf(z.object({ to: z.email(), cc: z.array(z.email()) }));
    const restore = <Value>(value: Value): Value =>
      JSON.parse(JSON.stringify(value).replaceAll(/\[EMAIL_(\d)\]/g, "ada$1@example.com"));
    const partials = createPartialReader(schemaOutputReader(), { ...reading, task, restore });
    const shown: unknown[] = [];
    for (const piece of '{"to":"[EMAIL_1]","cc":["[EMAIL_2]",  "[EMAIL_3]"  ]}'.match(/.{1,3}/g) ?? [])
      shown.push(await partials.push(piece));
    expect(JSON.stringify(shown)).not.toContain("EMAIL");
    expect(shown.findLast((partial) => partial !== undefined)).toEqual({
      to: "ada1@example.com",
      cc: ["ada2@example.com", "ada3@example.com"],
    });
  });
});

describe("partial outputs of a task whose output is made of what a model wrote", () => {
  const complete = vi.fn(({ names }: { names: string[] }) => {
    if (names.includes("broken")) throw new Error("the database is down");
    if (names.includes("refused")) throw new GatewayError("invalid_output", "refused");
    return { people: names.map((name) => ({ name })), rest: "" };
  });
  const task = defineTask({
    name: "find",
    input: z.object({}),
    output: z.object({ people: z.array(z.object({ name: z.string().max(9) })).max(3), rest: z.string() }),
    modelOutput: z.object({ names: z.array(z.string()).min(1) }),
    complete,
    check: ({ people }) => (people.length === 2 ? "two is no number" : undefined),
    allow: "anyone",
    prompt: () => ({ messages: [] }),
  });
  const read = (text: string) => schemaOutputReader().readPartial({ ...reading, task, text });

  it("are whole outputs", async () => {
    expect(await read('{"names":["Ada","Bo')).toEqual({ people: [{ name: "Ada" }], rest: "" });
    expect(await read('{"names":["Ada","Bob","Eve"],"mo')).toEqual({
      people: [{ name: "Ada" }, { name: "Bob" }, { name: "Eve" }],
      rest: "",
    });
  });

  it.each([
    ["what the model must still write is missing", "{"],
    ["a list is too short", '{"names":["A'],
    ["what the model wrote does not fit", '{"names":[1,'],
    ["the completion refuses it", '{"names":["refused",'],
    ["the completion fails", '{"names":["broken",'],
    ["the output does not fit", '{"names":["too long a name",'],
    ["the task's own check refuses it", '{"names":["a","b",'],
  ])("are none when %s", async (_, text) => {
    expect(await read(text)).toBeUndefined();
  });
});

describe("partial outputs of any schema", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 8 }),
    fc.constantFrom('"', "\\", "a,b", "}", "]", "\n", "__proto__", "true", "12"),
  );
  type Case = readonly [z.ZodType, fc.Arbitrary<unknown>];
  const leaves: readonly Case[] = [
    [z.string(), text],
    [z.int(), fc.integer()],
    [z.number(), fc.double({ noNaN: true, noDefaultInfinity: true })],
    [z.boolean(), fc.boolean()],
    [z.null(), fc.constant(null)],
    [z.enum(["a", "ab", "abc"]), fc.constantFrom("a", "ab", "abc")],
    [z.string().nullable(), fc.option(text)],
  ];
  const objectOf = (fields: readonly Case[]): Case => [
    z.object(Object.fromEntries(fields.map(([schema], index) => [`k${index}`, schema]))),
    fc.record(Object.fromEntries(fields.map(([, value], index) => [`k${index}`, value]))),
  ];
  const { any } = fc.letrec<{ any: Case; leaf: Case; object: Case; list: Case; map: Case; either: Case }>(
    (tie) => ({
      any: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        tie("leaf"),
        tie("object"),
        tie("list"),
        tie("map"),
        tie("either"),
      ),
      leaf: fc.constantFrom(...leaves),
      object: fc.array(tie("any"), { minLength: 1, maxLength: 4 }).map(objectOf),
      list: tie("any").map(([schema, value]) => [z.array(schema), fc.array(value, { maxLength: 4 })]),
      map: tie("any").map(([schema, value]) => [
        z.record(z.string(), schema),
        fc.dictionary(fc.string({ maxLength: 3 }), value, { maxKeys: 3 }),
      ]),
      either: tie("object").map(([schema, value]) => [
        z.union([z.object({ other: z.int() }), schema]),
        fc.oneof(value, fc.record({ other: fc.integer() })),
      ]),
    }),
  );
  const written = fc
    .array(any, { minLength: 1, maxLength: 4 })
    .map(objectOf)
    .chain(([schema, value]) =>
      fc.record({
        schema: fc.constant(schema as z.ZodType<object>),
        value,
        indent: fc.constantFrom(0, 2),
        frame: fc.constantFrom(["", ""], ["Here:\n```json\n", "\n```"], ["", "\n\nThat is all."]),
        sizes: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 10 }),
      }),
    );

  it("are beginnings of the output, each of the next", async () => {
    let shown = 0;
    await fc.assert(
      fc.asyncProperty(written, async ({ schema, value, indent, frame: [before, after], sizes }) => {
        const json = `${before}${JSON.stringify(value, null, indent)}${after}`;
        const pieces: string[] = [];
        for (let at = 0; at < json.length; ) {
          const size = sizes[pieces.length % sizes.length] ?? 1;
          pieces.push(json.slice(at, at + size));
          at += size;
        }
        const partials = await partialsOf(schema, pieces);
        const final = await schemaOutputReader().read({
          ...reading,
          task: taskOf(schema),
          reply: { text: json },
        });
        shown += partials.length;
        for (const [index, partial] of partials.entries()) {
          expect(beginning(partial, partials[index + 1] ?? final)).toBe(true);
          expect(partials[index + 1]).not.toEqual(partial);
        }
      }),
      { numRuns: 150, seed: 7 },
    );
    expect(shown).toBeGreaterThan(300);
  }, 30_000);

  function beginning(part: unknown, whole: unknown): boolean {
    if (typeof part !== "object" || part === null) return Object.is(part, whole);
    if (typeof whole !== "object" || whole === null || Array.isArray(part) !== Array.isArray(whole))
      return false;
    return Object.entries(part).every(
      ([key, value]) => Object.hasOwn(whole, key) && beginning(value, Reflect.get(whole, key)),
    );
  }
});

describe("hostile text", () => {
  const anything = z.object({ a: z.unknown().optional(), list: z.array(z.looseObject({})).optional() });
  const size = 1_000_000;

  it.each([
    ["no JSON at all", "word, word. "],
    ["braces that begin nothing", "{ { { "],
    ["braces that might begin something", "{a {a {a, "],
    ["fences", "```json\n"],
    ["quotes", '"'],
    ["backslashes", '{"a":"\\\\\\\\\\\\\\\\'],
    ["objects after each other", '{"a":1} '],
    ["a deep list", '{"a":['],
    ["comments", '{"a":/* */ "x", '],
    ["__proto__", '{"__proto__":{"a":1},'],
  ])("of %s, 1 MB in small pieces, takes linear time and never rejects", async (_, seed) => {
    const text = seed.repeat(Math.ceil(size / seed.length));
    const started = process.cpuUsage().user;
    await partialsOf(anything, text.match(/[\s\S]{1,20}/g) ?? []);
    expect((process.cpuUsage().user - started) / 1_000).toBeLessThan(3_000);
    expect(Reflect.get({}, "a")).toBeUndefined();
  });

  it("of a long list shows it all the way to 256 KiB, in linear time", async () => {
    const items = Array.from({ length: 20_000 }, (_, index) => ({
      id: index,
      name: `item ${index}`,
      tags: ["a"],
    }));
    const output = z.object({
      items: z.array(z.object({ id: z.int(), name: z.string(), tags: z.array(z.string()) })),
    });
    const started = process.cpuUsage().user;
    const partials = await partialsOf(output, JSON.stringify({ items }).match(/.{1,20}/g) ?? []);
    expect((process.cpuUsage().user - started) / 1_000).toBeLessThan(5_000);
    expect(partials.length).toBeGreaterThan(100);
    expect(JSON.stringify(partials.at(-1)).length).toBeGreaterThan(240_000);
  });
});
