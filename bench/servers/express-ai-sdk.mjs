// Express with the AI SDK; its own stream for browsers. The upstream's base URL is the first argument.
import { createOpenAI } from "@ai-sdk/openai";
import { generateText, streamText } from "ai";
import express from "express";
import { maxTokens, model as modelName, systemText } from "../prompt.mjs";

const model = createOpenAI({ apiKey: "sk-bench", baseURL: process.argv[2] }).chat(modelName);
const app = express();
app.use(express.json());
app.post("/ask", async ({ body: { message, stream } }, response) => {
  const asked = { model, system: systemText, prompt: message, temperature: 0, maxOutputTokens: maxTokens };
  if (stream === true) return void streamText(asked).pipeUIMessageStreamToResponse(response);
  response.json({ reply: (await generateText(asked)).text });
});
app.listen(0);
