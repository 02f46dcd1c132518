import type { createOpenAI } from "@ai-sdk/openai";
import type { AiSdkLanguageModel, AiSdkStreamPart } from "@levqor/ai-sdk";

type V3Model = ReturnType<ReturnType<typeof createOpenAI>["chat"]>;
type V3Stream = Awaited<ReturnType<V3Model["doStream"]>>["stream"];
type V3StreamPart = V3Stream extends ReadableStream<infer Part> ? Part : never;

/**
 * A model of specification V4, made of one of V3: says with V4's word that the reply was interrupted, and streams what
 * only V4 has. The packages of V4 need a newer Node than ours.
 */
export function asV4Model(model: V3Model): AiSdkLanguageModel {
  return {
    specificationVersion: "v4",
    provider: model.provider,
    modelId: model.modelId,
    async doGenerate(options) {
      const { content, ...result } = await model.doGenerate(options);
      const json = content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("");
      if (options.responseFormat === undefined) return { content, ...result };
      const draft = { type: "text" as const, text: "Here it is, {soon}." };
      return { content: [draft, ...content], structuredOutputText: json, ...result };
    },
    async doStream(options) {
      const { stream, ...result } = await model.doStream(options);
      const change = (part: V3StreamPart): AiSdkStreamPart[] => {
        if (part.type !== "finish") return [{ type: "ping" }, part, { type: "custom" }];
        const { unified, raw } = part.finishReason;
        const interrupted = unified === "other" && raw === undefined;
        return [interrupted ? { ...part, finishReason: { unified: "interrupted", raw } } : part];
      };
      return {
        ...result,
        stream: stream.pipeThrough(
          new TransformStream<V3StreamPart, AiSdkStreamPart>({
            transform(part, controller) {
              for (const each of change(part)) controller.enqueue(each);
            },
          }),
        ),
      };
    },
  };
}
