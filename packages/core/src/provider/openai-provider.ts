import { OpenAI } from "openai";
import type { ChatCompletion } from "openai/resources/chat/completions";
import { invalidConfig } from "../errors/invalid-config.js";
import { createDispatchedClient } from "./dispatched-client.js";
import { openAiChunks } from "./openai-chunks.js";
import { embedWithOpenAi } from "./openai-embeddings.js";
import { toProviderError } from "./openai-errors.js";
import { openAiKeyProblem } from "./openai-key.js";
import { readOpenAiReply, readOpenAiStream } from "./openai-reply.js";
import { toOpenAiBody } from "./openai-request.js";
import type { Provider } from "./provider.js";
import { refuseWebPage } from "./refuse-web-page.js";

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
  /**
   * How requests are sent. @default the global fetch; in Node the connections behind it, which are what
   * `setGlobalDispatcher` of undici sets
   */
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
  const tokenLimit = (tokens: number) =>
    baseURL === undefined ? { max_completion_tokens: tokens } : { max_tokens: tokens }; // compatible servers know the old name
  return {
    name: "openai",
    model,
    async *stream(request, { signal }) {
      const body = {
        ...toOpenAiBody(request),
        ...tokenLimit(request.maxOutputTokens),
        ...(request.incremental ? streaming : whole),
      };
      try {
        const response = await client.chat.completions.create(body, { signal }).asResponse();
        await refuseWebPage(response);
        if (request.incremental) yield* readOpenAiStream(openAiChunks(response));
        else yield* readOpenAiReply((await response.json()) as ChatCompletion); // as: the reader doubts it
      } catch (error) {
        throw toProviderError(error, signal);
      }
    },
    async embed(request, { signal }) {
      try {
        return await embedWithOpenAi(client, request, signal);
      } catch (error) {
        throw toProviderError(error, signal);
      }
    },
  };
}

const whole = { stream: false } as const;
const streaming = { stream: true, stream_options: { include_usage: true } } as const;

function createClient({ apiKey, baseURL, fetch }: OpenAiProviderOptions): OpenAI {
  const problem = openAiKeyProblem(apiKey, baseURL);
  if (problem !== undefined) {
    throw invalidConfig("openaiProvider", [`apiKey: ${problem}`]);
  }
  const settings = {
    apiKey: apiKey ?? "none", // the SDK insists on one; a local server ignores it
    ...(baseURL === undefined ? {} : { baseURL }),
    maxRetries: 0 as const,
    logLevel: "off" as const, // the SDK prints raw events that it can't parse
  };
  return fetch === undefined ? createDispatchedClient(settings) : new OpenAI({ ...settings, fetch });
}
