import { describe, expect, it } from "vitest";
import type { Masked } from "./masker.js";
import { type PatternMaskerOptions, patternMasker } from "./pattern-masker.js";

const createNonce = () => "k3f9";
const maskWith = <Value>(options: PatternMaskerOptions, value: Value, context = {}) =>
  patternMasker({ createNonce, ...options }).mask(value, context) as Masked<Value>;
const types = (text: string, options: PatternMaskerOptions = {}) =>
  patternMasker(options)
    .detect(text)
    .map(({ type, start, end }) => `${type} ${text.slice(start, end)}`);

describe("detect", () => {
  it("tells type, place, likelihood and reasons in the order of the text", () => {
    const text = "card ４１１１ 1111 1111 1111 or ada [at] example [dot] com";
    expect(patternMasker().detect(text)).toEqual([
      { type: "credit_card", start: 5, end: 24, score: expect.any(Number), why: ["pattern", "checksum"] },
      { type: "email", start: 28, end: text.length, score: expect.any(Number), why: ["pattern"] },
    ]);
  });

  it("finds nothing in clean text, and calls no placeholder a find", () => {
    expect(patternMasker().detect("")).toEqual([]);
    expect(patternMasker().detect("[EMAIL_k3f9_0001] and more")).toEqual([]);
  });

  it("finds what a word beside it told in other places too", () => {
    const text = "My name is Will Power. I will. Will  Power wrote it.";
    expect(patternMasker().detect(text)).toMatchObject([
      { type: "person", start: 11, end: 21 },
      { type: "person", start: 31, end: 42, why: ["context"] },
    ]);
  });

  it("takes for empty what is no text", () => {
    for (const value of [undefined, null, 7, ["ada@example.com"]])
      expect(patternMasker().detect(value as never)).toEqual([]);
  });

  it("knows the values of a call", () => {
    expect(patternMasker().detect("Hi ada", { known: { person: ["Ada"] } })).toEqual([
      { type: "person", start: 3, end: 6, score: 1, why: ["known"] },
    ]);
  });
});

describe("minLikelihood", () => {
  const patterns = [
    { type: "sure", pattern: "S-\\d{4}", score: 0.9 },
    { type: "vague", pattern: "V-\\d{4}", score: 0.4 },
  ];
  const text = "S-1234 V-1234";

  it("moves the threshold for all, or for one type", () => {
    expect(types(text, { patterns })).toEqual(["sure S-1234"]);
    expect(types(text, { patterns, minLikelihood: 0.4 })).toEqual(["sure S-1234", "vague V-1234"]);
    expect(types(text, { patterns, minLikelihood: 0.95 })).toEqual([]);
    expect(types(text, { patterns, minLikelihood: { vague: 0.1, sure: 1 } })).toEqual(["vague V-1234"]);
  });
});

describe("known and exclude", () => {
  it("hides known values of the masker and of the call, under their type", () => {
    const { value, counts, restore } = maskWith(
      { known: ["Project Falcon"] },
      "ADA LOVELACE leads project  falcon; ada",
      { known: { person: ["Ada Lovelace", "ada"] } },
    );
    expect(value).toBe("[PERSON_k3f9_0001] leads [KNOWN_k3f9_0002]; [PERSON_k3f9_0003]");
    expect(counts).toEqual({ person: 2, known: 1 });
    expect(restore(value)).toBe("ADA LOVELACE leads project  falcon; ada");
  });

  it("forgets a call's values with the call", () => {
    const masker = patternMasker();
    expect(masker.mask("Ada", { known: ["Ada"] })).not.toMatchObject({ value: "Ada" });
    expect(masker.mask("Ada", {})).toMatchObject({ value: "Ada" });
  });

  it("leaves excluded values, also when they are known", () => {
    const exclude = ["support@example.com", "*@EXAMPLE.org", "10.*", "Ada"];
    const options = { exclude, known: ["Ada"] };
    expect(
      types("Support@Example.com bob@example.org bob@example.com 10.0.0.7 ada 203.0.113.7", options),
    ).toEqual(["email bob@example.com", "ip_address 203.0.113.7"]);
    expect(types("ｓｕｐｐｏｒｔ@example.com", options)).toEqual([]);
    expect(types("xsupport@example.com @example.org.uk", options)).toEqual(["email xsupport@example.com"]);
  });
});

