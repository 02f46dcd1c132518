import { openaiProvider } from "@levqor/core/openai";
import { apiKey, ask, caller, everythingOn, judge } from "../everything-on.mjs";
import { answer, model } from "../prompt.mjs";

/** A model that answers at once, so that the pipeline is all there is. */
const noModel = {
  name: "at-once",
  model,
  async *stream() {
    yield { type: "text-delta", delta: answer };
    yield { type: "finish", reason: "stop", usage: { inputTokens: 130, outputTokens: 140 } };
  },
};
const newcomer = { stage: "first_login", context: { has_connected_tool: false, has_run_workflow: false } };

export async function setup({ baseURL }) {
  const governed = everythingOn({ provider: openaiProvider({ apiKey, baseURL, model }) });
  const alone = everythingOn({ provider: noModel });
  const local = everythingOn({});
  const textFrom = (source, gateway) => async (message) => {
    const { reply, metadata } = await gateway.run(ask, { message }, { caller });
    if (metadata.source !== source) throw new Error(`answered by ${metadata.source}`);
    return reply;
  };
  return {
    chat: textFrom("model", governed),
    cacheHit: textFrom("cache", governed),
    pipeline: textFrom("model", alone),
    async object(message) {
      const { success, metadata, ...verdict } = await governed.run(judge, { message }, { caller });
      if (!success || metadata.source !== "model") throw new Error(`answered by ${metadata.source}`);
      return verdict;
    },
    async stream(message, onText) {
      for await (const event of governed.stream(ask, { message }, { caller })) {
        if (event.type === "text-delta") onText(event.delta);
      }
    },
    async local() {
      const { metadata } = await local.onboarding(newcomer, { caller });
      return metadata.source;
    },
    close: () => Promise.all([governed, alone, local].map((gateway) => gateway.close())),
  };
}
