import { GatewayError, type Provider } from "@levqor/core";
import { fakeProvider } from "@levqor/core/testing";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../levqor/open-browser.js";
import { pacedProvider } from "../levqor/paced-provider.js";
import { chatOn } from "./chat-on.js";
import { bundleChatPage, type ChatServer, startChatServer } from "./start-chat-server.js";

let bundle: string;
let browser: Browser;
let server: ChatServer | undefined;
let page: Page | undefined;

beforeAll(async () => {
  [bundle, browser] = await Promise.all([bundleChatPage(), openBrowser()]);
});
afterEach(async () => {
  await page?.close();
  await server?.stop();
});
afterAll(() => browser?.close());

/** What went wrong in the page. */
const faults: string[] = [];

/** Opens the chat on a server of its own. */
async function open(options: {
  readonly provider?: Provider;
  readonly onDisconnect?: "abort" | "continue";
  readonly query?: string;
}) {
  const { query = "", ...serverOptions } = options;
  server = await startChatServer(bundle, serverOptions);
  page = await browser.newPage({ baseURL: server.url });
  faults.length = 0;
  page.on("pageerror", (error) => faults.push(error.message));
  page.setDefaultTimeout(10_000);
  await page.goto(`/?${query}`);
  return chatOn(page);
}

describe("useChat of @ai-sdk/react", () => {
  it("shows an answer as it is written, and what the gateway says about it", async () => {
    const provider = pacedProvider({ first: "In the tool", rest: " catalogue." });
    const chat = await open({ provider });
    await chat.send("Where do I connect Slack?");
    await chat.shows("In the tool");
    await chat.is("streaming");
    expect(await chat.metadata()).toEqual({ request_id: expect.stringMatching(/^[\da-f-]{36}$/) });
    provider.release();
    await chat.is("ready");
    expect(await chat.text.textContent()).toBe("In the tool catalogue.");
    expect(await chat.metadata()).toMatchObject({
      request_id: expect.any(String),
      source: "model",
      model: "gpt-4o-mini",
      cost_usd: expect.closeTo(0.0000075),
      usage: { input_tokens: 10, output_tokens: 10 },
    });
    expect(faults).toEqual([]);
  });

  it("takes the conversation along", async () => {
    const provider = fakeProvider([{ text: ["By ", "card."] }, { text: "Monthly." }]);
    const chat = await open({ provider });
    await chat.send("How can I pay?");
    await chat.shows("By card.");
    await chat.is("ready");
    await chat.send("How often?");
    await chat.shows("Monthly.");
    await chat.is("ready");
    expect(provider.requests.at(-1)?.prompt.messages).toMatchObject([
      { role: "user", content: "How can I pay?" },
      { role: "assistant", content: "By card." },
      { role: "user", content: "How often?" },
    ]);
    expect(await chat.answers.count()).toBe(2);
  });

  it("shows a failure in the middle of an answer, and keeps what was written", async () => {
    const error = new GatewayError("provider_unavailable", "CANARY upstream text");
    const chat = await open({ provider: fakeProvider([{ text: ["In the ", "tool"], error }]) });
    await chat.send("Where?");
    await chat.is("error");
    expect(await chat.alert.textContent()).toMatch(/^Temporary issue/);
    expect(await chat.text.textContent()).toBe("In the tool");
    expect(await chat.page.content()).not.toContain("CANARY");
    expect(await chat.metadata()).not.toHaveProperty("source");
  });

  it("shows a stream that breaks off as a failure, never as an end", async () => {
    const chat = await open({ provider: fakeProvider([{ text: ["In the ", "tool"], cut: true }]) });
    await chat.send("Where?");
    await chat.is("error");
    expect(await chat.text.textContent()).toBe("In the tool");
  });

  it("shows a connection that breaks as a failure, never as an end", async () => {
    const chat = await open({ provider: pacedProvider({ first: "In the tool", rest: "" }) });
    await chat.send("Where?");
    await chat.shows("In the tool");
    await server?.stop();
    server = undefined;
    await chat.is("error");
    expect(await chat.text.textContent()).toBe("In the tool");
  });

  it("shows what the gateway refuses", async () => {
    const chat = await open({});
    await chat.send(" ");
    await chat.is("error");
    expect(JSON.parse((await chat.alert.textContent()) ?? "")).toMatchObject({ code: "invalid_input" });
    expect(await chat.answers.count()).toBe(0);
  });

  it("stops the model when the user stops the answer", async () => {
    const provider = pacedProvider({ first: "In the tool", rest: "" });
    const chat = await open({ provider });
    await chat.send("Where?");
    await chat.shows("In the tool");
    await chat.stop();
    await chat.is("ready");
    await expect.poll(() => provider.aborted).toBe(1);
    expect(await chat.text.textContent()).toBe("In the tool");
    expect(await chat.alert.count()).toBe(0);
  });

  it("goes on after a failure", async () => {
    const error = new GatewayError("provider_unavailable", "down");
    const provider = fakeProvider([{ text: "In the", error }, { text: "In the catalogue." }]);
    const chat = await open({ provider });
    await chat.send("Where?");
    await chat.is("error");
    await chat.send("Again, where?");
    await chat.shows("In the catalogue.");
    await chat.is("ready");
    expect(await chat.alert.count()).toBe(0);
    expect(await chat.answers.count()).toBe(2);
  });

  it("shows the local answer when there is no model", async () => {
    const chat = await open({});
    await chat.send("How do I reset my password?");
    await chat.is("ready");
    await expect.poll(() => chat.text.textContent()).toMatch(/\w{3}/);
    expect(await chat.metadata()).toMatchObject({ source: "local", degraded: "no_provider", cost_usd: 0 });
    expect(await chat.alert.count()).toBe(0);
  });

  it("shows a structured answer as data, whole values first", async () => {
    const step = (type: string, service: string, description: string) => ({ type, service, description });
    const written = JSON.stringify({
      workflow: {
        steps: [
          step("trigger", "gmail", "When a mail arrives in Gmail"),
          step("action", "slack", "Post it to the channel #sales in Slack"),
        ],
      },
      explanation: "Posts mails from Gmail to Slack.",
    });
    const end = written.length - 10;
    const provider = pacedProvider({ first: written.slice(0, end), rest: written.slice(end) });
    const chat = await open({ provider, query: "task=workflow" });
    await chat.send('{"description":"When a mail arrives in Gmail, post it to #sales in Slack"}');
    const steps = {
      workflow: {
        steps: [
          { type: "trigger", service: "gmail" },
          { type: "action", service: "slack" },
        ],
      },
    };
    expect(await chat.data("partial")).toMatchObject(steps);
    await chat.is("streaming");
    provider.release();
    await chat.is("ready");
    expect(await chat.data("output")).toMatchObject({ success: true, ...steps });
    expect(await chat.metadata()).toMatchObject({ source: "model" });
    expect(faults).toEqual([]);
  });

  it("replaces what it has shown of a structured answer", async () => {
    const written = '{"summary":"Slack refuses the token.","probable_causes":["It expired."],';
    const rest = '"steps_to_fix":["Connect Slack again."],"prevention":["Rotate tokens in time."]}';
    const provider = pacedProvider({ first: written, rest });
    const chat = await open({ provider, query: "task=debug" });
    await chat.send('{"error_type":"auth_error","message":"invalid_auth"}');
    expect(await chat.data("partial")).toEqual({
      summary: "Slack refuses the token.",
      probable_causes: ["It expired."],
    });
    provider.release();
    await chat.is("ready");
    expect(await chat.data("partial")).toHaveProperty("prevention", ["Rotate tokens in time."]);
    expect(await chat.data("output")).toHaveProperty("prevention", ["Rotate tokens in time."]);
    expect(faults).toEqual([]);
  });
});

