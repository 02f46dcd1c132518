// Express with the openai SDK, as most write it. The upstream's base URL is the first argument.
import express from "express";
import { OpenAI } from "openai";

const { completions } = new OpenAI({ apiKey: "sk-bench", baseURL: process.argv[2] }).chat;
const app = express();
app.use(express.json());
app.post("/v1/chat/completions", async ({ body }, response) => {
  if (body.stream !== true) return void response.json(await completions.create(body));
  response.setHeader("content-type", "text/event-stream");
  for await (const chunk of await completions.create(body))
    response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  response.end("data: [DONE]\n\n");
});
app.listen(0);
