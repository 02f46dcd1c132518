// Express with the gateway for a harness that asks as OpenAI is asked: port and upstream are the arguments. Each variant of
// the upstream (`/x-d20`) has a gateway of its own.
import { openaiProvider } from "@levqor/core/openai";
import { createAiRouter } from "@levqor/express-adapter";
import express from "express";
import * as z from "zod";
import { apiKey, caller, everythingOn, taskOf } from "../../everything-on.mjs";
import { model } from "../../prompt.mjs";

const [, , port, upstream] = process.argv;
let number = 0;

/** OpenAI's request is the input, and its reply is part of the output. No question is asked twice, so none is cached. */
const completions = taskOf({
  name: "completions",
  path: "chat/completions",
  input: z.object({ messages: z.array(z.object({ role: z.string(), content: z.string() })) }),
  output: z.object({ reply: z.string() }).transform(({ reply }) => ({
    reply,
    choices: [{ index: 0, message: { role: "assistant", content: reply } }],
  })),
  textField: "reply",
  prompt: ({ messages }) => ({
    system: messages.find(({ role }) => role === "system")?.content,
    messages: messages
      .filter(({ role }) => role === "user")
      .map(({ content }) => ({ role: "user", content: `${content} #${number++}` })),
  }),
});

const routers = new Map();
function routerFor(variant) {
  const provider = openaiProvider({ apiKey, baseURL: `${upstream}${variant}/v1`, model });
  const router = createAiRouter(everythingOn({ provider, tasks: [completions] }), { identify: () => caller });
  routers.set(variant, router);
  return router;
}

const app = express();
app.use(["/:variant/v1", "/v1"], (request, response, next) => {
  const variant = request.params.variant === undefined ? "" : `/${request.params.variant}`;
  (routers.get(variant) ?? routerFor(variant))(request, response, next);
});
app.listen(Number(port), "127.0.0.1");
process.on("SIGTERM", () => process.exit(0));
