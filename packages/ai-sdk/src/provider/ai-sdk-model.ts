import type { LanguageModelV3FunctionTool } from "@ai-sdk/provider";

/** A JSON value, in the words that every version of the AI SDK takes. */
export type Json = null | string | number | boolean | Json[] | { [key: string]: Json };

/** Options for one vendor each, by the vendor's name in the AI SDK. */
export type AiSdkProviderOptions = Record<string, Record<string, Json>>;

/** A message as it is sent: of what the versions of the specification allow, the part that they share. */
export type AiSdkMessage =
  | { role: "system"; content: string }
  | { role: "user"; content: { type: "text"; text: string }[] }
  | { role: "assistant"; content: ({ type: "text"; text: string } | AiSdkToolCallPart)[] }
  | { role: "tool"; content: AiSdkToolResultPart[] };

/** A call in an assistant's turn. */
export interface AiSdkToolCallPart {
  type: "tool-call";
  toolCallId: string;
  toolName: string;
  input: unknown;
}

/** The result of a call. */
export interface AiSdkToolResultPart {
  type: "tool-result";
  toolCallId: string;
  toolName: string;
  output: { type: "text" | "error-text"; value: string };
}

/** What a model is called with. */
export interface AiSdkCallOptions {
  prompt: AiSdkMessage[];
  maxOutputTokens: number;
  temperature: number;
  abortSignal: AbortSignal;
  providerOptions: AiSdkProviderOptions;
  responseFormat?: { type: "json"; name: string; schema: LanguageModelV3FunctionTool["inputSchema"] };
  tools?: AiSdkTool[];
  toolChoice?:
    | { type: "auto" }
    | { type: "none" }
    | { type: "required" }
    | { type: "tool"; toolName: string };
}

/** A tool that the application runs. */
export interface AiSdkTool {
  type: "function";
  name: string;
  description?: string;
  inputSchema: LanguageModelV3FunctionTool["inputSchema"];
}

/** A plain word in V2; V3 and V4 keep the vendor's word beside it. */
export type AiSdkFinishReason = string | { readonly unified: string; readonly raw?: string | undefined };

/** Numbers in V2, numbers by kind in V3 and V4. */
export interface AiSdkUsage {
  readonly inputTokens?: number | AiSdkTokens | undefined;
  readonly outputTokens?: number | AiSdkTokens | undefined;
  readonly cachedInputTokens?: number | undefined;
}

/** Tokens by kind; `total` has them all. */
export interface AiSdkTokens {
  readonly total?: number | undefined;
  readonly cacheRead?: number | undefined;
  readonly cacheWrite?: number | undefined;
}

/** A part of a reply that came in one piece. Parts of other types than text and tool calls are not read. */
export interface AiSdkContent {
  readonly type: string;
  readonly text?: string | undefined;
  readonly toolCallId?: string | undefined;
  readonly toolName?: string | undefined;
  readonly input?: string | undefined;
  readonly providerExecuted?: boolean | undefined;
}

/** A reply that came in one piece. */
export interface AiSdkGenerateResult {
  readonly content: readonly AiSdkContent[];
  /** V4: the JSON, when other text stands beside it. */
  readonly structuredOutputText?: string | undefined;
  readonly finishReason: AiSdkFinishReason;
  readonly usage: AiSdkUsage;
}

/** A part of a streamed reply. */
export interface AiSdkStreamPart {
  readonly type: string;
  readonly id?: string | undefined;
  readonly delta?: string | undefined;
  readonly toolCallId?: string | undefined;
  readonly toolName?: string | undefined;
  readonly input?: string | undefined;
  /** `text`: the deltas are a plain text, only the whole input is JSON. */
  readonly inputEncoding?: string | undefined;
  readonly providerExecuted?: boolean | undefined;
  readonly finishReason?: AiSdkFinishReason | undefined;
  readonly usage?: AiSdkUsage | undefined;
  readonly error?: unknown;
}

/** A reply that streams. */
export interface AiSdkStreamResult {
  readonly stream: ReadableStream<AiSdkStreamPart>;
  readonly response?: { readonly headers?: Record<string, string> | undefined } | undefined;
}

/**
 * A language model of the AI SDK: what the gateway uses of specifications V2, V3 and V4 (AI SDK 5, 6 and 7). Told by
 * its shape, so that the version of `@ai-sdk/provider` you have does not matter.
 */
export interface AiSdkLanguageModel {
  readonly specificationVersion: "v2" | "v3" | "v4";
  readonly provider: string;
  readonly modelId: string;
  doGenerate(options: AiSdkCallOptions): PromiseLike<AiSdkGenerateResult>;
  doStream(options: AiSdkCallOptions): PromiseLike<AiSdkStreamResult>;
}

/** An embedding model of the AI SDK, of specification V2, V3 or V4. */
export interface AiSdkEmbeddingModel {
  readonly specificationVersion: "v2" | "v3" | "v4";
  readonly modelId: string;
  doEmbed(options: {
    values: string[];
    abortSignal: AbortSignal;
    providerOptions: AiSdkProviderOptions;
  }): PromiseLike<{
    readonly embeddings: readonly (readonly number[])[];
    readonly usage?: { readonly tokens: number } | undefined;
    readonly response?: { readonly body?: unknown } | undefined;
  }>;
}
