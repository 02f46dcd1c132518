// A mock of OpenAI's chat completions, in a process of its own so that its CPU is not counted; on bare sockets, so that
// it takes as little as possible from the processes that are measured. Answers after as many milliseconds as its first
// argument says; at once without one. Streams send a chunk at a time: as soon as the last is written, or, below
// `/gap-5/`, every 5 ms. An address in the question, or its placeholder, is repeated at the end of a stream.
import { createServer } from "node:net";
import { answer, model, streamedPieces, verdict } from "./prompt.mjs";

const delayMs = Number(process.argv[2] ?? 0);
const usage = { prompt_tokens: 130, completion_tokens: 140, total_tokens: 270 };
const about = { id: "chatcmpl-1", created: 1_760_000_000, model, system_fingerprint: "fp_bench" };

const whole = (content) => {
  const message = { role: "assistant", content, refusal: null };
  const choices = [{ index: 0, message, logprobs: null, finish_reason: "stop" }];
  const body = JSON.stringify({ ...about, object: "chat.completion", choices, usage });
  return `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
};
const inWords = whole(answer);
const inJson = whole(JSON.stringify(verdict));

const streamHead =
  "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncache-control: no-cache\r\ntransfer-encoding: chunked\r\n\r\n";
const httpChunk = (data) => `${Buffer.byteLength(data).toString(16)}\r\n${data}\r\n`;
const event = (fields) =>
  httpChunk(`data: ${JSON.stringify({ ...about, object: "chat.completion.chunk", ...fields })}\n\n`);
const delta = (delta, finish_reason = null) =>
  event({ choices: [{ index: 0, delta, logprobs: null, finish_reason }], usage: null });
const streamEnd = `${delta({}, "stop") + event({ choices: [], usage }) + httpChunk("data: [DONE]\n\n")}0\r\n\r\n`;

function stream(socket, body, gapMs) {
  const [address = ""] = /\[EMAIL_\w+\]|[\w.]+@[\w.]+\w/.exec(body) ?? [];
  const chunks = streamedPieces(address).map((content) => delta({ content }));
  let next = 0;
  const step = () => {
    if (socket.destroyed) return;
    if (next === chunks.length) return void socket.write(streamEnd);
    socket.write(chunks[next++]);
    if (gapMs > 0) setTimeout(step, gapMs);
    else setImmediate(step);
  };
  socket.write(streamHead + delta({ role: "assistant", content: "" }));
  step();
}

function reply(socket, head, body) {
  if (socket.destroyed) return;
  if (body.includes('"stream":true'))
    stream(socket, body, Number(/^POST \/gap-(\d+)\//.exec(head)?.[1] ?? 0));
  else socket.write(body.includes('"json_schema"') ? inJson : inWords);
}

const server = createServer({ noDelay: true }, (socket) => {
  let received = "";
  socket.setEncoding("latin1"); // a character a byte, as content-length counts
  socket.on("data", (data) => {
    received += data;
    for (;;) {
      const headEnd = received.indexOf("\r\n\r\n") + 4;
      if (headEnd === 3) return;
      const head = received.slice(0, headEnd);
      const end = headEnd + Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? 0);
      if (received.length < end) return;
      const body = received.slice(headEnd, end);
      received = received.slice(end);
      if (delayMs > 0) setTimeout(reply, delayMs, socket, head, body);
      else reply(socket, head, body);
    }
  });
  socket.on("error", () => {}); // a contender that leaves
});
server.listen(0, "127.0.0.1", () => process.send?.(server.address().port));
process.on("disconnect", () => process.exit(0));
