/** What a model costs, in US dollars per million tokens. */
export interface ModelPrice {
  readonly inputUsd: number;
  readonly outputUsd: number;
  /** Input the provider had cached. @default inputUsd */
  readonly cachedInputUsd?: number | undefined;
  /** Input the provider puts in its cache. @default inputUsd */
  readonly cacheWriteUsd?: number | undefined;
  /** Prices of long prompts, the shortest first. @default none: every prompt has the same price */
  readonly tiers?: readonly PriceTier[] | undefined;
}

/** What all of a call costs when its prompt is longer than `aboveInputTokens`, cached input included. */
export interface PriceTier extends Omit<ModelPrice, "tiers"> {
  readonly aboveInputTokens: number;
}
