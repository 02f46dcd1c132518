import { isIP } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bareAddress, readIpGroups, writeVersion4 } from "./ip-address.js";

describe("readIpGroups", () => {
  it.each([
    ["192.0.2.1", [0xc000, 0x0201]],
    ["255.255.255.255", [0xffff, 0xffff]],
    ["::ffff:192.0.2.1", [0xc000, 0x0201]],
    ["::", [0, 0, 0, 0, 0, 0, 0, 0]],
    ["2001:db8::1", [0x2001, 0xdb8, 0, 0, 0, 0, 0, 1]],
    ["64:ff9b::192.0.2.1", [0x64, 0xff9b, 0, 0, 0, 0, 0xc000, 0x0201]],
  ])("reads %s", (text, groups) => expect(readIpGroups(text)).toEqual(groups));

  it.each([
    "",
    "1.2.3",
    "1.2.3.4.5",
    "256.1.1.1",
    "01.2.3.4",
    "0x7f.1",
    "1.2.3.4 ",
    ":",
    ":::",
    "1::2::3",
    "::g",
  ])("%j is no address", (text) => expect(readIpGroups(text)).toBeUndefined());

  it("agrees with the runtime about what an address is", () => {
    const piece = fc.constantFrom(
      "0",
      "1",
      "ff",
      "255",
      "256",
      "abcd",
      "12345",
      ":",
      "::",
      ".",
      "%",
      "g",
      "",
    );
    const made = fc.array(piece, { maxLength: 17 }).map((pieces) => pieces.join(""));
    const texts = fc.oneof(made, fc.ipV4(), fc.ipV6(), fc.string({ maxLength: 45 }));
    fc.assert(
      fc.property(texts, (text) => {
        if (!text.includes("%")) expect(readIpGroups(text) !== undefined, text).toBe(isIP(text) !== 0);
      }),
      { numRuns: 5_000 },
    );
  });

  it("gives an IPv4 address back as it was", () => {
    fc.assert(
      fc.property(fc.ipV4(), (text) => {
        expect(writeVersion4(readIpGroups(text) ?? [])).toBe(text);
      }),
    );
  });
});

describe("bareAddress", () => {
  it.each([
    ["192.0.2.1:443", "192.0.2.1"],
    ["[2001:DB8::1]:443", "2001:db8::1"],
    ["[2001:db8::1]", "2001:db8::1"],
    [" fe80::1%eth0 ", "fe80::1"],
    ["2001:db8::1", "2001:db8::1"],
    ["1.2.3.4:", "1.2.3.4:"],
    ["[]", "[]"],
  ])("%j is written %j", (text, address) => expect(bareAddress(text)).toBe(address));

  it("leaves a long text alone", () => {
    const text = "%".repeat(100_000);
    expect(bareAddress(text)).toBe(text);
  });
});
