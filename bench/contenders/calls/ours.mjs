import { openaiProvider } from "@levqor/core/openai";
import * as z from "zod";
import { apiKey, caller, everythingOn, taskOf } from "../../everything-on.mjs";
import { model } from "../../prompt.mjs";
import { harnessModule } from "../harness-module.mjs";

export const meta = { label: "levqor, every step on" };

/** The harness's own question, answer and checks, so that it asks all contenders the same. */
export async function setup({ base }) {
  const asked = await harnessModule("calls/_req.mjs");
  const system = asked.SYSTEM;
  const ask = taskOf({ name: "ask", system, output: z.object({ reply: z.string() }), textField: "reply" });
  const judge = taskOf({ name: "judge", system, output: asked.zodOut(z) });
  const gatewayTo = (baseURL) =>
    everythingOn({ provider: openaiProvider({ apiKey, baseURL, model }), tasks: [ask, judge] });
  const gateway = gatewayTo(base.chat);
  let number = 0;
  const fresh = () => ({ message: `${asked.USER} #${number++}` });

  const textFrom = async (source, input, { run }) => {
    const { reply, metadata } = await run(ask, input, { caller });
    asked.need(metadata.source === source, metadata.source);
    return { text: asked.isText(reply), usage: metadata.usage };
  };
  const streamFrom = async ({ stream }) => {
    const read = { firstAt: 0, chunks: 0, text: "", usage: undefined };
    for await (const event of stream(ask, fresh(), { caller })) {
      if (event.type === "text-delta") {
        read.firstAt ||= performance.now();
        read.chunks += 1;
        read.text += event.delta;
      } else if (event.type === "finish") read.usage = event.reply.metadata.usage;
    }
    asked.need(read.chunks === 100 && read.usage.output_tokens > 0, `stream ${read.chunks}`);
    return read;
  };

  const delayed = gatewayTo(base.chat20);
  const streaming = gatewayTo(base.stream);
  const paced = gatewayTo(base.streamPaced);
  const caching = gatewayTo(base.chat);
  const cached = { message: asked.USER };
  await textFrom("model", cached, caching);
  return {
    chat: () => textFrom("model", fresh(), gateway),
    chat20: () => textFrom("model", fresh(), delayed),
    cacheHit: () => textFrom("cache", cached, caching),
    stream: () => streamFrom(streaming),
    streamPaced: () => streamFrom(paced),
    async object() {
      const { metadata, success, ...verdict } = await gateway.run(judge, fresh(), { caller });
      asked.need(success && metadata.source === "model" && verdict.score === 0.91, "object");
      return verdict;
    },
    close: () => Promise.all([gateway, delayed, streaming, paced, caching].map((each) => each.close())),
  };
}
