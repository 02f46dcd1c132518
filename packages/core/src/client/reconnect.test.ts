import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  broken,
  clientOf,
  events,
  gone,
  numbered,
  question,
  read,
  unwell,
  whole,
} from "./scripted-stream.test-support.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a connection that breaks", () => {
  const cuts = numbered.flatMap((_, count) => [
    [count, "" as string] as const,
    [count, numbered[count]?.slice(0, -3) ?? ""] as const,
  ]);

  it.each(cuts)("after event %i and %j loses nothing and doubles nothing", async (count, half) => {
    const { client, requests } = clientOf([
      () => events(numbered.slice(0, count).join("") + half, "breaks"),
      () => events(numbered.slice(count).join("")),
    ]);
    const { text, reply, error } = await read(client.stream("chat", question));
    if (count === 0) {
      // Nothing says that the server has begun a stream.
      expect(error).toMatchObject({ code: "stream_cut" });
      expect(requests).toHaveLength(1);
      return;
    }
    expect({ text, reply, error }).toEqual({ text: whole.reply, reply: whole, error: undefined });
    // After the finish there is nothing left to ask for.
    if (count === numbered.length - 1) return expect(requests).toHaveLength(1);
    const id = requests[0]?.headers.get("x-request-id");
    expect(requests[1]).toMatchObject({ method: "GET", url: `/api/ai/chat/${id}/stream` });
    expect(requests[1]?.headers.get("last-event-id")).toBe(String(count));
  });

  it("or ends without an end goes on too, more than once, and counts its tries from each event on", async () => {
    const one = (index: number) => () => events(numbered[index] ?? "");
    const { client, requests } = clientOf([
      one(0),
      ...[1, 2, 3, 4, 5, 6, 7].flatMap((index) => [broken, unwell, one(index)]),
    ]);
    expect(await read(client.stream("chat", question))).toMatchObject({ reply: whole, error: undefined });
    // The reply is whole with the last but one.
    expect(requests).toHaveLength(1 + 6 * 3);
  });

  it("is not doubled by a server that begins from the start", async () => {
    const { client } = clientOf([
      () => events(numbered.slice(0, 4).join(""), "breaks"),
      () => events(numbered.join("")),
    ]);
    expect(await read(client.stream("chat", question))).toMatchObject({ text: whole.reply, reply: whole });
  });

  it("fails when the server has lost events in between", async () => {
    const { client } = clientOf([
      () => events(numbered.slice(0, 4).join(""), "breaks"),
      () => events(numbered.slice(5).join("")),
    ]);
    expect(await read(client.stream("chat", question))).toMatchObject({
      text: "From ",
      reply: undefined,
      error: { code: "stream_cut" },
    });
  });

  it.each([
    ["has it no longer", [gone], 1],
    ["does not know such addresses", [() => new Response("", { status: 404 })], 1],
    ["can't be reached", [broken, broken, broken], 3],
    ["is unwell", [unwell, () => new Response("", { status: 429 }), unwell], 3],
    ["says nothing new", [() => events(""), () => events(""), () => events("")], 3],
  ])("is a cut stream when the server %s", async (_name, answers, tries) => {
    const { client, requests } = clientOf([
      () => events(numbered.slice(0, 4).join(""), "breaks"),
      ...answers,
    ]);
    expect(await read(client.stream("chat", question))).toMatchObject({
      text: "From ",
      error: { code: "stream_cut", message: "AI is unavailable, please try again." },
    });
    expect(requests.map(({ method }) => method)).toEqual(["POST", ...Array(tries).fill("GET")]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("is tried as often as wanted, later and later", async () => {
    const times: number[] = [];
    const failing = () => {
      times.push(Date.now());
      return broken();
    };
    const begin = Date.now();
    const { client } = clientOf([() => events(numbered[0] ?? ""), failing, failing, failing, failing], {
      reconnect: 4,
    });
    await read(client.stream("chat", question));
    expect(times).toHaveLength(4);
    let before = begin;
    times.forEach((time, index) => {
      expect(time - before).toBeGreaterThanOrEqual(250 * 2 ** index - 1);
      expect(time - before).toBeLessThanOrEqual(500 * 2 ** index + 1);
      before = time;
    });
  });

  it("is not tried with reconnect: 0, nor without event ids, nor after an error of the server", async () => {
    const cutShort = numbered.slice(0, 4).join("");
    const failed = `${cutShort}id: 5\ndata: {"type":"error","errorText":"x"}\n\n`;
    for (const [text, options] of [
      [cutShort, { reconnect: 0 }],
      [cutShort.replace(/^id:.*$/gm, ""), {}],
      [failed, {}],
      [`${cutShort}data: {cut\n\n`, {}],
      [`${cutShort}data: [DONE]\n\n`, {}],
    ] as const) {
      const { client, requests } = clientOf([() => events(text, "breaks")], options);
      expect(await read(client.stream("chat", question))).toHaveProperty("error.code");
      expect(requests, text).toHaveLength(1);
    }
  });

  it("is not tried any more once the caller aborts", async () => {
    const { client, requests } = clientOf([() => events(numbered.slice(0, 4).join(""), "breaks")]);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    expect(await read(client.stream("chat", question, { signal: controller.signal }))).toMatchObject({
      error: { code: "aborted" },
    });
    expect(requests.map(({ method }) => method)).toEqual(["POST", "DELETE"]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
