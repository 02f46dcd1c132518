// A mock of OpenAI's chat completions, in a process of its own so that its CPU is not counted.
import { createServer } from "node:http";

const body = JSON.stringify({
  id: "chatcmpl-1",
  object: "chat.completion",
  created: 0,
  model: "gpt-4o-mini",
  choices: [
    {
      index: 0,
      message: { role: "assistant", content: "A workflow has one trigger and some actions." },
      finish_reason: "stop",
    },
  ],
  usage: { prompt_tokens: 60, completion_tokens: 9, total_tokens: 69 },
});

const server = createServer((request, response) => {
  request.resume().on("end", () => {
    response.writeHead(200, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    });
    response.end(body);
  });
});
server.listen(0, "127.0.0.1", () => process.send?.(server.address().port));
process.on("disconnect", () => process.exit(0));
