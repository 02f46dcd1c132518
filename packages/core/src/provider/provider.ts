/** One message of a conversation, already masked. */
export interface Message {
  readonly role: "user" | "assistant";
  readonly content: string;
}

/** A JSON Schema document. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A function that a model may ask for. */
export interface ToolDefinition {
  /** Letters, digits, `_` and `-`, at most 64: what every vendor takes. */
  readonly name: string;
  /** What it does and when to call it, for the model. */
  readonly description?: string | undefined;
  /** Shape of its arguments; its `type` is `object`. */
  readonly parameters: JsonSchema;
}

/** Which tools a model may or must call: as it likes, none, at least one, or the one named. */
export type ToolChoice = "auto" | "none" | "required" | { readonly name: string };

/** A model's call of a tool. */
export interface ToolCall {
  /** Unique in its reply; the result refers to it. */
  readonly id: string;
  readonly name: string;
  /** JSON as the model wrote it, unchecked: it may be broken or of another shape. `{}` when it wrote nothing. */
  readonly arguments: string;
}

/** A model's turn in which it called tools. */
export interface ToolCallMessage {
  readonly role: "assistant";
  /** What it said beside the calls; may be empty. */
  readonly content: string;
  readonly toolCalls: readonly ToolCall[];
}

/** What a tool gave back for one call. */
export interface ToolResultMessage {
  readonly role: "tool";
  readonly toolCallId: string;
  readonly content: string;
  /** Whether the tool failed; `content` then says how. @default false */
  readonly isError?: boolean | undefined;
}

/** What a provider is asked to continue: a prompt whose turns may hold tool calls and their results. */
export interface Conversation {
  /** The product's instructions. */
  readonly system?: string | undefined;
  readonly messages: readonly (Message | ToolCallMessage | ToolResultMessage)[];
}

/** Asks for JSON of this shape. `name`: letters, digits, `_` and `-`. */
export interface ResponseFormat {
  readonly name: string;
  readonly schema: JsonSchema;
}

/** What a task asks a model. */
export interface Prompt extends Conversation {
  /** What the model may call; only for tasks with a `toolCallsField`. @default none */
  readonly tools?: readonly ToolDefinition[] | undefined;
  /** @default "auto" */
  readonly toolChoice?: ToolChoice | undefined;
  /** For this call; more than the task's own has no effect. @default the task's */
  readonly maxOutputTokens?: number | undefined;
  /** For this call. @default the task's */
  readonly temperature?: number | undefined;
  /** JSON that a task with a `textField` wants as its text; it is not read here. @default none */
  readonly responseFormat?: ResponseFormat | undefined;
}

/** One call to a model. Everything in it is masked. */
export interface ProviderRequest {
  readonly model: string;
  readonly prompt: Conversation;
  readonly maxOutputTokens: number;
  readonly temperature: number;
  /** Asks for JSON of this shape; absent for plain text. */
  readonly responseFormat?: ResponseFormat | undefined;
  /** Absent when the model may call none; then it must not yield a tool call either. */
  readonly tools?: readonly ToolDefinition[] | undefined;
  /** Of no effect without `tools`. @default "auto" */
  readonly toolChoice?: ToolChoice | undefined;
  /** Whether deltas are wanted as they arrive. When false a provider may make one plain call. */
  readonly incremental: boolean;
}

/** Tokens a provider charged for. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Part of `inputTokens` that the provider had cached. */
  readonly cachedInputTokens?: number | undefined;
  /** Part of `inputTokens` that the provider put in its cache. */
  readonly cacheWriteTokens?: number | undefined;
  /** `estimated` when the provider did not report and the gateway counted by itself. */
  readonly source: "reported" | "estimated";
}

/** Why a model stopped. `tool-calls`: it waits for the results of the calls it made. */
export type FinishReason = "stop" | "length" | "tool-calls" | "other";

/** A piece of text, or of a tool call. */
export type TextOrToolEvent =
  | { readonly type: "text-delta"; readonly delta: string }
  | { readonly type: "tool-call-start"; readonly id: string; readonly name: string }
  | { readonly type: "tool-call-delta"; readonly id: string; readonly delta: string }
  | ({ readonly type: "tool-call-end" } & ToolCall);

/**
 * What a provider yields: text and tool calls, then exactly one `finish`.
 *
 * A call is a start, deltas, an end, also when the reply came in one piece; its deltas, joined, are its `arguments`.
 * Calls may overlap: the id says whose a delta is. A call that the token limit may have cut (the last one before a
 * `finish` with reason `length`) has no end and must not be run.
 */
export type ProviderEvent =
  | TextOrToolEvent
  | {
      readonly type: "finish";
      readonly reason: FinishReason;
      /** Absent when the provider did not report. */
      readonly usage?: Usage | undefined;
    };

/** Texts to turn into vectors, already masked: a provider sends what it is given. */
export interface EmbeddingRequest {
  /** An embedding model of the vendor; not the provider's `model`, which writes. */
  readonly model: string;
  readonly texts: readonly string[];
}

/** Vectors of an {@link EmbeddingRequest}. */
export interface EmbeddingReply {
  /** One a text, in order, all of the same length. */
  readonly vectors: readonly Float32Array[];
  /** With 0 output tokens. Absent when the provider did not report. */
  readonly usage?: Usage | undefined;
}

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
  /** Absent when the vendor has no embeddings. One attempt; throws as `stream` does. No texts: no call, no vectors. */
  embed?(request: EmbeddingRequest, options: { readonly signal: AbortSignal }): Promise<EmbeddingReply>;
}
