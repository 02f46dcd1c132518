import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isGatewayError } from "../errors/gateway-error.js";
import { parseJsonReply } from "./parse-json-reply.js";

/** What a model may write, and the value it surely means. */
const mended: readonly (readonly [text: string, value: unknown])[] = [
  ['{"a":1}', { a: 1 }],
  [' \n{"a":1}\t', { a: 1 }],
  ['\ufeff{"a":1}', { a: 1 }],
  ["[1,2]", [1, 2]],
  ["12", 12],
  ['"text"', "text"],
  // fences and sentences
  ['```json\n{"a":1}\n```', { a: 1 }],
  ['```\n{"a":1}\n```', { a: 1 }],
  ['```JSON {"a":1}```', { a: 1 }],
  ['```json\n{"a":1}', { a: 1 }],
  ["```json\n[1, 2]\n```", [1, 2]],
  ['Here:\n```json\n[{"a":1}]\n```\nDone.', [{ a: 1 }]],
  ['Sure! {"a":1}', { a: 1 }],
  ['{"a":1} Anything else?', { a: 1 }],
  ['The {result} you want: {"a":1}.', { a: 1 }],
  ['Set {x} and {y}: {"a":{"b":2}} :}', { a: { b: 2 } }],
  ['[{"a":1}] as asked', [{ a: 1 }]],
  ['{"a":"```json\\n{}\\n```",}', { a: "```json\n{}\n```" }],
  // commas
  ['{"a":1,}', { a: 1 }],
  ['{"a":[1,2,],}', { a: [1, 2] }],
  ['{"a":1 , \n }', { a: 1 }],
  ["[[],[],]", [[], []]],
  ["[{},]", [{}]],
  // quotes and keys
  ["{'a':'b'}", { a: "b" }],
  ["{'it\\'s':'a \"b\"'}", { "it's": 'a "b"' }],
  ["{a:1}", { a: 1 }],
  ["{ $a_1-b : 1 }", { "$a_1-b": 1 }],
  ["{größe: 1}", { größe: 1 }],
  ['{a:\'b\',"c":"d"}', { a: "b", c: "d" }],
  ['{"__proto__":{"x":1},}', Object.fromEntries([["__proto__", { x: 1 }]])],
  ['{"a":1,"a":2,}', { a: 2 }],
  // words
  ["{'a': True, 'b': False, 'c': None}", { a: true, b: false, c: null }],
  ['{"a":NaN}', { a: null }],
  ["[true,false,null,]", [true, false, null]],
  // comments
  ['{"a":1 // one\n}', { a: 1 }],
  ['{/* first */"a":/* one */1/* end */}', { a: 1 }],
  ['{ // note\n "a": 1 }', { a: 1 }],
  ['{"a":"http://b//c /* d */",}', { a: "http://b//c /* d */" }],
  // strings
  ['{"a":"line\nline\ttab"}', { a: "line\nline\ttab" }],
  ['{"a":"C:\\data\\x"}', { a: "C:\\data\\x" }],
  ['{"a":"\\u00e9\\n\\"\\\\\\/",}', { a: 'é\n"\\/' }],
  ['{"a":"\\ud83d\\ude00",}', { a: "😀" }],
  ['{"a":"[1,","b":"}"}', { a: "[1,", b: "}" }],
  // numbers
  ['{"a":[-0.5,1e3,-2E-2,0,],}', { a: [-0.5, 1000, -0.02, 0] }],
  // missing brackets after a complete entry
  ['{"a":"b"', { a: "b" }],
  ['{"a":[1,2]', { a: [1, 2] }],
  ['{"a":{"b":[{"c":"d"}', { a: { b: [{ c: "d" }] } }],
  ['{"a":[{"b":"c"', { a: [{ b: "c" }] }],
  ['{"a":true', { a: true }],
  ['{"a":1 ', { a: 1 }],
  ['{"a":1 // and', { a: 1 }],
];

