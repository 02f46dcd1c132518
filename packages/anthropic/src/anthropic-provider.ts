/**
 * Anthropic's models as a provider of the gateway.
 *
 * @module
 */
import { Anthropic } from "@anthropic-ai/sdk";
import { invalidConfig, type Provider, refuseWebPage } from "@levqor/core";
import { toProviderError } from "./anthropic-errors.js";
import { anthropicKeyProblem } from "./anthropic-key.js";
import { readAnthropicReply, readAnthropicStream } from "./anthropic-reply.js";
import { toAnthropicRequest } from "./anthropic-request.js";

/** Options of {@link anthropicProvider}. */
export interface AnthropicProviderOptions {
  /** Never printed. @default none: needed unless `client` or `baseURL` is given */
  readonly apiKey?: string | undefined;
  /** @default "claude-haiku-4-5" */
  readonly model?: string | undefined;
  /** Any server that speaks Anthropic's messages, without `/v1`. @default Anthropic's own */
  readonly baseURL?: string | undefined;
  /** A client of your own, for options not listed here; its retries must be off (`maxRetries: 0`). */
  readonly client?: Anthropic | undefined;
  /** How requests are sent. @default the global fetch */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/**
 * Anthropic through the official SDK (`@anthropic-ai/sdk`, a peer). One attempt a call: the SDK's own retries are
 * off, because the router has the one retry loop. Has no `embed`: Anthropic has no embeddings.
 *
 * @throws `invalid_config` when the key is missing or can't be one.
 */
export function anthropicProvider(options: AnthropicProviderOptions = {}): Provider {
  const client = options.client ?? createClient(options);
  return {
    name: "anthropic",
    model: options.model ?? "claude-haiku-4-5",
    async *stream(request, { signal }) {
      const { body, replyTool } = toAnthropicRequest(request);
      try {
        if (request.incremental) {
          const sent = client.messages.create({ ...body, stream: true }, { signal });
          const { data, response } = await sent.withResponse();
          await refuseWebPage(response);
          yield* readAnthropicStream(data, replyTool);
        } else {
          const { data, response } = await client.messages.create(body, { signal }).withResponse();
          await refuseWebPage(response);
          yield* readAnthropicReply(data, replyTool);
        }
      } catch (error) {
        throw toProviderError(error, signal);
      }
    },
  };
}

const tenMinutesMs = 600_000; // the SDK's default; without a figure it refuses long plain replies

function createClient({ apiKey, baseURL, fetch }: AnthropicProviderOptions): Anthropic {
  const problem = anthropicKeyProblem(apiKey, baseURL);
  if (problem !== undefined) throw invalidConfig("anthropicProvider", [`apiKey: ${problem}`]);
  return new Anthropic({
    apiKey: apiKey ?? "none", // else the SDK looks for credentials by itself; a local server ignores it
    ...(baseURL === undefined ? {} : { baseURL }),
    ...(fetch === undefined ? {} : { fetch }),
    maxRetries: 0,
    timeout: tenMinutesMs,
    logLevel: "off", // the SDK prints raw events that it can't parse
    openTelemetry: false, // the gateway has spans of its own
  });
}
