import { describe, expect, it } from "vitest";
import { contextWords, plainWords } from "./context-words.js";
import { detectionSubject } from "./detection-subject.js";

const words = contextWords(["social security", "SSN", "steuer*", "número fiscal", "taxId"]);

function near(text: string, value: string, path: readonly (string | number)[] = []) {
  const start = text.indexOf(value);
  return detectionSubject(text, path).near({ start, end: start + value.length }, words);
}

describe("plainWords", () => {
  it.each([
    ["taxId, TAX_ID; tax-id", " tax id tax id tax id "],
    ["Número (fiscal)", " numero fiscal "],
    ["ÜberWeisung №5", " uber weisung no5 "],
    ["12 - 34", ""],
    ["", ""],
  ])("makes %j %j", (text, plain) => {
    expect(plainWords(text)).toBe(plain);
  });
});

describe("near", () => {
  it.each([
    "SSN 42",
    "my ssn is: 42",
    "Social-Security no. 42",
    "42 is my SSN",
    "Steueridentifikationsnummer 42",
    "NUMERO FISCAL 42",
    "tax_id=42",
    "SSN:\n42",
    "SSN\n\n   42",
    "one two ssn three four five six seven eight nine 42",
  ])("sees the word in %j", (text) => {
    expect(near(text, "42")).toBe("context");
  });

  it.each([
    "42",
    "assn 42",
    "ssnx 42",
    "social 42 security",
    "security social 42",
    "SSN\nname: 42",
    "42\nSSN",
    "ssn one two three four five six seven eight nine 42",
    "42 one two three four five six ssn",
    `ssn ${"-".repeat(200)} 42`,
  ])("sees none in %j", (text) => {
    expect(near(text, "42")).toBeUndefined();
  });

  it("sees the two nearest keys", () => {
    expect(near("42", "42", ["ssn"])).toBe("key");
    expect(near("42", "42", ["person", "SSN", 0])).toBe("key");
    expect(near("42", "42", ["ssn", "value"])).toBe("key");
    expect(near("42", "42", ["ssn", "a", "value"])).toBeUndefined();
    expect(near("42", "42", [0, 1])).toBeUndefined();
    expect(detectionSubject("42", ["taxID"]).hasKey(contextWords(["tax id"]))).toBe(true);
  });

  it("computes once what several ask for", () => {
    let asked = 0;
    const count = (text: string) => text.length + asked++;
    const subject = detectionSubject("abc", []);
    expect([subject.once(count), subject.once(count), subject.once((text) => text)]).toEqual([3, 3, "abc"]);
  });
});
