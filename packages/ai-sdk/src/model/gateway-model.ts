import type { DegradedReason, ReplySource } from "@levqor/core";

/** What the AI SDK calls a model with. Told by its shape: specifications V3 and V4 both fit. */
export interface GatewayModelOptions {
  readonly prompt: readonly GatewayModelMessage[];
  /** More than the task's own has no effect. */
  readonly maxOutputTokens?: number | undefined;
  readonly temperature?: number | undefined;
  readonly responseFormat?: GatewayModelFormat | undefined;
  readonly tools?: readonly GatewayModelTool[] | undefined;
  readonly toolChoice?: { readonly type: string; readonly toolName?: string | undefined } | undefined;
  readonly abortSignal?: AbortSignal | undefined;
  // What follows is not supported: it is named in the warnings.
  readonly stopSequences?: readonly string[] | undefined;
  readonly topP?: number | undefined;
  readonly topK?: number | undefined;
  readonly presencePenalty?: number | undefined;
  readonly frequencyPenalty?: number | undefined;
  readonly seed?: number | undefined;
  readonly reasoning?: string | undefined;
  readonly includeRawChunks?: boolean | undefined;
  readonly providerOptions?: object | undefined;
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined;
}

/** Plain text, or JSON of a shape. */
export interface GatewayModelFormat {
  readonly type: "text" | "json";
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly schema?: unknown;
}

/** A tool of the application (`function`) or of a vendor. */
export interface GatewayModelTool {
  readonly type: string;
  readonly name: string;
  readonly description?: string | undefined;
  readonly inputSchema?: unknown;
  readonly strict?: boolean | undefined;
  readonly inputExamples?: unknown;
}

/** A message; the content of a system message is a text. */
export interface GatewayModelMessage {
  readonly role: "system" | "user" | "assistant" | "tool";
  readonly content: string | readonly GatewayModelPart[];
}

/** A part of a message; which fields it has depends on its type. */
export interface GatewayModelPart {
  readonly type: string;
  readonly text?: string | undefined;
  readonly toolCallId?: string | undefined;
  readonly toolName?: string | undefined;
  readonly input?: unknown;
  readonly output?: GatewayModelToolOutput | undefined;
}

/** What a tool gave back. */
export interface GatewayModelToolOutput {
  readonly type: string;
  readonly value?: unknown;
  readonly reason?: string | undefined;
}

/** A setting that has no effect, and other things that are not done as asked. */
export type GatewayModelWarning =
  | { type: "unsupported"; feature: string; details?: string }
  | { type: "other"; message: string };

/** Token counts as the AI SDK has them. */
export interface GatewayModelUsage {
  inputTokens: { total: number; noCache: undefined; cacheRead: undefined; cacheWrite: undefined };
  outputTokens: { total: number; text: undefined; reasoning: undefined };
}

/** Why a reply ended. A reply that failed has no reason: it ends with an error. */
export interface GatewayModelFinish {
  unified: "stop" | "length" | "tool-calls";
  raw: undefined;
}

/** What the gateway says of a call, as `providerMetadata` of the AI SDK. */
export type GatewayModelMetadata = {
  levqor: {
    request_id: string;
    cost_usd: number;
    source: ReplySource;
    /** Absent for a local answer. */
    provider?: string;
    model?: string;
    /** Present when a local answer stands in for a model's. */
    degraded?: DegradedReason;
    /** Parts of the prompt that were cut at the length limit. */
    truncated?: string[];
  };
};

/** A tool call; `input` is JSON as the model wrote it. */
export interface GatewayModelToolCall {
  type: "tool-call";
  toolCallId: string;
  toolName: string;
  input: string;
}

/** A reply in one piece. */
export interface GatewayModelResult {
  content: ({ type: "text"; text: string } | GatewayModelToolCall)[];
  finishReason: GatewayModelFinish;
  usage: GatewayModelUsage;
  providerMetadata: GatewayModelMetadata;
  response: { id: string; modelId: string };
  warnings: GatewayModelWarning[];
}

/** A part of a streamed reply. The last one is `finish`, or `error` when it broke. */
export type GatewayModelStreamPart =
  | { type: "stream-start"; warnings: GatewayModelWarning[] }
  | { type: "text-start"; id: string }
  | { type: "text-delta"; id: string; delta: string }
  | { type: "text-end"; id: string }
  | { type: "tool-input-start"; id: string; toolName: string }
  | { type: "tool-input-delta"; id: string; delta: string }
  | { type: "tool-input-end"; id: string }
  | GatewayModelToolCall
  | { type: "response-metadata"; id: string; modelId: string }
  | {
      type: "finish";
      finishReason: GatewayModelFinish;
      usage: GatewayModelUsage;
      providerMetadata: GatewayModelMetadata;
    }
  | { type: "error"; error: unknown };

/** A language model of the AI SDK that is the gateway: what `streamText`, `generateText` and agents take as `model`. */
export interface GatewayModel<Specification extends "v3" | "v4" = "v3"> {
  readonly specificationVersion: Specification;
  readonly provider: "levqor";
  /** The task or target it is named by. */
  readonly modelId: string;
  readonly supportedUrls: Record<string, RegExp[]>;
  doGenerate(options: GatewayModelOptions): Promise<GatewayModelResult>;
  doStream(options: GatewayModelOptions): Promise<{ stream: ReadableStream<GatewayModelStreamPart> }>;
}
