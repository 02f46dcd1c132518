/** What a model costs, in US dollars per million tokens. */
export interface ModelPrice {
  readonly inputUsd: number;
  readonly outputUsd: number;
  /** Input the provider had cached. @default inputUsd */
  readonly cachedInputUsd?: number | undefined;
}
