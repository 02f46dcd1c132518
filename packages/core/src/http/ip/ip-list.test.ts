import { describe, expect, it } from "vitest";
import { type ManualClock, manualClock } from "../../testing/manual-clock.js";
import type { IpListSource } from "./ip-list.js";
import { memoryIpReputation } from "./memory-ip-reputation.js";

const hour = 3_600_000;

/** A reputation that follows what `texts` say, one reading each; a reading without a text fails. */
function following(texts: (string | Error | Promise<string>)[], options: Partial<IpListSource> = {}) {
  const clock = manualClock();
  const warnings: object[] = [];
  const logger = { info() {}, error() {}, warn: (fields: object) => void warnings.push(fields) };
  const signals: AbortSignal[] = [];
  const read = (signal: AbortSignal) => {
    signals.push(signal);
    const text = texts.shift() ?? new Error("ENOENT /etc/secret");
    if (text instanceof Error) throw text;
    return text;
  };
  const reputation = memoryIpReputation({ clock, logger, deny: { read, ...options } });
  const isDenied = (ip: string) => !reputation.check(ip).allowed;
  return { clock, reputation, isDenied, warnings, signals };
}

/** Lets a long list be taken in: it pauses a millisecond now and then. */
const settle = (clock: ManualClock) => clock.advance(1_000);

describe("F53: a list of addresses from a source", () => {
  it("is in force once it is read, and replaced as a whole", async () => {
    const { clock, reputation, isDenied } = following(["192.0.2.0/24\n", "198.51.100.1"]);
    expect([isDenied("192.0.2.1"), reputation.status().deny.readAtMs]).toEqual([false, undefined]);
    await reputation.ready();
    expect([isDenied("192.0.2.1"), isDenied("198.51.100.1")]).toEqual([true, false]);
    await clock.advance(hour - 1);
    expect(isDenied("192.0.2.1")).toBe(true);
    await clock.advance(1);
    expect([isDenied("192.0.2.1"), isDenied("198.51.100.1")]).toEqual([false, true]);
    expect(reputation.status().deny).toEqual({
      networks: 1,
      skipped: 0,
      readAtMs: clock.now(),
      failed: false,
    });
  });

  it("stays as it was while its source is down, which is tried again within a minute", async () => {
    const { clock, reputation, isDenied, warnings } = following([
      "192.0.2.1",
      new Error("secret"),
      "192.0.2.2",
    ]);
    await reputation.ready();
    await clock.advance(hour);
    expect([isDenied("192.0.2.1"), reputation.status().deny]).toMatchObject([
      true,
      { failed: true, networks: 1 },
    ]);
    expect(warnings).toEqual([{ list: "deny", cause: "Error" }]);
    await clock.advance(60_000);
    expect([isDenied("192.0.2.1"), isDenied("192.0.2.2")]).toEqual([false, true]);
  });

  it("stays as it was when its source hangs, which is told to stop", async () => {
    const { clock, reputation, isDenied, signals } = following([
      "192.0.2.1",
      new Promise<string>(() => {}),
      "192.0.2.2",
    ]);
    await reputation.ready();
    await clock.advance(hour + 60_000);
    expect([isDenied("192.0.2.1"), signals[1]?.aborted, reputation.status().deny.failed]).toEqual([
      true,
      true,
      true,
    ]);
    await clock.advance(60_000);
    expect(isDenied("192.0.2.2")).toBe(true);
  });

  it.each([
    ["a web page", "<!doctype html>\n<html><body>Not found</body></html>"],
    ["no text", undefined as unknown as string],
  ])("stays as it was when its source gives %s", async (_case, answer) => {
    const { clock, reputation, isDenied } = following(["192.0.2.1", Promise.resolve(answer)]);
    await reputation.ready();
    await clock.advance(hour);
    expect([isDenied("192.0.2.1"), reputation.status().deny.failed]).toEqual([true, true]);
  });

  it("may become empty", async () => {
    const { clock, reputation, isDenied } = following(["192.0.2.1", "# nothing today\n\n"]);
    await reputation.ready();
    await clock.advance(hour);
    expect([isDenied("192.0.2.1"), reputation.status().deny.failed]).toEqual([false, false]);
  });

  it("is read past garbage, which is counted", async () => {
    const text = [
      "# a comment",
      "; another",
      "",
      "   ",
      "192.0.2.1 ; a reason",
      "192.0.2.2,seen,yesterday\r",
      "  2001:db8::/32\t# indented",
      "192.0.2.3-192.0.2.9",
      "192.0.2.300",
      "192.0.2.0/40",
      "\u0000\uffff",
      "x".repeat(1_000_000),
      ", 192.0.2.77",
      "192.0.2.4",
    ].join("\n");
    const { reputation, isDenied } = following([text]);
    await reputation.ready();
    expect(reputation.status().deny).toMatchObject({ networks: 4, skipped: 6 });
    for (const ip of ["192.0.2.1", "192.0.2.2", "2001:db8::1", "192.0.2.4"])
      expect(isDenied(ip), ip).toBe(true);
    for (const ip of ["192.0.2.3", "192.0.2.77"]) expect(isDenied(ip), ip).toBe(false);
  });

  it("of 10^6 networks is taken in while others have their turn, and looked up within 50 µs", async () => {
    const lines: string[] = [];
    for (let n = 0; n < 1_000_000; n += 1)
      lines.push(`${1 + (n % 200)}.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}/${24 + (n % 9)}`);
    const { clock, reputation, isDenied } = following([lines.join("\n")]);
    let turns = 0;
    for (let isReady = false; !isReady; turns += 1) {
      void reputation.ready().then(() => {
        isReady = true;
      });
      await clock.advance(1);
    }
    expect(turns).toBeGreaterThan(400);
    expect(reputation.status().deny.skipped).toBe(0);
    expect(isDenied("1.0.0.0")).toBe(true);
    const rounds = 20_000;
    const before = process.cpuUsage();
    for (let round = 0; round < rounds; round += 1) isDenied("203.0.113.9");
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / rounds).toBeLessThan(50);
  }, 60_000);

  it("is read no more once the reputation is closed", async () => {
    const { clock, reputation, signals } = following(["192.0.2.1", "192.0.2.2"]);
    await reputation.ready();
    reputation.close();
    await clock.advance(10 * hour);
    expect([signals.length, clock.pending]).toEqual([1, 0]);
  });

  it("is given up in the middle of a reading when the reputation is closed", async () => {
    const { clock, reputation, warnings, signals } = following([new Promise<string>(() => {})]);
    await settle(clock);
    reputation.close();
    await reputation.ready();
    expect([signals[0]?.aborted, warnings, clock.pending]).toEqual([true, [], 0]);
  });

  it("is followed although its logger throws", async () => {
    const clock = manualClock();
    const texts = [undefined, "192.0.2.1"];
    const fail = () => {
      throw new Error("logger");
    };
    const logger = { info: fail, warn: fail, error: fail };
    const read = () => texts.shift() ?? Promise.reject(new Error("down"));
    const reputation = memoryIpReputation({ clock, logger, deny: { read } });
    await reputation.ready();
    await clock.advance(60_000);
    expect(reputation.check("192.0.2.1").allowed).toBe(false);
  });
});
