import type { Usage } from "../provider/provider.js";

/** A stored reply, masked. */
export interface CachedReply {
  readonly text?: string | undefined;
  readonly value?: unknown;
  readonly provider?: string | undefined;
  readonly model?: string | undefined;
  readonly usage?: Usage | undefined;
}

/** Where a reply belongs. There is no cache call without a partition. */
export interface CacheKey {
  /** Who may ever see the entry: tenant and access scope. */
  readonly partition: string;
  /** What was asked: task, prompt version, model, parameters, masked input. */
  readonly key: string;
  /**
   * For a cache that also serves similar questions: the masked question by itself, and all of the key but the question.
   * @default none: only the same question is served
   */
  readonly similar?: { readonly question: string; readonly group: string } | undefined;
}

/**
 * The answer to a lookup. After a `miss` the asker makes the call and must end with exactly one of `store` or
 * `abandon`: identical askers wait for it meanwhile (single flight).
 */
export type CacheLookup =
  | {
      readonly state: "hit";
      readonly reply: CachedReply;
      /** How near the stored question is, 0 to 1; absent when it is the same one. */
      readonly similarity?: number | undefined;
    }
  | {
      readonly state: "miss";
      /** The store behind the cache did not answer; identical askers of this process wait all the same. @default false */
      readonly storeDown?: boolean | undefined;
      /** Keeps the reply and serves it to those who wait. With a `ttlMs` of 0 it is only served, not kept. */
      store(reply: CachedReply, ttlMs: number): void | Promise<void>;
      /** The call failed or must not be stored; those who wait go on by themselves. */
      abandon(): void | Promise<void>;
    };

/** Numbers since start. */
export interface CacheStats {
  readonly size: number;
  readonly hits: number;
  readonly misses: number;
  readonly evictions: number;
}

/** What a lookup is told beside its key. */
export interface LookupOptions {
  readonly signal: AbortSignal;
  /**
   * Pays for what a lookup itself costs (an embedding), integer micro-dollars, from the budgets of the call; false when
   * a cap is in the way, and then it must not be spent. @default none: nothing can be paid
   */
  readonly pay?: ((microUsd: number) => Promise<boolean>) | undefined;
}

/** Keeps replies so that the same question is paid once. */
export interface ResponseCache {
  /**
   * Waits for an identical call in flight, but not without end: then it is a miss that makes nobody wait. Rejects
   * with the signal's reason when that aborts first.
   */
  lookup(key: CacheKey, options: LookupOptions): CacheLookup | Promise<CacheLookup>;
  stats(): CacheStats;
}
