import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evil, hostileLinks } from "./fixtures/hostile-links.js";
import { createGuardedText, type GuardedText, guardText, type OutputCounts } from "./guarded-text.js";
import { outputGuardContract } from "./output-guard-contract.js";
import { type PatternOutputGuardOptions, patternOutputGuard } from "./pattern-output-guard.js";

const guarded = (text: string, options?: PatternOutputGuardOptions) =>
  guardText(patternOutputGuard(options), text);
const shownBy = (guard: GuardedText, text: string, sizes: readonly number[]) => {
  let shown = "";
  for (let from = 0, turn = 0; from < text.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    shown += guard.push(text.slice(from, from + size));
    from += size;
  }
  return shown + guard.end();
};
const inPieces = (text: string, sizes: readonly number[], options?: PatternOutputGuardOptions) =>
  shownBy(createGuardedText(patternOutputGuard(options)), text, sizes);
/** What a viewer would fetch without a click, or with one. */
const leads = /\]\(\s*<?\s*https?:\\?\/\\?\/evil|<[a-z][^>]*evil|!\[[^\]]*\]\[|\]\(\s*\/\/evil/i;

/** Where a long text without spaces might be split, an image or an address may begin. */
const straddling = [`![a](${evil})`, `![c][c]\n\n[c]: ${evil}`, evil, "[x](javascript:alert(1))"];

describe("patternOutputGuard", () => {
  it.each(straddling)("splits no %j, wherever it stands in a long word", (text) => {
    for (let before = 1_960; before <= 2_010; before += 1) {
      const shown = guarded(`${"x".repeat(before)}${text}`, { allowedLinks: ["docs.example"] });
      expect(shown).not.toMatch(/!\[(?!a\]\(#\))|\]\((?:http|java)|https:/);
    }
  });

  it("repeats nothing that was shown while it waited for the end of a bracket", () => {
    for (const bracket of ["<& ", "[ "]) {
      const text = `${"word ".repeat(70)}${bracket}${"word ".repeat(30)}${"x".repeat(1_200)}`;
      expect(inPieces(text, [1])).toBe(text);
    }
  });

  it("takes a comparison and a list of hosts for what they are", () => {
    for (const text of [
      "x<y, it's > 3",
      "if a <b and c> d then",
      "a <b\nc",
      "![one](/a.png 'A title')",
      "Wow!! [see](/a)",
    ])
      expect(guarded(text, { allowedLinks: ["docs.example"] })).toBe(text);
  });

  const detect = (text: string) =>
    [...text.matchAll(/\S+@\S+\w/g)].map(({ 0: { length }, index }) => ({
      type: "email",
      start: index,
      end: index + length,
    }));
  for (const options of [
    {},
    { allowedLinks: ["docs.example"], maxCharacters: 1_000 },
    { sensitiveValues: "enforce", detect },
    { links: "off", sensitiveValues: "off" },
  ] as const)
    describe(JSON.stringify(options), () => {
      for (const { name, run } of outputGuardContract) it(name, () => run(() => patternOutputGuard(options)));
    });

  it.each(hostileLinks)("takes the danger out of %j, at every split", (text) => {
    const around = `Here it is: ${text} and more.`;
    const whole = guarded(around, { allowedLinks: ["docs.example"] });
    expect(whole).not.toMatch(leads);
    expect(whole).not.toMatch(
      /\]\(\s*<?(?:javascript|data|https?\\?:\\?\/|&#|https&|\\\\)(?!\/docs\.example\))/i,
    );
    expect(whole).not.toBe(around);
    for (let size = 1; size <= around.length; size += 1)
      expect(inPieces(around, [size], { allowedLinks: ["docs.example"] })).toBe(whole);
    expect(guarded(around)).not.toBe(around); // without a list, too
  });

  it.each([
    "Read [the docs](https://docs.example/a?b=c#d) or [help](https://a.help.example).",
    "![logo](https://docs.example/logo.png)",
    '<img src="https://docs.example/logo.png" alt="x">',
    "[mail us](mailto:help@docs.example), [call](tel:+441234)",
    "See [above](#top), [prices](/pricing) and [this](page.md).",
    "https://docs.example/x and www.docs.example",
    "a < b, x<y, if (a[i](b)) then [x] and [y]: done! Really?! `code[0]`",
    "[1]: https://docs.example/source",
    "Wow! [Yes. It works](https://docs.example).",
    "[EMAIL_k3f9_0001] wrote. <b>Bold</b> <br/> ok",
    `<p style="color: red" title="it's">x</p> <b class='a "b"'>y</b> <x-y on="1">`,
    "<https://docs.example/>",
  ])("lets %j through", (text) => {
    const allowedLinks = ["docs.example", "*.help.example", "www.docs.example"];
    expect(guarded(text, { allowedLinks })).toBe(text);
    for (let size = 1; size <= text.length; size += 1)
      expect(inPieces(text, [size], { allowedLinks })).toBe(text);
  });

  it("leaves links alone without a list, images never", () => {
    expect(guarded(`[x](${evil}) ![x](${evil}) ${evil}`)).toBe(`[x](${evil}) ![x](#) ${evil}`);
    expect(guarded("[1]: https://docs.example/source")).toBe("[1]: https://docs.example/source");
  });

  it("takes addresses off the list apart", () => {
    const allowedLinks = ["*.docs.example"];
    expect(guarded(`[x](${evil}), ${evil}, www.evil.example, https://docs.example`, { allowedLinks })).toBe(
      "[x](#), hxxps://evil.example/log?d=secret, www[.]evil.example, hxxps://docs.example",
    );
    expect(guarded("https://evil.examplehttps://evil.example", { allowedLinks })).not.toContain("https:");
    expect(guarded("https://a.b.docs.example/", { allowedLinks })).toBe("https://a.b.docs.example/");
  });

  it("shows prose as it comes", () => {
    const guard = createGuardedText(patternOutputGuard({ allowedLinks: [] }));
    for (const piece of ["The ", "price is ", "£29. ", "Ask ", "again"])
      expect(guard.push(piece)).toBe(piece);
    expect(guard.push("! See [the ")).toBe("! See [the ");
    expect(guard.push("docs](https://evil.exam")).toBe("docs");
    expect(guard.push("ple) now.")).toBe("");
    expect(guard.push(" ")).toBe("](#) now. ");
    expect(guard.end()).toBe("");
  });

  it("only notices when it observes, and does nothing when it is off", () => {
    const counts: OutputCounts = {};
    const text = `![x](${evil}) and <img src=${evil}>`;
    expect(guardText(patternOutputGuard({ links: "observe" }), text, counts)).toBe(text);
    expect(counts).toEqual({ image: 1, html: 1 });
    const none: OutputCounts = {};
    expect(guardText(patternOutputGuard({ links: "off" }), text, none)).toBe(text);
    expect(none).toEqual({});
  });

  it("notices values that the model invented, and masks them where that is wanted", () => {
    const text = "Write to made@up.example. Or to [EMAIL_k3f9_0001]! made@up.example";
    const counts: OutputCounts = {};
    expect(guardText(patternOutputGuard({ detect }), text, counts)).toBe(text);
    expect(counts).toEqual({ sensitive_value: 2 });
    const options = { detect, sensitiveValues: "enforce" } as const;
    const masked = "Write to [EMAIL]. Or to [EMAIL_k3f9_0001]! [EMAIL]";
    expect(guarded(text, options)).toBe(masked);
    for (let size = 1; size <= text.length; size += 1) expect(inPieces(text, [size], options)).toBe(masked);
    expect(guarded(text, { detect, sensitiveValues: "off" })).toBe(text);
  });

  it("looks at nothing that stands in a placeholder", () => {
    const seen: string[] = [];
    const options = {
      sensitiveValues: "enforce",
      detect: (text: string) => {
        seen.push(text);
        return [];
      },
    } as const;
    for (const text of ["[EMAIL_k3f9_0001]", "[email\\_k3f9\\_0001]", "[DE_TAX_ID_k3f9_000000001]"])
      expect(guarded(text, options)).toBe(text);
    expect(seen.join("").trim()).toBe("");
  });

  it("lets a detector that fails stop a reply only when it enforces", () => {
    const detect = () => {
      throw new Error("late");
    };
    const counts: OutputCounts = {};
    expect(guardText(patternOutputGuard({ detect }), "hello", counts)).toBe("hello");
    expect(counts).toEqual({});
    expect(() => guarded("hello", { detect, sensitiveValues: "enforce" })).toThrow("late");
  });

  it("hides what its user finds unwanted", () => {
    const findUnwanted = (text: string) =>
      [...text.matchAll(/darn/gi)].map(({ index }) => ({ start: index, end: index + 4 }));
    expect(inPieces("Darn it. Well, darn.", [3], { findUnwanted })).toBe("*** it. Well, ***.");
    expect(inPieces("Darn, [EMAIL_darn_0001]!", [3], { findUnwanted })).toBe("***, [EMAIL_darn_0001]!");
  });

  it("clears plain text only, and never what others look at", () => {
    const { clears } = patternOutputGuard({ allowedLinks: ["docs.example"] });
    for (const text of ["", "Ask again! a < b, x[1], see: [EMAIL_k3f9_0001]. http, ww.", "你好。"])
      expect(clears?.(text)).toBe(true);
    for (const text of ["a<b>", "[x](/)", "[x]: /", "![x]", "HTTPS://x", "WWW.x"])
      expect(clears?.(text)).toBe(false);
    expect(patternOutputGuard({ links: "off" }).clears?.(`![x](${evil})`)).toBe(true);
    expect(patternOutputGuard({ findUnwanted: () => [] }).clears?.("hello")).toBe(false);
    expect(patternOutputGuard({ detect, sensitiveValues: "enforce" }).clears?.("hello")).toBe(false);
    expect(patternOutputGuard({ detect }).clears?.("made@up.example")).toBe(true);
  });

  it("cuts what is too long, also in a stream", () => {
    const counts: OutputCounts = {};
    const guard = patternOutputGuard({ maxCharacters: 8 });
    expect(guardText(guard, "One. Two. Three.", counts)).toBe("One. Two");
    expect(counts).toEqual({ too_long: 1 });
    expect(guardText(guard, "12345678", {})).toBe("12345678");
    for (const size of [1, 2, 5, 30])
      expect(inPieces("One. Two. Three.", [size], { maxCharacters: 8 })).toBe("One. Two");
  });

  it("shows any text alike, however it comes", () => {
    const part = fc.constantFrom(
      ..."![ ]( ]: ) < > <img src= <a href= https:// //evil.example docs.example www. . ! ? 。 \n x@y.example [EMAIL_k3f9_0001] \\ & &#104; word".split(
        " ",
      ),
      " ",
      "\n\n",
      "x".repeat(320),
      "word ".repeat(90),
    );
    const optionSets: PatternOutputGuardOptions[] = [
      {},
      { allowedLinks: ["docs.example"] },
      { detect, sensitiveValues: "enforce" },
      { links: "observe", maxCharacters: 200 },
    ];
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 25 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...optionSets),
        (parts, sizes, options) => {
          const text = parts.join("");
          const [counts, ofPieces]: OutputCounts[] = [{}, {}];
          const guard = patternOutputGuard(options);
          const whole = guardText(guard, text, counts);
          expect(shownBy(createGuardedText(guard, ofPieces), text, sizes)).toBe(whole);
          expect(ofPieces).toEqual(counts);
        },
      ),
      { numRuns: 1_500 },
    );
  });

  it.each([
    "!",
    "</user>",
    "\\",
    "](  ",
    "[",
    "](",
    "![",
    "<",
    "<a ",
    "<img src=",
    "](https://",
    "]: ",
    "a. ",
    "\n",
    "https://",
    "&#",
    "( ",
    "x",
    "[EMAIL_",
  ])("takes linear time for rows of %j", (seed) => {
    const text = seed.repeat(Math.ceil(60_000 / seed.length));
    const times = [1, 2].map(() => {
      const began = performance.now();
      guarded(text, { allowedLinks: ["docs.example"] });
      return performance.now() - began;
    });
    expect(Math.min(...times)).toBeLessThan(1_000);
    const began = process.cpuUsage();
    inPieces(text, [4], { allowedLinks: ["docs.example"] });
    expect(process.cpuUsage(began).user).toBeLessThan(1_000_000); // quadratic: 2 s and more
  });
});
