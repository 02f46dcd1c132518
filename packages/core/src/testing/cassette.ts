import type { ErrorCode } from "../errors/error-table.js";
import type { ProviderEvent, ProviderRequest } from "../provider/provider.js";

/** The codes that a provider's call fails with. */
export type ProviderErrorCode = Extract<ErrorCode, `provider_${string}`>;

/** How a recorded call ended. */
export type RecordingEnd =
  | { readonly kind: "done"; readonly atMs: number }
  | {
      readonly kind: "failed";
      readonly atMs: number;
      readonly code: ProviderErrorCode;
      /** What a `provider_rate_limited` asked for. */
      readonly retryAfterMs?: number | undefined;
    }
  /** Its reader stopped or aborted; what would have come is not known. */
  | { readonly kind: "left" };

/** One call: what was asked, what came and when. */
export interface Recording {
  /** Masked, as every request to a provider is. */
  readonly request: ProviderRequest;
  readonly events: readonly {
    /** Milliseconds since the call began. */
    readonly atMs: number;
    readonly event: ProviderEvent;
  }[];
  readonly end: RecordingEnd;
}

/** A provider's calls as plain JSON, made by `recordProvider`. */
export interface Cassette {
  /** Name of the provider that was recorded. */
  readonly name: string;
  /** Its model. */
  readonly model: string;
  /** In the order the calls began. */
  readonly recordings: readonly Recording[];
}
