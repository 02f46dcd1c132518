import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { manualClock } from "../testing/manual-clock.js";
import type { AsyncDetector } from "./async-detectors.js";
import type { Finding } from "./finding.js";
import { patternMasker } from "./pattern-masker.js";

const createNonce = () => "k3f9";
const clock = manualClock();

const nameFinder: AsyncDetector = {
  name: "names",
  deadlineMs: 100,
  onTimeout: "block",
  detect: async (text) =>
    [...text.matchAll(/Ada( Lovelace)?/g)].map(({ 0: match, index }) => ({
      type: "PERSON",
      start: index,
      end: index + match.length,
      score: 0.9,
      why: ["pattern"],
    })),
};
const maskWith = async <Value>(detectors: readonly AsyncDetector[], value: Value, context = {}) =>
  patternMasker({ createNonce, detectors, clock }).mask(value, context);
const answering = (answer: unknown, more: Partial<AsyncDetector> = {}): AsyncDetector => ({
  ...nameFinder,
  detect: async () => answer as readonly Finding[],
  ...more,
});
const hanging = (more: Partial<AsyncDetector> = {}): AsyncDetector => ({
  ...nameFinder,
  name: "slow",
  detect: () => new Promise(() => {}),
  ...more,
});
const whole = { type: "person", start: 0, end: 3, score: 1, why: ["pattern"] };

describe("async detectors", () => {
  it("find in every text, together with the patterns", async () => {
    const masked = await maskWith([nameFinder], ["I am Ada, ada@example.com", { from: "Ada Lovelace" }]);
    expect(masked.value).toEqual([
      "I am [PERSON_k3f9_0001], [EMAIL_k3f9_0002]",
      { from: "[PERSON_k3f9_0003]" },
    ]);
    expect(masked.restore(masked.value)).toEqual(["I am Ada, ada@example.com", { from: "Ada Lovelace" }]);
  });

  it("need say no more than type and place", async () => {
    const detect: AsyncDetector["detect"] = async () => [{ type: "PERSON", start: 0, end: 3 }];
    const options = { detectors: [{ ...nameFinder, detect }], minLikelihood: 1, createNonce, clock };
    expect(await patternMasker(options).mask("Ada", {})).toMatchObject({ value: "[PERSON_k3f9_0001]" });
  });

  it("are asked once for texts that are the same, and not for empty ones", async () => {
    const asked: string[] = [];
    const detector = answering([], {
      detect: async (text) => {
        asked.push(text);
        return [];
      },
    });
    await maskWith([detector], ["a", "", "a", { b: "a" }, "c"]);
    expect(asked).toEqual(["a", "c"]);
  });

  it("are held to the threshold and to what is excluded", async () => {
    const detectors = [answering([{ ...whole, score: 0.4 }])];
    expect((await maskWith(detectors, "Ada")).value).toBe("Ada");
    const masker = patternMasker({ exclude: ["ada"], detectors: [answering([whole])] });
    expect((await masker.mask("Ada", {})).value).toBe("Ada");
  });

  it.each<[string, unknown, string]>([
    ["points beyond both ends", [{ ...whole, start: -50, end: 5000 }], "[PERSON_k3f9_0001]"],
    ["points outside", [{ ...whole, start: 50, end: 60 }], "Ada Lovelace"],
    ["points backwards", [{ ...whole, start: 5, end: 2 }], "Ada Lovelace"],
    [
      "overlaps itself",
      [whole, { ...whole, start: 1, end: 8 }, { ...whole, start: 7, end: 12 }],
      "[PERSON_k3f9_0001]",
    ],
    ["has no likelihood", [{ type: "person", start: 0, end: 3 }], "[PERSON_k3f9_0001] Lovelace"],
  ])("whose finding %s", async (_name, answer, expected) => {
    expect((await maskWith([answering(answer)], "Ada Lovelace")).value).toBe(expected);
  });

  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["an object", {}],
    ["null in a list", [null]],
    ["fractions", [{ ...whole, end: 2.5 }]],
    ["NaN", [{ ...whole, start: Number.NaN }]],
    ["a type of no name", [{ ...whole, type: "[x]" }]],
  ])("that return %s are refused", async (_name, answer) => {
    await expect(maskWith([answering(answer)], "Ada")).rejects.toMatchObject({ code: "mask_failed" });
    expect((await maskWith([answering(answer, { onTimeout: "skip" })], "Ada")).value).toBe("Ada");
  });

  it("change nothing with a list they change later", async () => {
    const list = [whole];
    const masked = maskWith(
      [answering(list), hanging({ deadlineMs: 10, onTimeout: "skip" })],
      "Ada Lovelace",
    );
    await nextTurn();
    list[0] = { ...whole, end: 12 };
    list.push(whole);
    await clock.advance(10);
    expect((await masked).value).toBe("[PERSON_k3f9_0001] Lovelace");
  });

  it("end the call when they fail, not telling what they said", async () => {
    const failing = (detect: AsyncDetector["detect"]) => answering([], { name: "sick", detect });
    for (const detect of [
      async () => Promise.reject(new Error("cannot read Ada")),
      () => {
        throw new Error("cannot read Ada");
      },
    ]) {
      const error = await maskWith([failing(detect)], "Ada").catch((reason: unknown) => reason);
      expect(error).toMatchObject({
        code: "mask_failed",
        message: 'The detector "sick" failed.',
      });
      expect(error).not.toHaveProperty("cause");
      expect((await maskWith([{ ...failing(detect), onTimeout: "skip" }], "Ada")).value).toBe("Ada");
    }
  });

  it("end the call when they are late, and are told to stop", async () => {
    let signal: AbortSignal | undefined;
    const slow = hanging({
      detect: (_text, options) => {
        signal = options.signal;
        return new Promise(() => {});
      },
    });
    const masked = maskWith([slow], "Ada").catch((reason: unknown) => reason);
    await nextTurn();
    await clock.advance(99);
    expect(signal?.aborted).toBe(false);
    await clock.advance(1);
    expect(await masked).toMatchObject({ code: "mask_failed", message: 'The detector "slow" was late.' });
    expect(signal?.aborted).toBe(true);
  });

  it("are left out when they are late and may be, with what they found until then", async () => {
    const partly = answering([], {
      onTimeout: "skip",
      detect: (text) => (text === "Ada" ? Promise.resolve([whole as Finding]) : new Promise(() => {})),
    });
    const masked = maskWith([partly], ["Ada", "Ada Lovelace", "bob@example.com"]);
    await nextTurn();
    await clock.advance(100);
    expect((await masked).value).toEqual(["[PERSON_k3f9_0001]", "Ada Lovelace", "[EMAIL_k3f9_0002]"]);
  });

  it("stop with the call", async () => {
    for (const onTimeout of ["block", "skip"] as const) {
      const caller = new AbortController();
      const masked = maskWith([hanging({ onTimeout })], "Ada", { signal: caller.signal });
      caller.abort(new Error("gone"));
      await expect(masked).rejects.toThrow("gone");
      await expect(maskWith([hanging({ onTimeout })], "Ada", { signal: caller.signal })).rejects.toThrow(
        "gone",
      );
    }
  });

  it("are asked about eight texts at a time", async () => {
    let running = 0;
    let most = 0;
    const counting = answering([], {
      detect: async () => {
        running += 1;
        most = Math.max(most, running);
        await nextTurn();
        running -= 1;
        return [];
      },
    });
    await maskWith(
      [counting],
      Array.from({ length: 40 }, (_, index) => `text ${index}`),
    );
    expect(most).toBe(8);
  });
});
