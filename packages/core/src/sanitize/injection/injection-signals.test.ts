import { describe, expect, it } from "vitest";
import { type InjectionSignal, injectionSignals } from "./injection-signals.js";

/** Every alternative of each form. */
const examples: Readonly<Record<string, readonly string[]>> = {
  assignment: ["persona = x", "char=x", "rules =x", "jailbreak= x", "character=x"],
  image_with_data: ["![](https://a.example?b=", "![x](http://a.example/b&c="],
  chat_template: [
    "<|im_start|>",
    "<|end_header_id|>",
    "[inst]",
    "[/inst]",
    "<<sys>>",
    "<</sys>>",
    "<start_of_turn>",
    "<end_of_turn>",
    "</user><system",
    "</document_a x> <instructions",
  ],
  role_tag: [
    "<system>",
    "</instruction>",
    "{system:",
    "[ system :",
    "(system:",
    "< system:",
    "[system]",
    "##system##",
    "#### system ####",
    "system:",
    "\n## developer message:",
    "\n  **system prompt :",
  ],
  mode_tag: ["<god mode>", "[ a mode]", "(x mode )", "{amode}", "override mode"],
  end_mark: ["end of user", "\nbegin system", "=== start of document", "___end conversation"],
  turns: ["a: b q: c", "assistant: b\thuman: c", "bot:b user: c"],
};
const withForm = Object.entries<InjectionSignal>(injectionSignals).filter(
  ([, { form }]) => form !== undefined,
);

describe("injectionSignals", () => {
  it.each(withForm)("needs of %s nothing that its form does not have", (name, { form, needs = [""] }) => {
    const texts = examples[name] ?? [];
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) {
      expect(text.match(form as RegExp), text).not.toBeNull();
      expect(
        needs.some((part) => text.includes(part)),
        text,
      ).toBe(true);
    }
  });
});
