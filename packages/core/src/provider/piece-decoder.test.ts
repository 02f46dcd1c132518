import { describe, expect, it } from "vitest";
import { createPieceDecoder } from "./piece-decoder.js";

const bytes = (text: string) => new TextEncoder().encode(text);
const decodeAll = (pieces: readonly Uint8Array[]) => pieces.map(createPieceDecoder()).join("");

describe("createPieceDecoder", () => {
  it.each(["plain", "é漢😀", "a\ufeffb", "\ufeffa\ufeff", "é\n漢\n😀\n"])(
    "reads %j at every two cuts",
    (text) => {
      const all = bytes(text);
      const whole = new TextDecoder().decode(all);
      for (let first = 0; first <= all.length; first++) {
        for (let second = first; second <= all.length; second++) {
          const pieces = [all.subarray(0, first), all.subarray(first, second), all.subarray(second)];
          expect(decodeAll(pieces), `cut at ${first} and ${second}`).toBe(whole);
        }
      }
    },
  );

  it("takes only the first character for a byte order mark", () => {
    expect(decodeAll([bytes("\ufeff"), bytes("a\n"), bytes("\ufeffb\n")])).toBe("a\n\ufeffb\n");
    expect(decodeAll([bytes("a\n"), bytes("\ufeff\ufeff")])).toBe("a\n\ufeff\ufeff");
  });

  it("shows bytes that are no text as damaged characters, as a TextDecoder does", () => {
    for (const damaged of [
      [0xc3, 0x28],
      [0xff, 0x61],
      [0xe6, 0xbc, 0x0a],
      [0x80, 0x80, 0x61],
      [0xf0, 0x9f, 0x0a],
    ]) {
      const expected = new TextDecoder().decode(Uint8Array.from(damaged));
      for (let at = 0; at <= damaged.length; at++) {
        const pieces = [damaged.slice(0, at), damaged.slice(at)].map((piece) => Uint8Array.from(piece));
        expect(decodeAll(pieces)).toBe(expected);
      }
    }
  });
});