describe("patterns", () => {
  const customer = { type: "customer_number", pattern: "(?i)\\bC-\\d{6}\\b" };

  it("hides what they match, in folded text", () => {
    expect(maskWith({ patterns: [customer] }, "it is c‑１２３４５６.").value).toBe(
      "it is [CUSTOMER_NUMBER_k3f9_0001].",
    );
  });

  it("halves the likelihood where none of the context words is near", () => {
    const patterns = [{ type: "badge", pattern: "\\d{4}", context: ["badge", "staff number"] }];
    expect(types("badge: 1234, in the year 2024 it was", { patterns })).toContain("badge 1234");
    expect(types("Staff-Number\n1234", { patterns })).toEqual(["badge 1234"]);
    expect(types("the year 1234", { patterns })).toEqual([]);
    expect(maskWith({ patterns }, { staffNumber: "1234", year: "1234x 1234" }).value).toEqual({
      staffNumber: "[BADGE_k3f9_0001]",
      year: "1234x [BADGE_k3f9_0001]",
    });
  });

  it("runs a catastrophic one in linear time", () => {
    const masker = patternMasker({ patterns: [{ type: "bomb", pattern: "(a+)+(a|a)*b" }] });
    const started = process.cpuUsage().user;
    masker.detect("a".repeat(20_000));
    expect((process.cpuUsage().user - started) / 1000).toBeLessThan(1000);
  });

  it("ignores matches of nothing", () => {
    expect(types("a b", { patterns: [{ type: "edge", pattern: "\\b" }] })).toEqual([]);
  });

  it.each([
    ["(", "RE2"],
    ["(a)\\1", "RE2"],
    ["(?=a)b", "RE2"],
    ["a*", "empty"],
    ["", "empty"],
    ["(?:(?:a{100}){100}){10}", "RE2"],
    ["[a-z]{900}[0-9]{900}[a-z]{900}[0-9]{900}[a-z]{900}[0-9]{900}", "too big"],
    ["a".repeat(2000), "1000"],
  ])("refuses %j at start, not quoting it", (pattern, problem) => {
    expect(() => patternMasker({ patterns: [{ type: "own", pattern }] })).toThrow(
      expect.objectContaining({
        code: "invalid_config",
        message: expect.stringMatching(new RegExp(`patterns\\.0\\.pattern: .*${problem}`)),
      }),
    );
  });
});

describe("options", () => {
  it.each<[string, unknown]>([
    ["mintLikelihood", { mintLikelihood: 0.5 }],
    ["minLikelihood", { minLikelihood: 2 }],
    ["minLikelihood", { minLikelihood: { email: "high" } }],
    ['minLikelihood: "emial"', { minLikelihood: { emial: 0.9 } }],
    ["known", { known: [""] }],
    ["known", { known: { Person: ["Ada"] } }],
    ["exclude", { exclude: ["*"] }],
    ["patterns.0.type", { patterns: [{ type: "A-B", pattern: "a" }] }],
    ["patterns.0.score", { patterns: [{ type: "a", pattern: "a", score: -1 }] }],
    ["known: must be a list of texts, or lists by type", { known: "Ada" }],
    ["key: must have at least 32 bytes", { key: "too short" }],
    ["key: must have at least 32 bytes", { key: new Uint8Array(31) }],
    ["key: must be random", { key: "too short".repeat(4) }],
    ["key: must be a text or bytes", { key: 42 }],
    ["restore", { restore: "some" }],
    ["detectors.0", { detectors: [{ name: "x", deadlineMs: 5, onTimeout: "block" }] }],
    ["detectors.0.onTimeout", { detectors: [{ name: "x", detect() {}, deadlineMs: 5 }] }],
    ["detectors.0.deadlineMs", { detectors: [{ name: "x", detect() {}, deadlineMs: 0, onTimeout: "skip" }] }],
  ])("names %s and no value", (name, options) => {
    expect(() => patternMasker(options as PatternMaskerOptions)).toThrow(
      expect.objectContaining({
        code: "invalid_config",
        message: expect.stringMatching(new RegExp(`${name}(?!.*too short)`)),
      }),
    );
  });
});

