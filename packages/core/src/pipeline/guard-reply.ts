import { mapStrings } from "../map-strings.js";
import type { Masked, StreamRestorer } from "../mask/masker.js";
import { createGuardedText, guardText, type OutputCounts } from "../output/guard/guarded-text.js";
import type { OutputGuard, OutputReason } from "../output/guard/output-guard.js";
import type { RawReply } from "../output/output-reader.js";
import type { DecisionRecord } from "./decision-record.js";
import type { Services } from "./services.js";

type Noticed = OutputCounts & { invented_placeholder?: number };

/** The way back to the originals, for what a guard lets through of a model's reply. */
export interface GuardedReply extends Pick<Masked<unknown>, "restore" | "restorer" | "jsonRestorer"> {
  /** How one finished reply is restored, and what was noticed in it is written down. A local answer is not guarded. */
  restoreOf(reply: RawReply): Masked<unknown>["restore"];
}

/**
 * Guards a reply before its masked values come back: then a placeholder in an address is still one, and what reads like
 * a personal value was invented. When they are back, only addresses and tags are looked for: a value may be an address,
 * or hold Markdown. Arguments of tools are not text to show; they pass.
 */
export function guardReply(
  masked: Masked<unknown>,
  { decision, services }: { readonly decision: DecisionRecord; readonly services: Services },
): GuardedReply {
  const { outputGuard: guard } = services;
  const restored = guard && onlyMarkup(guard);
  const restoreWith =
    (counts?: OutputCounts): Masked<unknown>["restore"] =>
    (value) => {
      const pass = <Value>(each: Value, by: OutputGuard | undefined): Value =>
        by === undefined ? each : mapStrings(each, (text) => guardText(by, text, counts));
      return pass(masked.restore(pass(value, guard)), restored);
    };
  return {
    restore: (value) => restoreWith()(value),
    restoreOf(reply) {
      if (reply.value !== undefined) return (value) => masked.restore(value);
      const counts = inventedIn(reply, masked);
      decision.outputFindings = counts;
      return restoreWith(counts);
    },
    restorer: () => [...guarded(guard), masked.restorer(), ...guarded(restored)].reduce(inTurn),
    jsonRestorer: () => masked.jsonRestorer(),
  };
}

/** Placeholders that nobody issued stay as they are; many of them say that the model does not do as it is told. */
function inventedIn({ text = "", toolCalls = [] }: RawReply, masked: Masked<unknown>): Noticed {
  const calls = toolCalls.map((call) => `\n${call.arguments}`);
  const count = masked.countInvented?.(text + calls.join("")) ?? 0;
  return count === 0 ? {} : { invented_placeholder: count };
}

const guarded = (guard: OutputGuard | undefined): StreamRestorer[] =>
  guard === undefined ? [] : [createGuardedText(guard)];

const markup: ReadonlySet<OutputReason> = new Set(["image", "link", "html"]);

/** Takes out what a guard takes out of addresses and tags, and nothing else. */
const onlyMarkup = (guard: OutputGuard): OutputGuard => ({
  inspect: (sentence) =>
    guard
      .inspect(sentence)
      .filter(({ reason, replacement }) => markup.has(reason) && replacement !== undefined),
  holdsFrom: (beginning) => guard.holdsFrom(beginning),
  clears: (text) => guard.clears?.(text) === true,
});

/** The second is given what the first lets through. */
const inTurn = (first: StreamRestorer, second: StreamRestorer): StreamRestorer => ({
  push: (delta) => second.push(first.push(delta)),
  end: () => second.push(first.end()) + second.end(),
});
