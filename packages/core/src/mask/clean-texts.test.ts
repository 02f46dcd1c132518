import { describe, expect, it } from "vitest";
import { createCleanTexts } from "./clean-texts.js";
import { patternMasker } from "./pattern-masker.js";

const instructions = "Answer briefly, and never promise a delivery date.";

const leaf = (text: string, path: readonly (string | number)[] = []) => ({ text, path });

function told(...texts: readonly string[]) {
  const clean = createCleanTexts();
  for (const text of texts) clean.add(leaf(text));
  return clean;
}

describe("createCleanTexts", () => {
  it("keeps what comes a second time, and nothing that is said once", () => {
    expect(told("a").has(leaf("a"))).toBe(false);
    expect(told("a", "b", "a").has(leaf("a"))).toBe(true);
    expect(told("a", "b", "a").has(leaf("b"))).toBe(false);
  });

  it("keeps a text where it stands, and nowhere else", () => {
    const paths = [[], ["a"], ["a", "b"], ["a,b"], ["a\nb"], [1], ["1"]];
    for (const path of paths) {
      const clean = createCleanTexts();
      for (let time = 0; time < 2; time += 1) clean.add(leaf("x", path));
      expect(paths.filter((other) => clean.has(leaf("x", other)))).toEqual([path]);
    }
    const clean = told("b\nx", "b\nx");
    for (const path of paths) for (let time = 0; time < 2; time += 1) clean.add(leaf("x", path));
    expect(paths.every((path) => clean.has(leaf("x", path)))).toBe(true);
    expect(clean.has(leaf("x", ["b"]))).toBe(false);
  });

  it("keeps a text that comes again elsewhere each time no second time", () => {
    const clean = createCleanTexts();
    for (const place of ["a", "b", "c"]) clean.add(leaf("x", [place]));
    expect(["a", "b", "c"].some((place) => clean.has(leaf("x", [place])))).toBe(false);
  });

  it("counts each place of a text, and its path", () => {
    const clean = createCleanTexts();
    const text = "x".repeat(4_000);
    for (let index = 0; index < 100; index += 1) {
      const path = [`${index}`.padEnd(3_994, "k")];
      for (let time = 0; time < 2; time += 1) clean.add(leaf(text, path));
    }
    clean.add(leaf("y"));
    clean.add(leaf("y"));
    const kept = Array.from({ length: 100 }, (_, index) =>
      clean.has(leaf(text, [`${index}`.padEnd(3_994, "k")])),
    );
    expect(kept.filter(Boolean).length).toBeLessThan(34);
    expect(clean.has(leaf("y"))).toBe(true);
  });

  it("keeps so much and no more, the latest", () => {
    const keys = Array.from({ length: 100 }, (_, number) => `${number}`.padEnd(8_000, "x"));
    const clean = told(...keys.flatMap((key) => [key, key]));
    const kept = keys.map((key) => clean.has(leaf(key)));
    expect(kept.lastIndexOf(false)).toBe(67);
    expect(kept.indexOf(true)).toBe(68);
  });

  it("keeps again what had to go", () => {
    const keys = Array.from({ length: 100 }, (_, number) => `${number}`.padEnd(8_000, "x"));
    const [first = ""] = keys;
    const clean = told(...keys.flatMap((key) => [key, key]), first, first);
    expect(clean.has(leaf(first))).toBe(true);
  });

  it("keeps no long text", () => {
    const long = "x".repeat(9_000);
    expect(told(long, long, long).has(leaf(long))).toBe(false);
  });
});

describe("a text that comes with every call", () => {
  const card = "4111 1111 1111 1111";

  it("is masked the same each time", () => {
    const masker = patternMasker({ createNonce: () => "k3f9" });
    const masked = (value: unknown) => JSON.stringify([1, 2, 3].map(() => masker.mask(value, {})));
    const once = (value: unknown) => JSON.stringify(masker.mask(value, {}));
    for (const value of [{ system: instructions }, { system: card }, { system: "[EMAIL_k3f9_0001]" }])
      expect(masked(value)).toBe(`[${[once(value), once(value), once(value)].join()}]`);
    expect(once({ system: card })).toContain("[CREDIT_CARD_k3f9_0001]");
  });

  it("is looked at again under another key", () => {
    const { mask } = patternMasker({ createNonce: () => "k3f9" });
    for (const key of ["note", "note", "note", "password"]) {
      const { value } = mask({ [key]: "correct-horse" }, {}) as { value: Record<string, string> };
      expect(value[key]).toBe(key === "note" ? "correct-horse" : "[SECRET_k3f9_0001]");
    }
  });

  it("is looked at for a call's own values, and for those that another place of the call tells", () => {
    const { mask } = patternMasker({ createNonce: () => "k3f9" });
    const written = (value: unknown, known: string[] = []) => JSON.stringify(mask(value, { known }));
    const text = "It was Ada Lovelace who asked.";
    for (let call = 0; call < 3; call += 1) expect(written([text])).toContain(text);
    expect(written([text], ["ada lovelace"])).toContain("It was [KNOWN_k3f9_0001] who");
    expect(written([text, "my name is Ada Lovelace"])).toContain("It was [PERSON_k3f9_0001] who");
    expect(written([text])).toContain(text);
  });

  it("is given to detectors that take their time", async () => {
    const seen: string[] = [];
    const detect = async (text: string) => {
      seen.push(text);
      return [];
    };
    const detectors = [{ name: "own", detect, deadlineMs: 1_000, onTimeout: "block" as const }];
    const masker = patternMasker({ detectors });
    for (let call = 0; call < 3; call += 1) await masker.mask({ system: instructions }, {});
    expect(seen).toEqual([instructions, instructions, instructions]);
  });
});
