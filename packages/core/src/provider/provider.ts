/** One message of a conversation, already masked. */
export interface Message {
  readonly role: "user" | "assistant";
  readonly content: string;
}

/** What a task asks a model. */
export interface Prompt {
  /** The product's instructions. */
  readonly system?: string | undefined;
  readonly messages: readonly Message[];
}

/** A JSON Schema document. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** One call to a model. Everything in it is masked. */
export interface ProviderRequest {
  readonly model: string;
  readonly prompt: Prompt;
  readonly maxOutputTokens: number;
  readonly temperature: number;
  /** Asks for JSON of this shape; absent for plain text. */
  readonly responseFormat?: { readonly name: string; readonly schema: JsonSchema } | undefined;
  /** Whether deltas are wanted as they arrive. When false a provider may make one plain call. */
  readonly incremental: boolean;
}

/** Tokens a provider charged for. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Part of `inputTokens` that the provider had cached. */
  readonly cachedInputTokens?: number | undefined;
  /** `estimated` when the provider did not report and the gateway counted by itself. */
  readonly source: "reported" | "estimated";
}

/** Why a model stopped. */
export type FinishReason = "stop" | "length" | "other";

/** What a provider yields: text, then exactly one `finish`. */
export type ProviderEvent =
  | { readonly type: "text-delta"; readonly delta: string }
  | {
      readonly type: "finish";
      readonly reason: FinishReason;
      /** Absent when the provider did not report. */
      readonly usage?: Usage | undefined;
    };

/**
 * Speaks to one vendor. An implementation makes exactly one attempt (retries are the router's), yields one `finish`
 * last, and throws a `GatewayError` with a `provider_*` code for everything else: also when a stream ends without
 * its end mark (`provider_cut`) and, with the signal's reason, when the signal aborts.
 */
export interface Provider {
  /** Vendor name as in OpenTelemetry's `gen_ai.provider.name`. */
  readonly name: string;
  /** The model used when a target names none. */
  readonly model: string;
  stream(request: ProviderRequest, options: { readonly signal: AbortSignal }): AsyncIterable<ProviderEvent>;
}
