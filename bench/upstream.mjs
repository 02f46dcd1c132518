// A mock of OpenAI's chat completions, in a process of its own so that its CPU is not counted. Answers after as many
// milliseconds as its first argument says; at once without one.
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

const delayMs = Number(process.argv[2] ?? 0);
const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
const server = createServer((request, response) => {
  const answer = () => response.writeHead(200, headers).end(body);
  request.resume().on("end", () => (delayMs > 0 ? setTimeout(answer, delayMs) : answer()));
});
// A busy client must not find a connection closed that it was about to use.
server.keepAliveTimeout = 120_000;
server.listen(0, "127.0.0.1", () => process.send?.(server.address().port));
process.on("disconnect", () => process.exit(0));
