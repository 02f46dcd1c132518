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
    const text = `${filler(80_000)} ${card}`;
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
});
