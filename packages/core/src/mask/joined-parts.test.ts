import { describe, expect, it } from "vitest";
import type { Masked } from "./masker.js";
import { type PatternMaskerOptions, patternMasker } from "./pattern-masker.js";

const card = "4111 1111 1111 1111";
const maskWith = <Value>(options: PatternMaskerOptions, value: Value) =>
  patternMasker({ createNonce: () => "k3f9", ...options }).mask(value, {}) as Masked<Value>;

describe("texts that read as one", () => {
  it("joins text parts that follow each other", () => {
    const parts = (...texts: string[]) => ({ content: texts.map((text) => ({ type: "text", text })) });
    const cut = parts("card 4111 1111", "1111 1111, mail ada@exa", "mple.com now");
    const masked = maskWith({}, cut);
    expect(masked.value).toEqual(
      parts(
        "card [CREDIT_CARD_k3f9_0001]",
        "[CREDIT_CARD_k3f9_0002], mail [EMAIL_k3f9_0003]",
        "[EMAIL_k3f9_0004] now",
      ),
    );
    expect(masked.restore(masked.value)).toEqual(cut);
    expect(maskWith({}, parts("4111", "1111", "1111", "1111")).counts).toEqual({ credit_card: 2 });
  });

  it("joins messages of one author that follow each other", () => {
    const said = (...turns: (readonly [string, string])[]) => ({
      messages: turns.map(([role, content]) => ({ role, content })),
    });
    const cut = said(["user", "my card is 4111 1111"], ["user", "1111 1111 ok?"], ["assistant", "Thanks."]);
    const masked = maskWith({}, cut);
    expect(masked.value).toEqual(
      said(
        ["user", "my card is [CREDIT_CARD_k3f9_0001]"],
        ["user", "[CREDIT_CARD_k3f9_0002] ok?"],
        ["assistant", "Thanks."],
      ),
    );
    expect(masked.restore(masked.value)).toEqual(cut);
    for (const apart of [
      said(["user", "4111 1111"], ["assistant", "1111 1111"]),
      said(["user", "4111 1111"], ["assistant", "go on"], ["user", "1111 1111"]),
      said(["tool", "4111 1111"], ["tool", "1111 1111"]),
    ])
      expect(maskWith({ types: ["credit_card"] }, apart).counts).toEqual({});
  });

  it("joins no word to a value that ends with its text", () => {
    const parts = [{ text: "I am ada@example.com" }, { text: "Yes, please" }];
    expect(maskWith({}, parts).value).toEqual([{ text: "I am [EMAIL_k3f9_0001]" }, { text: "Yes, please" }]);
  });

  it("looks at the joints of long texts, and over many short ones", async () => {
    const long = (start: string, end: string) => ({
      text: `${start} ${"clean words ".repeat(1_000)} ${end}`,
    });
    const texts = [
      long("a", "4111 1111"),
      { text: "1111" },
      { text: "" },
      long("1111", "mail ada@"),
      long("example.com", "b"),
    ];
    const masked = await patternMasker().mask(texts, {});
    expect(masked.counts).toEqual({ credit_card: 2, email: 2 }); // two of the pieces are the same;
    expect(masked.restore(masked.value)).toEqual(texts);
    const letters = Array.from("ada@example.com ".repeat(300), (text) => ({ text }));
    const spelled = maskWith({ types: ["email"] }, letters);
    expect(spelled.restore(spelled.value)).toEqual(letters);
    expect(spelled.value.map(({ text }) => text).join("")).not.toContain("a");
  });

  it("joins no strings that are not text parts of one list", () => {
    for (const value of [
      [card.slice(0, 9), card.slice(10)],
      { a: { text: card.slice(0, 9) }, b: { text: card.slice(10) } },
      [{ text: card.slice(0, 9) }, { image: "x" }, { text: card.slice(10) }],
      [[{ text: card.slice(0, 9) }], [{ text: card.slice(10) }]],
    ]) {
      expect(maskWith({ types: ["credit_card"] }, value).counts).toEqual({});
    }
  });
});
