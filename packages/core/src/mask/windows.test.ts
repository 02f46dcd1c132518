import { describe, expect, it } from "vitest";
import { patternMasker } from "./pattern-masker.js";
import { mostAtOnce } from "./scan-text.js";

/** Where the second window begins. */
const edge = 16_384;
const card = "4111 1111 1111 1111";
const filler = (length: number) => "clean words here ".repeat(Math.ceil(length / 17)).slice(0, length);
const base64 = (length: number) => "MIIEpAIBAAKCAQEAx7".repeat(Math.ceil(length / 18)).slice(0, length);
const lines = (length: number) => base64(length).replace(/.{64}/g, "$&\n");

/** What is found in a text with a value at a place, and clean text around it that makes it long. */
function foundAround(value: string, at: number, masker = patternMasker()): string[] {
  const text = `${filler(at - 1)}\n${value}\n${filler(mostAtOnce)}`;
  return masker.detect(text).map(({ start, end }) => text.slice(start, end));
}

/** Numbers that look random, the same each time. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
}

const pieces = [
  ...["ada@example.com", "ada [at] example [dot] com", card, "４111\u200b1111 1111 1111", "+44 20 7946 0123"],
  ...["DE89 3704 0044 0532 0130 00", "my ssn is 219099998", "name: Ada Lovelace", "12 High Street, London"],
  ...[
    "password=hunter2hunter2",
    "192.168.12.9",
    "born 1.2.1990",
    "call me at 78 651 450",
    "Grüße,\nAda Lovelace",
  ],
  ...[
    "sk-proj-a1B2c3D4e5F6g7H8i9J0k1L2",
    "passport no. C01X00T47",
    "postgres://ada:hunter2@db.example.com/a",
  ],
  ...[
    "the quick brown fox",
    "version 1.2.3.4",
    "2026-11-21",
    "é@é.é",
    "order 1234567890",
    "٤٢",
    "0x00ff",
    "e-mail:",
  ],
];

function seededText(seed: number, length: number): string {
  const random = randomFrom(seed);
  let text = "";
  while (text.length < length) {
    const separator = ["\n", " ", ". ", ", "][random(4)];
    text += `${pieces[random(pieces.length)]}${separator}${filler(random(80))}${separator}`;
  }
  return text.slice(0, length);
}

describe("windows of a long text", () => {
  it("hide a value wherever an edge cuts it", () => {
    for (let at = edge - card.length - 2; at <= edge + 2; at += 1)
      expect(foundAround(card, at), `at ${at}`).toEqual([card]);
  });

  it.each([3_000, 6_000, 12_000])("hide a private key of %i characters whole", (length) => {
    const key = `-----BEGIN PRIVATE KEY-----\n${lines(length)}\n-----END PRIVATE KEY-----`;
    const offsets = [0, 1, 5, 16, 27, 28, 60, 90, 1_000, 2_047, 2_049, length, key.length - 1, key.length];
    for (const offset of offsets)
      expect(foundAround(key, edge - offset), `cut after ${offset}`).toEqual([key]);
  });

  it.each([3_000, 6_000, 12_000])("hide a web token of %i characters whole", (length) => {
    const token = `eyJhbGciOiJIUzI1NiJ9.eyJ${base64(Math.floor(length / 3))}.${base64(Math.floor(length / 3))}`;
    for (const offset of [0, 1, 2, 3, 10, 1_000, token.length - 1])
      expect(foundAround(token, edge - offset), `cut after ${offset}`).toEqual([token]);
  });

  it("hide a long value that the caller knows", () => {
    const known = Array.from({ length: 900 }, (_, index) => `note ${index}`).join(", ");
    const masker = patternMasker({ known: [known] });
    for (const offset of [0, 1, 3_000, known.length - 1])
      expect(foundAround(known, edge - offset, masker), `cut after ${offset}`).toEqual([known]);
  });

  it("know the words before a value across an edge", () => {
    for (const offset of [1, 4, 12, 40])
      expect(foundAround("my ssn is 219099998", edge - offset)).toEqual(["219099998"]);
  });

  it("find what is found without them", () => {
    const masker = patternMasker();
    for (let seed = 1; seed <= 24; seed += 1) {
      const text = seededText(seed, 30_000);
      const before = filler(4_000 + seed * 97);
      const inWindows = masker.detect(`${before}\n\n${text}`);
      const found = masker.detect(`\n\n${text}`);
      expect(found.length).toBeGreaterThan(200);
      const moved = found.map((finding) => ({
        ...finding,
        start: finding.start + before.length,
        end: finding.end + before.length,
      }));
      expect(inWindows, `seed ${seed}`).toEqual(moved);
    }
  });
});
