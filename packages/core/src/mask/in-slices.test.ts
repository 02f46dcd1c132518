import { describe, expect, it } from "vitest";
import { systemClock } from "../clock.js";
import { patternMasker } from "./pattern-masker.js";

const card = "4111 1111 1111 1111";
const filler = (length: number) => "clean words here ".repeat(Math.ceil(length / 17)).slice(0, length);

/** A clock on which every look takes a millisecond, and which counts how often others got their turn. */
function slowClock() {
  let now = 0;
  let turns = 0;
  return {
    ...systemClock,
    monotonic: () => now++,
    setTimer(_delayMs: number, callback: () => void) {
      turns += 1;
      return systemClock.setTimer(0, callback);
    },
    turns: () => turns,
  };
}

describe("a long text", () => {
  it("gives others their turn between detectors, windows and strings", async () => {
    const clock = slowClock();
    const masker = patternMasker({ clock, createNonce: () => "k3f9" });
    const text = `${filler(40_000)} ${card}`;
    const { value, restore } = await masker.mask({ text }, {});
    expect(value.text.endsWith(" [CREDIT_CARD_k3f9_0001]")).toBe(true);
    expect(restore(value)).toEqual({ text });
    const inOneText = clock.turns();
    expect(inOneText).toBeGreaterThan(20);
    await masker.mask(
      Array.from({ length: 2_000 }, () => filler(20)),
      {},
    );
    expect(clock.turns() - inOneText).toBeGreaterThan(200);
  });

  it("is masked at once up to 32 K characters", () => {
    const clock = slowClock();
    const masked = patternMasker({ clock }).mask([filler(16_000), filler(16_000)], {});
    expect(masked).not.toBeInstanceOf(Promise);
    expect(clock.turns()).toBe(0);
  });

  it("is given up when the call is aborted", async () => {
    const gone = new AbortController();
    const masking = patternMasker({ clock: slowClock() }).mask(filler(200_000), { signal: gone.signal });
    gone.abort(new Error("gone"));
    await expect(masking).rejects.toThrow("gone");
  });

  it("hides a value wherever the edge of a window cuts it", () => {
    const masker = patternMasker({ types: ["credit_card", "secret"] });
    for (let at = 8_192 - card.length - 2; at <= 8_192 + 2; at += 1) {
      const text = `${filler(at - 1)} ${card} ${filler(9_000)}`;
      const found = masker.detect(text).map(({ start, end }) => text.slice(start, end));
      expect(found, `at ${at}`).toEqual([card]);
    }
    const key = `-----BEGIN PRIVATE KEY-----\n${"MIIEpAIBAAKCAQEAx7".repeat(180)}\n-----END PRIVATE KEY-----`;
    const text = `${filler(8_000)}\n${key}\n${filler(9_000)}`;
    expect(masker.detect(text).map(({ start, end }) => text.slice(start, end))).toEqual([key]);
  });

  it("knows the words before a value across the edge of a window", () => {
    const masker = patternMasker({ types: ["us_ssn"] });
    for (const gap of [0, 4, 12]) {
      const text = `${filler(8_192 - gap - 10)} my ssn is 219099998 ${filler(9_000)}`;
      expect(masker.detect(text)).toMatchObject([{ type: "us_ssn" }]);
    }
  });
});
