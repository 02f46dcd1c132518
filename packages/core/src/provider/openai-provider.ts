import { OpenAI } from "openai";
import type {
  ChatCompletion,
  ChatCompletionCreateParams,
  ChatCompletionMessageParam,
} from "openai/resources/chat/completions";
import { GatewayError } from "../errors/gateway-error.js";
import { invalidConfig } from "../errors/invalid-config.js";
import { toProviderError } from "./openai-errors.js";
import { openAiKeyProblem } from "./openai-key.js";
import type { FinishReason, Provider, ProviderEvent, ProviderRequest, Usage } from "./provider.js";

/** Options of {@link openaiProvider}. */
export interface OpenAiProviderOptions {
  /** Never printed. @default none: needed unless `client` or `baseURL` is given */
  readonly apiKey?: string | undefined;
  /** @default "gpt-4o-mini" */
  readonly model?: string | undefined;
  /** Any server that speaks OpenAI's chat completions: vLLM, Ollama, llama.cpp, Azure. @default OpenAI's own */
  readonly baseURL?: string | undefined;
  /** A client of your own, for options not listed here; its retries must be off (`maxRetries: 0`). */
  readonly client?: OpenAI | undefined;
  /** How requests are sent. @default the global fetch */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/**
 * OpenAI through the official SDK (`openai`, an optional peer), and every server that speaks the same wire. One
 * attempt a call: the SDK's own retries are off, because the router has the one retry loop.
 *
 * @throws `invalid_config` when the key is missing or can't be one.
 */
export function openaiProvider(options: OpenAiProviderOptions = {}): Provider {
  const { model = "gpt-4o-mini", baseURL } = options;
  const client = options.client ?? createClient(options);
  const tokenLimit = baseURL === undefined ? "max_completion_tokens" : "max_tokens"; // compatible servers know the old name
  return {
    name: "openai",
    model,
    async *stream(request, { signal }) {
      const body = { ...toBody(request), [tokenLimit]: request.maxOutputTokens };
      try {
        if (request.incremental) yield* readStream(client, body, signal);
        else yield* readWhole(await client.chat.completions.create({ ...body, stream: false }, { signal }));
      } catch (error) {
        throw toProviderError(error, signal);
      }
    },
  };
}

function createClient({ apiKey, baseURL, fetch }: OpenAiProviderOptions): OpenAI {
  const problem = openAiKeyProblem(apiKey, baseURL);
  if (problem !== undefined) {
    throw invalidConfig("openaiProvider", [`apiKey: ${problem}`]);
  }
  return new OpenAI({
    apiKey: apiKey ?? "none", // the SDK insists on one; a local server ignores it
    ...(baseURL === undefined ? {} : { baseURL }),
    ...(fetch === undefined ? {} : { fetch }),
    maxRetries: 0,
    logLevel: "off", // the SDK prints raw events that it can't parse
  });
}

/** Models that think first refuse a temperature. */
const isReasoningModel = (model: string) => /^(?:o\d|gpt-5)/.test(model);

function toBody({ model, prompt, temperature, responseFormat }: ProviderRequest): ChatCompletionCreateParams {
  const messages: ChatCompletionMessageParam[] = [...prompt.messages];
  if (prompt.system !== undefined) messages.unshift({ role: "system", content: prompt.system });
  return {
    model,
    messages,
    ...(isReasoningModel(model) ? {} : { temperature }),
    ...(responseFormat === undefined
      ? {}
      : {
          response_format: {
            type: "json_schema",
            json_schema: { ...responseFormat, schema: { ...responseFormat.schema } },
          },
        }),
  };
}

function* readWhole(completion: ChatCompletion): Generator<ProviderEvent> {
  const choice = completion.choices?.[0]; // absent when a 200 was something else than a completion
  if (choice?.message === undefined)
    throw new GatewayError("provider_malformed", "The reply is not a chat completion.");
  refuseFiltered(choice.finish_reason, choice.message.refusal);
  if (choice.message.content) yield { type: "text-delta", delta: choice.message.content };
  yield { type: "finish", reason: toReason(choice.finish_reason), usage: toUsage(completion.usage) };
}

async function* readStream(
  client: OpenAI,
  body: ChatCompletionCreateParams,
  signal: AbortSignal,
): AsyncGenerator<ProviderEvent> {
  const streaming = { ...body, stream: true as const, stream_options: { include_usage: true } };
  let reason: FinishReason | undefined;
  let usage: Usage | undefined;
  for await (const chunk of await client.chat.completions.create(streaming, { signal })) {
    usage = toUsage(chunk.usage) ?? usage;
    const choice = chunk.choices?.[0];
    if (choice === undefined) continue; // the last chunk holds only usage
    refuseFiltered(choice.finish_reason, choice.delta?.refusal);
    if (choice.delta?.content) yield { type: "text-delta", delta: choice.delta.content };
    if (choice.finish_reason) reason = toReason(choice.finish_reason);
  }
  signal.throwIfAborted(); // the SDK ends an aborted stream quietly
  if (reason === undefined)
    throw new GatewayError("provider_cut", "The stream ended without a finish reason.");
  yield { type: "finish", reason, usage };
}

function refuseFiltered(reason: string | null, refusal: string | null | undefined): void {
  if (reason === "content_filter" || refusal) {
    throw new GatewayError("provider_filtered", "The provider's content filter stopped the reply.");
  }
}

const toReason = (reason: string | null): FinishReason =>
  reason === "stop" ? "stop" : reason === "length" ? "length" : "other";

function toUsage(usage: ChatCompletion["usage"] | null): Usage | undefined {
  if (!usage) return undefined;
  return {
    inputTokens: usage.prompt_tokens,
    outputTokens: usage.completion_tokens,
    cachedInputTokens: usage.prompt_tokens_details?.cached_tokens,
    source: "reported",
  };
}
