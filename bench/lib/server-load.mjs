// Asks servers, in a process of its own: told `{ port, upstream, protocol, isStream, lanes, ms }`, answers with the figures of a
// closed loop. Every answer is checked, and no question is asked twice.
import { Pool } from "undici";
import { answer, personalQuestion, question, streamedAnswer } from "../prompt.mjs";
import { protocols } from "../servers/protocols.mjs";
import { closedLoop } from "./closed-loop.mjs";

let asked = 0;

async function load({ port, upstream, protocol, isStream, lanes, ms }) {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: lanes });
  const { request, text, delta } = protocols[protocol];
  const call = async () => {
    const numbered = `${isStream ? personalQuestion : question} Ticket ${asked++}.`;
    const { path, headers, body } = request(numbered, { isStream, upstream });
    const reply = await pool.request({
      path,
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    if (reply.statusCode !== 200) throw new Error(`HTTP ${reply.statusCode}: ${await reply.body.text()}`);
    if (isStream) return readStream(reply.body, delta);
    check(text(await reply.body.json()), answer);
    return undefined;
  };
  try {
    return await closedLoop(call, { lanes, ms });
  } finally {
    await pool.close();
  }
}

/** Resolves to the moment of the first text. */
async function readStream(body, deltaOf) {
  let rest = "";
  let text = "";
  let firstAt;
  body.setEncoding("utf8");
  for await (const data of body) {
    const events = (rest + data).split("\n\n");
    rest = events.pop();
    for (const event of events) {
      const [, json] = /^data: (\{.*)$/m.exec(event) ?? [];
      const delta = json === undefined ? undefined : deltaOf(JSON.parse(json));
      if (!delta) continue;
      firstAt ??= performance.now();
      text += delta;
    }
  }
  check(text, streamedAnswer);
  return firstAt;
}

function check(got, wanted) {
  if (got !== wanted) throw new Error(`wrong answer: ${JSON.stringify(got)?.slice(0, 200)}`);
}

process.on("message", async (asked) => {
  process.send(await load(asked).catch((error) => ({ failed: error.message })));
});
process.on("disconnect", () => process.exit(0));
process.send("ready");
