import { OpenAI } from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import * as z from "zod";
import { chatRequest, streamRequest, verdictSchema } from "../prompt.mjs";

export async function setup({ baseURL }) {
  const { completions } = new OpenAI({ apiKey: "sk-bench", baseURL }).chat;
  const response_format = zodResponseFormat(verdictSchema(z), "verdict");
  return {
    chat: async (question) => (await completions.create(chatRequest(question))).choices[0].message.content,
    object: async (question) =>
      (await completions.parse({ ...chatRequest(question), response_format })).choices[0].message.parsed,
    async stream(question, onText) {
      for await (const chunk of await completions.create(streamRequest(question))) {
        const delta = chunk.choices[0]?.delta.content;
        if (delta) onText(delta);
      }
    },
  };
}
