import { type Clock, systemClock } from "../clock.js";
import { invalidConfig } from "../errors/invalid-config.js";
import { checkVectors } from "../search/embed-checked.js";
import type { Embedder } from "../search/embedder.js";
import { memoryResponseCache } from "./memory-response-cache.js";
import { questionMarks } from "./question-marks.js";
import { questionWords } from "./question-words.js";
import type { CachedReply, CacheKey, CacheLookup, LookupOptions, ResponseCache } from "./response-cache.js";
import { type SimilarQuestions, similarQuestions } from "./similar-questions.js";

/** What {@link semanticResponseCache} takes. */
export interface SemanticResponseCacheOptions {
  /** Makes vectors of masked questions. */
  readonly embedder: Embedder;
  /** What a million tokens cost to embed, US dollars; charged to the budget of the call. @default 0 */
  readonly embeddingUsd?: number | undefined;
  /** How near a question must be, 0.85 to 1: it may be raised, not lowered. @default 0.85 */
  readonly threshold?: number | undefined;
  /** Serves the very same questions, and bounds how many replies are kept. @default memoryResponseCache() */
  readonly cache?: ResponseCache | undefined;
  /** Questions kept for comparison; beyond it the oldest goes. @default 1_000 */
  readonly maxQuestions?: number | undefined;
  /** @default the machine's own time */
  readonly clock?: Clock | undefined;
}

const lowestThreshold = 0.85;

/**
 * A cache that also serves questions which mean the same in other words, for tasks with `similarBy`. It compares within
 * a partition only, and never serves a question with other numbers, names, negations or opposites than the one asked,
 * nor one that differs from it in a word or in their order.
 * A vector that can't be made is a question without similar ones.
 *
 * @throws `invalid_config` when an option makes no sense
 * @example
 * createAiGateway({ provider, cache: semanticResponseCache({ embedder: hashingEmbedder() }) });
 */
export function semanticResponseCache(options: SemanticResponseCacheOptions): ResponseCache {
  const { embedder, threshold = lowestThreshold, embeddingUsd = 0, maxQuestions = 1_000 } = options;
  const { clock = systemClock } = options;
  checkOptions({ ...options, threshold, embeddingUsd, maxQuestions });
  const exact = options.cache ?? memoryResponseCache({ clock });
  const questions = similarQuestions<CachedReply>({ maxQuestions, threshold, clock });
  let similarHits = 0;

  async function embed(question: string, { signal, pay }: LookupOptions): Promise<Float32Array | undefined> {
    const tokens = new TextEncoder().encode(question).length; // no token is less than a byte
    if (embeddingUsd > 0 && !(await pay?.(Math.ceil(tokens * embeddingUsd)))) return undefined;
    try {
      const [vector] = checkVectors(embedder, [question], await embedder.embed([question], { signal }));
      return vector;
    } catch {
      signal.throwIfAborted();
      return undefined;
    }
  }

  return {
    async lookup(key, asking) {
      const lookup = await exact.lookup(key, asking);
      const { similar } = key;
      if (lookup.state === "hit" || similar === undefined) return lookup;
      const vector = await embed(similar.question, asking).catch(async (error: unknown) => {
        await lookup.abandon();
        throw error;
      });
      if (vector === undefined) return lookup;
      const { question } = similar;
      const place = {
        group: groupOf(key, similar.group),
        vector,
        marks: questionMarks(question),
        words: questionWords(question),
      };
      const nearest = questions.nearest(place);
      if (nearest === undefined) return remembering(lookup, questions, place);
      similarHits += 1;
      await lookup.abandon();
      return { state: "hit", reply: structuredClone(nearest.reply), similarity: nearest.similarity };
    },
    stats() {
      const { hits, misses, ...rest } = exact.stats();
      return { ...rest, hits: hits + similarHits, misses: misses - similarHits };
    },
  };
}

/** The partition is part of the group: nothing is compared across it. */
const groupOf = ({ partition }: CacheKey, group: string) => JSON.stringify([partition, group]);

function remembering(
  lookup: Extract<CacheLookup, { state: "miss" }>,
  questions: SimilarQuestions<CachedReply>,
  place: Parameters<SimilarQuestions<CachedReply>["nearest"]>[0],
): CacheLookup {
  return {
    ...lookup,
    async store(reply, ttlMs) {
      await lookup.store(reply, ttlMs);
      if (ttlMs > 0) questions.add({ ...place, reply: structuredClone(reply), ttlMs });
    },
  };
}

function checkOptions(options: {
  readonly embedder: Embedder;
  readonly threshold: number;
  readonly embeddingUsd: number;
  readonly maxQuestions: number;
}): void {
  const { embedder, threshold, embeddingUsd, maxQuestions } = options;
  const problems = [
    ...(typeof Object(embedder).embed === "function" ? [] : ["embedder: must be an embedder"]),
    ...(threshold >= lowestThreshold && threshold <= 1
      ? []
      : [`threshold: must be ${lowestThreshold} to 1; lower ones serve wrong answers`]),
    ...(embeddingUsd >= 0 && Number.isFinite(embeddingUsd) ? [] : ["embeddingUsd: must be 0 or more"]),
    ...(Number.isSafeInteger(maxQuestions) && maxQuestions > 0
      ? []
      : ["maxQuestions: must be a positive integer"]),
  ];
  if (problems.length > 0) throw invalidConfig("Semantic cache", problems);
}
