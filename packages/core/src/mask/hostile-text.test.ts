import { describe, expect, it } from "vitest";
import { patternMasker } from "./pattern-masker.js";

const masker = patternMasker();
const kilobytes = 1024;

const seeds = [
  "1.1.1.",
  "a@a@",
  "a.a@a.a",
  "+1+1",
  "+1 ",
  ".",
  "@",
  "[",
  "\\[",
  "[EMAIL_k3f9_0001",
  "[A_",
  "0 ",
  "00 11 ",
  "(0",
  "::",
  "1:",
  "a:",
  "a-",
  "0a:",
  "://",
  "://a:",
  "://a:b",
  "4111 ",
  "4 4",
  "4",
  "DE89 ",
  "DE89",
  "eyJ",
  "eyJaaaaaaaaaa.",
  " eyJaaaaaaaaaa",
  "sk-",
  "sk-a",
  "xoxb-",
  "password=",
  "password: ",
  "-----BEGIN PRIVATE KEY-----",
  "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA",
  "-----BEGIN ",
  "QUJDREVGRw==",
  "aGVsbG8gd29ybGQ",
  "\u200b",
  "1\u200b",
  "٤",
  "𝟒",
  "é",
  "é@é.é",
  "\ud83d",
];

function cpuMilliseconds(text: string): number {
  const started = process.cpuUsage();
  void masker.mask(text, {});
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

/** The best of five: other work on the machine only ever adds. */
const bestOf = (text: string) => Math.min(...[1, 2, 3, 4, 5].map(() => cpuMilliseconds(text)));
const repeatTo = (seed: string, length: number) =>
  seed.repeat(Math.ceil(length / seed.length)).slice(0, length);

describe("hostile text", () => {
  it.each(seeds)("masks 20 KB of %j in linear time", (seed) => {
    const small = bestOf(repeatTo(seed, 5 * kilobytes));
    const large = bestOf(repeatTo(seed, 20 * kilobytes));
    expect(large).toBeLessThan(200);
    // Four times the text: linear is 4, quadratic 16. Below two milliseconds the machine decides, not the text.
    expect(Math.max(large, 2) / Math.max(small, 2)).toBeLessThan(8);
  });

  it.each(seeds)("masks 20 KB of %j with a start and an end around it", (seed) => {
    for (const text of [`x${repeatTo(seed, 20 * kilobytes)}!`, `@${repeatTo(seed, 20 * kilobytes)}@`]) {
      expect(bestOf(text)).toBeLessThan(200);
    }
  });
});
