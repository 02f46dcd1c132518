import { describe, expect, it } from "vitest";
import { isGatewayError } from "../errors/gateway-error.js";
import { checkTextComplexity, checkValueComplexity, withoutUnsafeKeys } from "./json-complexity.js";

const refuses = (check: () => void) => {
  try {
    check();
  } catch (error) {
    return isGatewayError(error, "too_complex");
  }
  return false;
};
/** CPU time of a check in milliseconds, the best of three: others share the machine. */
function cpuMs(check: () => void): number {
  const times = Array.from({ length: 3 }, () => {
    const before = process.cpuUsage();
    check();
    return process.cpuUsage(before).user / 1000;
  });
  return Math.min(...times);
}

const quotes = (count: number) => '"\\"'.repeat(count);
/** All of them in one go, as large as a host may allow its bodies to be. */
const hostile: readonly (readonly [string, string, boolean])[] = [
  ["100,000 levels", "[".repeat(100_000), true],
  ["a million keys", `{${Array.from({ length: 1_000_000 }, (_, key) => `"k${key}":1`).join(",")}}`, true],
  ["a key of a megabyte", `{"${"k".repeat(1_000_000)}":1}`, true],
  ["a million entries", `[${"1,".repeat(1_000_000)}1]`, true],
  ["a megabyte of backslashes", `{"a":"${"\\".repeat(1_000_000)}"}`, false],
  ["a megabyte of escaped quotes", `{"a":"${'\\"'.repeat(500_000)}"}`, false],
  ["a megabyte of strings that never close", quotes(300_000), false],
  ["a megabyte of white space", `{${" ".repeat(1_000_000)}}`, false],
  ["a megabyte of closing brackets", "]".repeat(1_000_000), false],
];

describe("F6: checkTextComplexity", () => {
  it.each(hostile)("takes %s in 50 ms", (_name, text, isRefused) => {
    expect(refuses(() => checkTextComplexity(text))).toBe(isRefused);
    expect(cpuMs(() => refuses(() => checkTextComplexity(text)))).toBeLessThan(50);
  });

  it("agrees with the check of the parsed value, at the limits and one beyond", () => {
    const cases = [
      ...[63, 64, 65].map((levels) => `${"[".repeat(levels)}${"]".repeat(levels)}`),
      ...[10_000, 10_001].map((keys) =>
        JSON.stringify(Object.fromEntries(Array.from({ length: keys }, (_, key) => [key, 1]))),
      ),
      ...[10_001, 10_002].map((entries) => JSON.stringify(Array(entries).fill(0))),
      ...[1024, 1025].map((length) => JSON.stringify({ ["k".repeat(length)]: 1 })),
      JSON.stringify({ "a:b": ["{", "[", ",", '"', "\\", '\\"'] }),
    ];
    const verdicts = cases.map((text) => [
      refuses(() => checkTextComplexity(text)),
      refuses(() => checkValueComplexity(JSON.parse(text))),
    ]);
    expect(verdicts.map(([text]) => text)).toEqual([
      false,
      false,
      true,
      false,
      true,
      false,
      true,
      false,
      true,
      false,
    ]);
    for (const [text, value] of verdicts) expect(value).toBe(text);
  });
});

describe("F6: checkValueComplexity", () => {
  it("takes a depth that would overflow the stack, and a cycle, in 50 ms", () => {
    const cycle: Record<string, unknown> = {};
    cycle["self"] = cycle;
    let deep: object = {};
    for (let level = 0; level < 200_000; level++) deep = { deep };
    for (const value of [cycle, deep]) {
      expect(refuses(() => checkValueComplexity(value))).toBe(true);
      expect(cpuMs(() => refuses(() => checkValueComplexity(value)))).toBeLessThan(50);
    }
  });
});

describe("F7: withoutUnsafeKeys", () => {
  it("drops them at each level, own ones only, and changes no prototype", () => {
    const value: unknown = JSON.parse(
      '{"a":{"__proto__":{"x":1},"b":[{"constructor":1,"c":2,"prototype":3}]},"__proto__":{"x":1}}',
    );
    const safe = withoutUnsafeKeys(value);
    expect(safe).toEqual({ a: { b: [{ c: 2 }] } });
    expect(Object.getPrototypeOf(safe)).toBe(Object.prototype);
    expect("x" in {}).toBe(false);
  });
});
