import { mapStrings } from "../map-strings.js";
import type { Masked, StreamRestorer } from "../mask/masker.js";
import { createGuardedText, guardText, type OutputCounts } from "../output/guard/guarded-text.js";
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
 * a personal value was invented. Arguments of tools are not text to show; they pass.
 */
export function guardReply(
  masked: Masked<unknown>,
  { decision, services }: { readonly decision: DecisionRecord; readonly services: Services },
): GuardedReply {
  const { outputGuard: guard } = services;
  const restoreWith =
    (counts?: OutputCounts): Masked<unknown>["restore"] =>
    (value) =>
      masked.restore(
        guard === undefined ? value : mapStrings(value, (text) => guardText(guard, text, counts)),
      );
  return {
    restore: (value) => restoreWith()(value),
    restoreOf(reply) {
      if (reply.value !== undefined) return (value) => masked.restore(value);
      const counts = inventedIn(reply, masked);
      decision.outputFindings = counts;
      return restoreWith(counts);
    },
    restorer: () =>
      guard === undefined ? masked.restorer() : inTurn(createGuardedText(guard), masked.restorer()),
    jsonRestorer: () => masked.jsonRestorer(),
  };
}

/** Placeholders that nobody issued stay as they are; many of them say that the model does not do as it is told. */
function inventedIn({ text = "", toolCalls = [] }: RawReply, masked: Masked<unknown>): Noticed {
  const written = [text, ...toolCalls.map((call) => call.arguments)].join("\n");
  const count = masked.countInvented?.(written) ?? 0;
  return count === 0 ? {} : { invented_placeholder: count };
}

/** The second is given what the first lets through. */
const inTurn = (first: StreamRestorer, second: StreamRestorer): StreamRestorer => ({
  push: (delta) => second.push(first.push(delta)),
  end: () => second.push(first.end()) + second.end(),
});
