import { expect, it } from "vitest";
import { sameBytes } from "./same-bytes.js";

it("finds a difference of one bit at any place, and of length", () => {
  const digest = Uint8Array.from({ length: 32 }, (_, index) => index * 7);
  expect(sameBytes(digest, Uint8Array.from(digest))).toBe(true);
  for (let index = 0; index < 32; index++) {
    for (const bit of [1, 128]) {
      const other = digest.map((byte, at) => (at === index ? byte ^ bit : byte));
      expect(sameBytes(digest, other)).toBe(false);
    }
  }
  for (const other of [digest.subarray(0, 31), Uint8Array.from([...digest, 0]), new Uint8Array()])
    expect(sameBytes(digest, other)).toBe(false);
});