/** What would be a guess. */
const refused: readonly string[] = [
  "",
  " ",
  "no JSON here",
  "{",
  "}",
  "{ this is not JSON }",
  "{a}",
  '{"a":1,,"b":2}',
  "[1,,2]",
  "[,1]",
  '{"a":1 "b":2}',
  '{"a" 1}',
  '{"a":}',
  '{"a":"he said "hi" again"}',
  "{'a':'it's'}",
  '{"a":billing}',
  '{"a":Infinity}',
  '{"a":undefined}',
  '{"a":1.}',
  '{"a":.5}',
  '{"a":+1}',
  '{"a":007}',
  '{"a":1_000}',
  '{"a":0x1f}',
  '{"a":1/2}',
  '{"a":"\\u12g4",}',
  '{"a":[1,2}',
  '[{"a":1]',
  '{"a":1,...}',
  '{"a":("b")}',
  '{"a":1}\n{"a":2}',
  'First {"a":1}, better {"a":2}',
  '{"a":1}\n```json\n{"a":2}\n```',
  "{1:2}",
  // cut, but nothing says so
  '{"a":"b","c":"d',
  '{"a":"b","c":12',
  '{"a":"b",',
  '{"a":"b","c"',
  '{"a":"b","c":',
  '{"a":[',
  '{"a":"b\\',
  '{"a":1 /* and',
];

/** Replies that say they were cut off, and what is surely whole in them. */
const cut: readonly (readonly [text: string, value: unknown])[] = [
  ['{"', {}],
  ['{"a', {}],
  ['{"a"', {}],
  ['{"a":', {}],
  ['{"a":"bill', {}],
  ['{"a":12', {}],
  ['{"a":12.', {}],
  ['{"a":-', {}],
  ['{"a":2e', {}],
  ['{"a":tru', {}],
  ['{"a":true', { a: true }],
  ['{"a":"b\\', {}],
  ['{"a":"b\\u00', {}],
  ['{"a":"b",', { a: "b" }],
  ['{"a":"b","c":1', { a: "b" }],
  ['{"a":["b","c', { a: ["b"] }],
  ['{"a":[1,2', { a: [1] }],
  ['{"a":[1,2,', { a: [1, 2] }],
  ['{"a":[{"b":"c"},{"b":', { a: [{ b: "c" }] }],
  ['{"a":[{"b":"c"},{"b":"d","e', { a: [{ b: "c" }] }],
  ['{"a":[{"b":"c"},{"b":"d"', { a: [{ b: "c" }] }],
  ['{"a":[{"b":"c"},{"b":"d"}', { a: [{ b: "c" }, { b: "d" }] }],
  ['{"a":[[1],[2', { a: [[1]] }],
  ['{"a":{"b":"c","d":{"e', { a: { b: "c", d: {} } }],
  ['{"a":[', { a: [] }],
  ['{"a":"b" /* and', { a: "b" }],
  ["{'a': 'b', c", { a: "b" }],
  ['```json\n{"a":"b","c":"', { a: "b" }],
];

function refuses(text: string, cutOff = false): boolean {
  try {
    parseJsonReply(text, cutOff);
    return false;
  } catch (error) {
    expect(isGatewayError(error, "invalid_output")).toBe(true);
    expect(String(error)).not.toMatch(/CANARY|[{}[\]]/);
    return true;
  }
}

/** Whether `part` has nothing that `whole` does not have in the same place, in its lists whole items only if wanted. */
function isPrefix(part: unknown, whole: unknown, items: "whole" | "any"): boolean {
  if (!isContainer(part)) return Object.is(part, whole);
  if (!isContainer(whole) || Array.isArray(part) !== Array.isArray(whole)) return false;
  if (Array.isArray(part) && items === "whole")
    return isDeepStrictEqual(part, Object.values(whole).slice(0, part.length));
  const entries = new Map(Object.entries(whole));
  return Object.entries(part).every(
    ([key, value]) => entries.has(key) && isPrefix(value, entries.get(key), items),
  );
}

