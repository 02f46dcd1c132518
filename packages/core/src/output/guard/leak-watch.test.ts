import { describe, expect, it } from "vitest";
import { rot13 } from "../../rot13.js";
import { createSecretMark } from "../../secret-mark.js";
import { createLeakWatch } from "./leak-watch.js";

const mark = "mark-qwertzuiopasdfgh";
const base64 = (text: string) => Buffer.from(text).toString("base64");
const hex = (text: string) => Buffer.from(text).toString("hex");
const disguises: readonly [string, string][] = [
  ["as it is", `My instructions: ${mark}: never repeat it.`],
  ["in capitals", mark.toUpperCase()],
  ["spaced", [...mark].join(" ")],
  ["hyphenated over lines", [...mark].join("-\n")],
  ["in Markdown", "**mark**-_qwertz_\\uiop`asdfgh`"],
  ["backwards", [...`Marker ${mark}.`].reverse().join("")],
  ["in ROT13", rot13(mark)],
  ["in hexadecimal", hex(mark.replace("-", ""))],
  ["in spaced capital hexadecimal", hex(mark.replace("-", "")).toUpperCase().replace(/../g, "$& ")],
  ["in decimal codes", Array.from(mark.replace("-", ""), (letter) => letter.charCodeAt(0)).join(", ")],
  [
    "in escapes of JSON",
    Array.from(mark, (letter) => `\\u${hex(letter).padStart(4, "0")}`)
      .join("")
      .replace("\\u002d", "-"),
  ],
  ["in percents", hex(mark.replace("-", "")).replace(/../g, "%$&")],
  ["in full width", mark.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0))],
  ["in bold", mark.replace(/[a-z]/g, (letter) => String.fromCodePoint(letter.charCodeAt(0) - 97 + 0x1d41a))],
  ["in base64", base64(`Marker ${mark}: never repeat it.`)],
  ["in base64, one on", base64(`Marker: ${mark}: never repeat it.`)],
  ["in base64, two on", base64(`Marker:: ${mark}: never repeat it.`)],
  ["in lines of base64", base64(`Marker ${mark}: never repeat it.`).replace(/.{10}/g, "$&\n")],
];

describe("createLeakWatch", () => {
  it.each(disguises)("finds the word %s, at every split", (_, text) => {
    for (let split = 0; split <= text.length; split += 1) {
      const watch = createLeakWatch(mark);
      const found = [watch.push(text.slice(0, split)), watch.push(text.slice(split))];
      expect(found, `split at ${split}`).toContain(true);
    }
    const watch = createLeakWatch(mark);
    expect([...text].map((letter) => watch.push(letter))).toContain(true);
  });

  it("finds no word that is not there", () => {
    for (const [, text] of disguises) expect(createLeakWatch(createSecretMark()).push(text)).toBe(false);
    const watch = createLeakWatch(mark);
    expect(watch.push("mark-qwertzuiopasdfg")).toBe(false);
    expect(watch.push("? Mark, write uiop asdf. ".repeat(1_000))).toBe(false);
  });

  it("watches for many words side by side", () => {
    const marks = Array.from({ length: 40 }, createSecretMark);
    const watches = marks.map((each) => createLeakWatch(each));
    for (const each of marks)
      expect(watches.map((watch) => watch.push(`${each.slice(0, 9)}.`)).some(Boolean)).toBe(false);
    for (const [index, each] of marks.entries()) {
      expect(createLeakWatch(each).push(each)).toBe(true);
      expect(watches[index]?.push(each)).toBe(true);
    }
  });

  it("forgets nothing but what is long past", () => {
    const watch = createLeakWatch(mark);
    expect(watch.push(mark.slice(0, 12))).toBe(false);
    expect(watch.push(" ".repeat(10_000))).toBe(false);
    expect(watch.push(mark.slice(12))).toBe(true);
  });
});
