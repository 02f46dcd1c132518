import type { Masked, StreamRestorer } from "../mask/masker.js";
import type { TextOrToolEvent } from "../provider/provider.js";
import type { ShownParts } from "./shown-parts.js";

/** Shows an answer in words, with or without tool calls: every part with its original values. */
export function shownWords(masked: Pick<Masked<unknown>, "restorer" | "jsonRestorer">): ShownParts<never> {
  let text = masked.restorer();
  const calls = new Map<string, StreamRestorer>();
  const words = (delta: string): TextOrToolEvent[] => (delta === "" ? [] : [{ type: "text-delta", delta }]);
  const args = (id: string, delta: string): TextOrToolEvent[] =>
    delta === "" ? [] : [{ type: "tool-call-delta", id, delta }];
  return {
    push(part) {
      switch (part.type) {
        case "text-delta":
          return words(text.push(part.delta));
        case "tool-call-start":
          calls.set(part.id, masked.jsonRestorer());
          return [...words(text.end()), part];
        case "tool-call-delta":
          return args(part.id, calls.get(part.id)?.push(part.delta) ?? part.delta);
        case "tool-call-end": {
          const rest = calls.get(part.id)?.end() ?? "";
          const whole = masked.jsonRestorer(); // as the deltas were restored: joined, they are the arguments
          return [...args(part.id, rest), { ...part, arguments: whole.push(part.arguments) + whole.end() }];
        }
        case "reset":
          text = masked.restorer();
          calls.clear();
          return [part];
      }
    },
    end: () => words(text.end()),
  };
}
