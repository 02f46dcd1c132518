/** Turns texts into vectors that lie close together when the texts mean much the same. */
export interface Embedder {
  /** Length of each vector. */
  readonly dimensions: number;
  /** Whether `embed` answers at once instead of with a promise. If not, it is shown masked text. @default false */
  readonly isLocal?: boolean | undefined;
  /** A vector a text, in order, each of length 1 (or all zeros for a text without words). */
  embed(
    texts: readonly string[],
    options?: { readonly signal?: AbortSignal | undefined },
  ): readonly Float32Array[] | Promise<readonly Float32Array[]>;
}

/** An embedder that works in the process, at once. */
export interface LocalEmbedder extends Embedder {
  readonly isLocal: true;
  embed(texts: readonly string[]): readonly Float32Array[];
}