describe("restore: none", () => {
  it("leaves placeholders, and gives the user's own text back", () => {
    const masked = maskWith({ restore: "none" }, "ada@example.com, not [EMAIL_k3f9_0001]");
    expect(masked.value).toBe("[EMAIL_k3f9_0001], not [LITERAL_k3f9_0002]");
    expect(masked.restore(masked.value)).toBe("[EMAIL_k3f9_0001], not [EMAIL_k3f9_0001]");
    const restorer = masked.restorer();
    expect(restorer.push("[EMAIL_k3f9_0001]") + restorer.end()).toBe("[EMAIL_k3f9_0001]");
    expect(masked.restoreJson('"[EMAIL_k3f9_0001]"')).toBe('"[EMAIL_k3f9_0001]"');
  });
});

describe("what holds other text", () => {
  it("finds values in Base64 and hides all of it", () => {
    const encoded = btoa("please charge ada@example.com, thanks");
    const masked = maskWith({}, `data:text/plain;base64,${encoded} and ${encoded}`);
    expect(masked.value).toBe("data:text/plain;base64,[EMAIL_k3f9_0001] and [EMAIL_k3f9_0001]");
    expect(masked.restore(masked.value)).toContain(encoded);
    const url = encoded.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
    expect(maskWith({}, url).value).toBe("[EMAIL_k3f9_0001]");
    expect(maskWith({}, btoa(encoded)).value).toBe(btoa(encoded));
  });

  it("leaves Base64 without a value, and what only looks like it", () => {
    for (const text of [
      btoa("nothing that is personal in here"),
      "internationalization-and-localization",
      "/usr/local/lib/node_modules/typescript/bin",
      btoa(String.fromCharCode(...Array.from({ length: 60 }, (_, index) => 128 + index))),
    ]) {
      expect(maskWith({}, text).value).toBe(text);
    }
  });

  it("takes keys in JSON within a string as context, and hides nothing but the value", () => {
    const patterns = [{ type: "badge", pattern: "\\d{4}", context: ["badge"] }];
    const json = '{"badge":["1234", "a\\nb 5678"], "year":2024, "1234":"1234", "x":{"badge":{"value":1111}}}';
    const masked = maskWith({ patterns, types: [] }, { body: json });
    expect(masked.value.body).toBe(
      '{"badge":["[BADGE_k3f9_0001]", "a\\nb [BADGE_k3f9_0002]"], "year":2024, "[BADGE_k3f9_0001]":"[BADGE_k3f9_0001]", "x":{"badge":{"value":[BADGE_k3f9_0003]}}}',
    );
    expect(masked.restore(masked.value.body)).toBe(json);
  });

  it("reads escapes of JSON within a string, and restores them as they were", () => {
    const json = '{"to":"ada\\u0040example.com","p":"4111\\t1111"}';
    const masked = maskWith({}, json);
    expect(masked.value).toBe('{"to":"[EMAIL_k3f9_0001]","p":"4111\\t1111"}');
    expect(masked.restore(masked.value)).toBe(json);
  });

  it("hides what a key told in every other text too", () => {
    const { value } = maskWith(
      { known: [], types: ["secret"] },
      { password: "correct-Horse9battery", prompt: "It is (correct-Horse9battery), nothing else." },
    );
    expect(JSON.stringify(value)).not.toMatch(/horse/i);
  });
});

describe("a value that changes while it is looked at", () => {
  it("is refused", () => {
    let reads = 0;
    const value = {
      get text() {
        reads += 1;
        return reads > 1 ? "ada@example.com" : "clean";
      },
    };
    expect(() => patternMasker().mask(value, {})).toThrow(expect.objectContaining({ code: "mask_failed" }));
  });
});
