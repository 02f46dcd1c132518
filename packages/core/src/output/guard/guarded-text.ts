import { createSentenceSplitter } from "./create-sentence-splitter.js";
import type { OutputGuard, OutputReason } from "./output-guard.js";

/** A text that comes in pieces, as its guard lets it be shown. */
export interface GuardedText {
  /** What can be shown now. */
  push(piece: string): string;
  /** The rest; then a new text can begin. */
  end(): string;
}

/** How often something was noticed. */
export type OutputCounts = Partial<Record<OutputReason, number>>;

/** Guards a whole text: it reads as `createGuardedText` would show it. What is noticed is added to `counts`. */
export function guardText(guard: OutputGuard, text: string, counts?: OutputCounts): string {
  if (counts !== undefined)
    for (const { reason } of guard.notice?.(text) ?? []) counts[reason] = (counts[reason] ?? 0) + 1;
  if (text.length <= (guard.maxCharacters ?? text.length) && guard.clears?.(text) === true) return text;
  const guarded = createGuardedText(guard, counts);
  return guarded.push(text) + guarded.end();
}

/** From this length on a sentence is looked at again only when it has grown so much: the cost stays linear. */
const longSentence = 2_000;
const growth = 1.0625;

/** Guards one text that comes in pieces. What is noticed is added to `counts`. */
export function createGuardedText(guard: OutputGuard, counts: OutputCounts = {}): GuardedText {
  const splitter = createSentenceSplitter();
  let sentence = "";
  /** How much of the sentence has been shown. */
  let shown = 0;
  /** How long the sentence must be for the next look at its beginning. */
  let nextLook = 0;
  let left = guard.maxCharacters ?? Number.POSITIVE_INFINITY;
  const note = (reason: OutputReason) => {
    counts[reason] = (counts[reason] ?? 0) + 1;
  };
  const show = (text: string) => {
    if (text.length > left && left >= 0) note("too_long");
    const fitting = text.slice(0, Math.max(0, left));
    left = text.length > left ? -1 : left - text.length;
    return fitting;
  };
  const finish = (length: number) => {
    const whole = sentence.slice(0, length);
    const parts: string[] = [];
    for (const { reason, start, end, replacement } of guard.inspect(whole)) {
      note(reason);
      if (replacement === undefined || start < shown) continue;
      parts.push(whole.slice(shown, start), replacement);
      shown = end;
    }
    parts.push(whole.slice(shown));
    sentence = sentence.slice(length);
    nextLook = 0;
    shown = Math.max(0, shown - length);
    return parts.join("");
  };
  const finished = (isWhole: boolean) => {
    let text = "";
    for (let end = splitter.end(sentence, isWhole); end !== undefined; end = splitter.end(sentence, isWhole))
      text += finish(end);
    return text;
  };
  return {
    push(piece) {
      sentence += piece;
      let text = finished(false);
      if (sentence.length < nextLook) return show(text);
      const free = guard.holdsFrom(sentence);
      nextLook = sentence.length < longSentence ? 0 : sentence.length * growth;
      if (free > shown) {
        text += sentence.slice(shown, free);
        shown = free;
      }
      return show(text);
    },
    end() {
      const text = show(finished(true));
      left = guard.maxCharacters ?? Number.POSITIVE_INFINITY;
      return text;
    },
  };
}
