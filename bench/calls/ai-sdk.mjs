import { createOpenAI } from "@ai-sdk/openai";
import { generateText, Output, streamText } from "ai";
import * as z from "zod";
import { maxTokens, model as modelName, systemText, verdictSchema } from "../prompt.mjs";

export async function setup({ baseURL }) {
  const model = createOpenAI({ baseURL, apiKey: "sk-bench" }).chat(modelName);
  const output = Output.object({ schema: verdictSchema(z) });
  const asked = (prompt) => ({
    model,
    system: systemText,
    prompt,
    temperature: 0,
    maxOutputTokens: maxTokens,
  });
  return {
    chat: async (question) => (await generateText(asked(question))).text,
    object: async (question) => (await generateText({ ...asked(question), output })).output,
    async stream(question, onText) {
      for await (const delta of streamText(asked(question)).textStream) if (delta) onText(delta);
    },
  };
}
