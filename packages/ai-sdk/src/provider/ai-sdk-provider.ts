import { GatewayError, invalidConfig, type Provider, refuseWebPage } from "@levqor/core";
import type {
  AiSdkCallOptions,
  AiSdkEmbeddingModel,
  AiSdkLanguageModel,
  AiSdkProviderOptions,
} from "./ai-sdk-model.js";
import { embedTexts } from "./embed-texts.js";
import { providerName } from "./provider-name.js";
import { readReply, readStream } from "./read-reply.js";
import { toCallOptions } from "./to-call-options.js";
import { toProviderError } from "./to-provider-error.js";

/** Options of {@link aiSdkProvider}. */
export interface AiSdkProviderSettings {
  /** Vendor name as in OpenTelemetry's `gen_ai.provider.name`. @default made of the model's `provider`: `openai` of `openai.chat` */
  readonly name?: string | undefined;
  /** Gives the provider `embed`. @default none: no embeddings */
  readonly embeddingModel?: AiSdkEmbeddingModel | undefined;
  /**
   * Sent with every call, by the vendor's name in the AI SDK. Replaces the default vendor by vendor.
   *
   * @default { openai: { strictJsonSchema: false } }, because strict schemas can't have optional fields
   */
  readonly providerOptions?: AiSdkProviderOptions | undefined;
}

const defaultProviderOptions: AiSdkProviderOptions = { openai: { strictJsonSchema: false } };

/**
 * Any model of the AI SDK (specification V2, V3 or V4: AI SDK 5, 6 and 7) as a provider of the gateway. One attempt a
 * call: the AI SDK's retries are in `generateText` and `streamText`, which are not used. A request for another model
 * than this one is `provider_rejected`: an AI SDK model is bound to its `modelId`.
 *
 * @throws `invalid_config` that names the argument, when it is no AI SDK model.
 * @example
 * const provider = aiSdkProvider(mistral("mistral-small-latest"));
 * const gateway = createAiGateway({ targets: [{ provider, price: { inputUsd: 0.1, outputUsd: 0.3 } }] });
 */
export function aiSdkProvider(model: AiSdkLanguageModel, options: AiSdkProviderSettings = {}): Provider {
  const { embeddingModel } = options;
  const problems = [
    ...problemsOf("model", model, ["doGenerate", "doStream"]),
    ...(embeddingModel === undefined ? [] : problemsOf("embeddingModel", embeddingModel, ["doEmbed"])),
    ...(options.name === "" ? ["name: must not be empty"] : []),
  ];
  if (problems.length > 0) throw invalidConfig("aiSdkProvider", problems);
  const providerOptions = { ...defaultProviderOptions, ...options.providerOptions };
  return {
    name: options.name ?? providerName(model.provider),
    model: model.modelId,
    async *stream(request, { signal }) {
      signal.throwIfAborted();
      refuseOtherModel(model.modelId, request.model);
      const { provider } = model;
      try {
        const callOptions = { ...toCallOptions(request), abortSignal: signal, providerOptions };
        if (request.incremental) {
          yield* readStream(await openStream(model, callOptions), provider);
        } else {
          const asksJson = request.responseFormat !== undefined;
          yield* readReply(await model.doGenerate(callOptions), { provider, asksJson });
        }
      } catch (error) {
        throw toProviderError(error, signal);
      }
    },
    ...(embeddingModel === undefined
      ? {}
      : {
          async embed(request, { signal }) {
            refuseOtherModel(embeddingModel.modelId, request.model);
            try {
              return await embedTexts(embeddingModel, request, { providerOptions, signal });
            } catch (error) {
              throw toProviderError(error, signal);
            }
          },
        }),
  };
}

/** A web page holds no events: read as a stream it would look like a reply that broke off. */
async function openStream(model: AiSdkLanguageModel, options: AiSdkCallOptions) {
  const { stream, response } = await model.doStream(options);
  try {
    await refuseWebPage(new Response(null, { headers: response?.headers ?? {} }));
  } catch (error) {
    await stream.cancel();
    throw error;
  }
  return stream;
}

const specifications: readonly unknown[] = ["v2", "v3", "v4"];

function problemsOf(argument: string, model: unknown, methods: readonly string[]): string[] {
  if (typeof model !== "object" || model === null) return [`${argument}: must be an AI SDK model`];
  const fields = new Map(
    ["specificationVersion", "provider", "modelId", ...methods].map((field) => [
      field,
      Reflect.get(model, field),
    ]),
  );
  const problems: string[] = [];
  if (!specifications.includes(fields.get("specificationVersion")))
    problems.push("specificationVersion: must be v2, v3 or v4");
  for (const field of ["provider", "modelId"]) {
    if (typeof fields.get(field) !== "string" || fields.get(field) === "")
      problems.push(`${field}: must be a text`);
  }
  for (const field of methods) {
    if (typeof fields.get(field) !== "function") problems.push(`${field}: must be a function`);
  }
  return problems.map((problem) => `${argument}.${problem}`);
}

function refuseOtherModel(own: string, asked: string): void {
  if (own === asked) return;
  const message = `The AI SDK model is "${own}" and can't answer as "${asked}": a target's model must be the same.`;
  throw new GatewayError("provider_rejected", message);
}
