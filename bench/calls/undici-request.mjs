import { Pool } from "undici";
import * as z from "zod";
import { chatRequest, streamRequest, verdictSchema } from "../prompt.mjs";

const headers = { "content-type": "application/json", authorization: "Bearer sk-bench" };
const json_schema = { name: "verdict", strict: true, schema: z.toJSONSchema(verdictSchema(z)) };

/** The bare minimum: the request by hand over undici, no SDK. */
export async function setup({ baseURL }) {
  const { origin, pathname } = new URL(baseURL);
  const pool = new Pool(origin, { connections: 128 });
  const path = `${pathname}/chat/completions`;
  const post = async (request) => {
    const { statusCode, body } = await pool.request({
      path,
      method: "POST",
      headers,
      body: JSON.stringify(request),
    });
    if (statusCode !== 200) throw new Error(`HTTP ${statusCode}`);
    return body;
  };
  const text = async (request) => (await (await post(request)).json()).choices[0].message.content;
  return {
    chat: (question) => text(chatRequest(question)),
    object: async (question) =>
      JSON.parse(
        await text({ ...chatRequest(question), response_format: { type: "json_schema", json_schema } }),
      ),
    async stream(question, onText) {
      const body = await post(streamRequest(question));
      let rest = "";
      body.setEncoding("utf8");
      for await (const data of body) {
        const events = (rest + data).split("\n\n");
        rest = events.pop();
        for (const event of events) {
          if (event === "data: [DONE]") continue;
          const delta = JSON.parse(event.slice("data: ".length)).choices[0]?.delta.content;
          if (delta) onText(delta);
        }
      }
    },
    close: () => pool.close(),
  };
}
