import { HumanMessage, SystemMessage } from "@langchain/core/messages";
import { ChatOpenAI } from "@langchain/openai";
import * as z from "zod";
import { maxTokens, model as modelName, systemText, verdictSchema } from "../prompt.mjs";

export async function setup({ baseURL }) {
  const configuration = { baseURL };
  const model = new ChatOpenAI({
    model: modelName,
    apiKey: "sk-bench",
    temperature: 0,
    maxTokens,
    configuration,
  });
  const judge = model.withStructuredOutput(verdictSchema(z), { method: "jsonSchema", name: "verdict" });
  const asked = (question) => [new SystemMessage(systemText), new HumanMessage(question)];
  return {
    chat: async (question) => (await model.invoke(asked(question))).content,
    object: (question) => judge.invoke(asked(question)),
    async stream(question, onText) {
      for await (const chunk of await model.stream(asked(question))) if (chunk.content) onText(chunk.content);
    },
  };
}
