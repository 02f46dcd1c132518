import { describe, expect, it } from "vitest";
import { hostileSeeds, repeatTo } from "./hostile-seeds.test-support.js";
import { patternMasker } from "./pattern-masker.js";

const kilobytes = 1024;

function cpuMilliseconds(text: string): number {
  // One that has met the text before may not look at it again.
  const masker = patternMasker();
  const started = process.cpuUsage();
  void masker.mask(text, {});
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

/** The best of five: other work on the machine only ever adds. */
const bestOf = (text: string) => Math.min(...[1, 2, 3, 4, 5].map(() => cpuMilliseconds(text)));

describe("hostile text", () => {
  it.each(hostileSeeds)("masks 20 KB of %j in linear time", (seed) => {
    const small = bestOf(repeatTo(seed, 5 * kilobytes));
    const large = bestOf(repeatTo(seed, 20 * kilobytes));
    expect(large).toBeLessThan(200);
    // Four times the text: linear is 4, quadratic 16. Below two milliseconds the machine decides, not the text.
    expect(Math.max(large, 2) / Math.max(small, 2)).toBeLessThan(8);
  });

  it.each(hostileSeeds)("masks 20 KB of %j with a start and an end around it", (seed) => {
    for (const text of [`x${repeatTo(seed, 20 * kilobytes)}!`, `@${repeatTo(seed, 20 * kilobytes)}@`]) {
      expect(bestOf(text)).toBeLessThan(200);
    }
  });
});
