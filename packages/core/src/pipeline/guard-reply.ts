import { mapStrings } from "../map-strings.js";
import type { Masked, StreamRestorer } from "../mask/masker.js";
import { createGuardedText, guardText, type OutputCounts } from "../output/guard/guarded-text.js";
import type { RawReply } from "../output/output-reader.js";
import type { DecisionRecord } from "./decision-record.js";
import type { Services } from "./services.js";

/** The way back to the originals, for what a guard lets through of a model's reply. */
export interface GuardedReply extends Pick<Masked<unknown>, "restore" | "restorer" | "jsonRestorer"> {
  /** How one finished reply is restored, and what was noticed in it is written down. A local answer is not guarded. */
  restoreOf(reply: RawReply): Masked<unknown>["restore"];
}

/**
 * Guards a reply before its masked values come back: then a placeholder in an address is still one, and what reads like
 * a personal value was invented. Arguments of tools are not text to show; they pass.
 */
export function guardReply(
  masked: Masked<unknown>,
  { decision, services }: { readonly decision: DecisionRecord; readonly services: Services },
): GuardedReply {
  const { outputGuard: guard } = services;
  const jsonRestorer = () => masked.jsonRestorer();
  if (guard === undefined) {
    const restore: Masked<unknown>["restore"] = (value) => masked.restore(value);
    return { restore, restoreOf: () => restore, restorer: () => masked.restorer(), jsonRestorer };
  }
  const restoreWith =
    (counts?: OutputCounts): Masked<unknown>["restore"] =>
    (value) =>
      masked.restore(mapStrings(value, (text) => guardText(guard, text, counts)));
  return {
    restore: (value) => restoreWith()(value),
    restoreOf(reply) {
      if (reply.value !== undefined) return (value) => masked.restore(value);
      const counts: OutputCounts = {};
      decision.outputFindings = counts;
      return restoreWith(counts);
    },
    restorer: () => inTurn(createGuardedText(guard), masked.restorer()),
    jsonRestorer,
  };
}

/** The second is given what the first lets through. */
const inTurn = (first: StreamRestorer, second: StreamRestorer): StreamRestorer => ({
  push: (delta) => second.push(first.push(delta)),
  end: () => second.push(first.end()) + second.end(),
});