describe("useChat with resume", () => {
  const query = "resume&id=chat-of-ada";

  it("picks a running answer up after a reload", async () => {
    const provider = pacedProvider({ first: "In the tool", rest: " catalogue." });
    const chat = await open({ provider, query, onDisconnect: "continue" });
    await chat.is("ready");
    await chat.send("Where do I connect Slack?");
    await chat.shows("In the tool");
    await chat.page.reload();
    await chat.shows("In the tool");
    await chat.is("streaming");
    provider.release();
    await chat.is("ready");
    await chat.showsOnce("In the tool catalogue.");
    expect(await chat.metadata()).toMatchObject({ source: "model", usage: { output_tokens: 10 } });
    expect(provider.aborted).toBe(0);
    expect(faults).toEqual([]);
  });

  it("shows an answer that the reload has ended, and that it broke off", async () => {
    const provider = pacedProvider({ first: "In the tool", rest: " catalogue." });
    const chat = await open({ provider, query });
    await chat.is("ready");
    await chat.send("Where do I connect Slack?");
    await chat.shows("In the tool");
    await chat.page.reload();
    await expect.poll(() => provider.aborted).toBe(1);
    await chat.is("error");
    await chat.showsOnce("In the tool");
  });

  it("shows an answer once that came to its end before the reload", async () => {
    const chat = await open({ provider: fakeProvider([{ text: "In the catalogue." }]), query });
    await chat.is("ready");
    await chat.send("Where do I connect Slack?");
    await chat.shows("In the catalogue.");
    await chat.is("ready");
    const replayed = chat.page.waitForResponse("**/stream");
    await chat.page.reload();
    const response = await replayed;
    expect(response.status()).toBe(200);
    await response.finished();
    await chat.is("ready");
    await chat.showsOnce("In the catalogue.");
    expect(faults).toEqual([]);
  });

  it("shows an answer that came to its end while the page was gone", async () => {
    const provider = pacedProvider({ first: "In the tool", rest: " catalogue." });
    const chat = await open({ provider, query, onDisconnect: "continue" });
    await chat.is("ready");
    await chat.send("Where do I connect Slack?");
    await chat.shows("In the tool");
    await chat.page.goto("about:blank");
    provider.release();
    await chat.page.goBack();
    await chat.shows("In the tool catalogue.");
    await chat.is("ready");
    await chat.showsOnce("In the tool catalogue.");
  });

  it("stops the model for good with a request of its own", async () => {
    const provider = pacedProvider({ first: "In the tool", rest: "" });
    const chat = await open({ provider, query, onDisconnect: "continue" });
    await chat.is("ready");
    await chat.send("Where?");
    await chat.shows("In the tool");
    await chat.page.reload();
    await chat.is("streaming");
    expect(provider.aborted).toBe(0);
    await chat.stop("Stop for all");
    await expect.poll(() => provider.aborted).toBe(1);
    await chat.is("ready");
    await chat.showsOnce("In the tool");
  });

  it("shows nothing when there is nothing to pick up", async () => {
    const chat = await open({ query });
    const reply = await chat.page.evaluate(async () => {
      const { status } = await fetch("/api/ai/chat/chat-of-ada/stream");
      return status;
    });
    expect(reply).toBe(204);
    await chat.is("ready");
    expect(await chat.answers.count()).toBe(0);
    expect(await chat.alert.count()).toBe(0);
  });
});
