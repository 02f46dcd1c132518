import type { MaskContext, Masker } from "../mask/masker.js";
import { placeholderPattern } from "../mask/placeholder.js";
import type { Embedder } from "./embedder.js";
import { longestEmbedded } from "./local-search.js";

/** An embedder that is shown masked text only. */
export interface MaskedEmbedder {
  readonly dimensions: number;
  /** The vectors of these texts. `known` are values that are hidden besides what the masker finds. */
  embed(
    texts: readonly string[],
    context: Pick<MaskContext, "known" | "signal">,
  ): Promise<readonly Float32Array[]>;
}

/** The one way to an embedder that may pass texts on: nothing reaches it but through the masker. */
export function maskedEmbedder(embedder: Embedder, masker: Masker): MaskedEmbedder {
  return {
    dimensions: embedder.dimensions,
    async embed(texts, context) {
      const { value } = await masker.mask(texts, { ...context, conversation: "search" });
      // Cut now, not before: the masker would not know the half of a value.
      const shown = value.map((text) => withTypesOnly(text).slice(0, longestEmbedded));
      return embedder.embed(shown, { signal: context.signal });
    },
  };
}

/**
 * `[EMAIL]` for `[EMAIL_k3f9_0001]`. Codes differ from call to call and numbers from text to text: without them a text
 * has one vector, whenever it is masked. Which value it was is found by the words, which stay here.
 */
const withTypesOnly = (text: string): string =>
  text.replace(placeholderPattern, (placeholder) => {
    const words = placeholder.replaceAll("\\", "").slice(1, -1).split("_");
    return `[${words.slice(0, -2).join(" ")}]`;
  });