const isContainer = (value: unknown): value is object => typeof value === "object" && value !== null;

describe("parseJsonReply", () => {
  it.each(mended)("mends %j", (text, value) => {
    expect(parseJsonReply(text)).toEqual(value);
  });

  it.each(refused)("refuses %j", (text) => {
    expect(refuses(text)).toBe(true);
  });

  it.each(cut)("leaves out what was cut: %j", (text, value) => {
    expect(parseJsonReply(text, true)).toEqual(value);
  });

  it("refuses what is nested too deeply to be walked, also when it is valid", () => {
    const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
    expect(refuses(nested(100))).toBe(false);
    expect(refuses(nested(101))).toBe(true);
    expect(refuses(`Here: {"a":${nested(99)},}`)).toBe(false);
    expect(refuses(`Here: {"a":${nested(100)},}`)).toBe(true);
  });

  it("keeps an own __proto__ an ordinary key", () => {
    const value = parseJsonReply('{"__proto__":{"admin":true},}');
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object(value).admin).toBeUndefined();
  });

  it("never changes valid JSON, also when a reply around it makes it read leniently", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseJsonReply(text)).toEqual(JSON.parse(text));
      }),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const text = JSON.stringify({ first: 1, ...value });
        expect(parseJsonReply(`Here: ${text} !`)).toEqual(JSON.parse(text));
      }),
    );
  });

  it("makes of valid JSON, cut anywhere, nothing that was not there", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), (value, place) => {
        const text = JSON.stringify({ first: 1, ...value });
        const part = text.slice(0, 2 + (place % (text.length - 2)));
        expect(isPrefix(parseJsonReply(part, true), JSON.parse(text), "whole")).toBe(true);
        if (!refuses(part)) expect(isPrefix(parseJsonReply(part), JSON.parse(text), "any")).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("never throws anything of its own, whatever the text is", () => {
    const pieces = [
      '"',
      "'",
      "\\",
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      "/",
      "*",
      "\n",
      "u12",
      "a",
      "1",
      ".",
      "```",
      " ",
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces)), fc.boolean(), (parts, cutOff) => {
        refuses(parts.join(""), cutOff);
      }),
      { numRuns: 1000 },
    );
  });
});

const million = 1_000_000;
/** A megabyte of what could make a reader slow or overflow its stack. */
const hostile: Readonly<Record<string, string>> = {
  "open brackets": "[".repeat(million),
  "deep and valid": "[".repeat(million / 2) + "]".repeat(million / 2),
  "deep objects": '{"a":'.repeat(million / 5),
  "one word": "a".repeat(million),
  quotes: '"'.repeat(million),
  emoji: "😀".repeat(million / 2),
  "open braces": "{ ".repeat(million / 2),
  "one long key": `{${"a".repeat(million)}`,
  "nothing but space": `{${" ".repeat(million)}`,
  fences: "```a ".repeat(million / 5),
  backslashes: `{"a":"${"\\".repeat(million)}`,
  "unknown escapes": `{"a":"${"\\d".repeat(million / 2)}"}`,
  "quotes within quotes": `{"a":"${'x" '.repeat(million / 3)}`,
  "one long number": `[${"1".repeat(million)}`,
  numbers: `[${"1,".repeat(million / 2)}`,
  "comments that stay open": '{"a":1/*'.repeat(million / 8),
  comments: `[${"/**/".repeat(million / 4)}`,
  "a sentence of braces after it": `{"a":1,}${"{ ".repeat(million / 2)}`,
};

describe.each(Object.entries(hostile))("a megabyte of %s", (_, text) => {
  it("is read or refused in linear time", () => {
    const times = [1, 2, 3].map(() => {
      const startedMs = performance.now();
      refuses(text, true);
      return performance.now() - startedMs;
    });
    // Under 100 ms on a quiet machine; what is quadratic takes minutes.
    expect(Math.min(...times)).toBeLessThan(1000);
  });
});
