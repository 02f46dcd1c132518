import { APIError } from "openai";
import { describe, expect, it } from "vitest";
import { openAiChunks } from "./openai-chunks.js";

const chunk = (content: string) => ({ choices: [{ index: 0, delta: { content } }] });
const event = (data: unknown) => `data: ${JSON.stringify(data)}\n\n`;

/** An answer whose body arrives in these pieces. */
const answerIn = (pieces: readonly Uint8Array[]) => new Response(ReadableStream.from(pieces));
const answer = (...texts: string[]) => answerIn(texts.map((text) => new TextEncoder().encode(text)));

async function contentsOf(response: Response): Promise<unknown[]> {
  const contents: unknown[] = [];
  for await (const { choices } of openAiChunks(response)) contents.push(choices[0]?.delta.content);
  return contents;
}

describe("openAiChunks", () => {
  it("reads the same at every cut, with any line end, between comments", async () => {
    const text = `: hello\n\nevent: x\n${event(chunk("é漢"))}id: 1\nretry: 5\n${event(chunk("😀"))}data: [DONE]\n\n`;
    for (const lineEnd of ["\n", "\r\n", "\r"]) {
      const all = new TextEncoder().encode(text.replaceAll("\n", lineEnd));
      for (let at = 0; at <= all.length; at++) {
        expect(await contentsOf(answerIn([all.subarray(0, at), all.subarray(at)]))).toEqual(["é漢", "😀"]);
      }
    }
  });

  it("takes nothing for a chunk after [DONE], and reads to the end of the body", async () => {
    let isRead = false;
    async function* pieces() {
      yield new TextEncoder().encode(
        `${event(chunk("a"))}data: [DONE]\n\n${event(chunk("b"))}data: no JSON\n\n`,
      );
      yield new TextEncoder().encode(event({ error: { message: "late" } }));
      isRead = true;
    }
    expect(await contentsOf(new Response(ReadableStream.from(pieces())))).toEqual(["a"]);
    expect(isRead).toBe(true);
  });

  it("ends with the body, without its [DONE] and without an event that is not complete", async () => {
    expect(await contentsOf(answer(event(chunk("a")), "data: {"))).toEqual(["a"]);
    expect(await contentsOf(new Response(null))).toEqual([]);
  });

  it("throws the SDK's error for one in the stream", async () => {
    const reading = contentsOf(answer(event(chunk("a")), event({ error: { message: "m", code: "c" } })));
    await expect(reading).rejects.toSatisfy(
      (error) => error instanceof APIError && error.code === "c" && error.status === undefined,
    );
  });

  it("throws a SyntaxError for what is no JSON, and lets the connection go", async () => {
    let isLeft = false;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode("data: no JSON\n\n")),
      cancel() {
        isLeft = true;
      },
    });
    await expect(contentsOf(new Response(body))).rejects.toBeInstanceOf(SyntaxError);
    expect(isLeft).toBe(true);
  });

  it("reads an event of a megabyte that arrives in small pieces", async () => {
    const all = new TextEncoder().encode(event(chunk("x".repeat(1_000_000))));
    const pieces = Array.from({ length: 1000 }, (_, at) =>
      all.subarray((at * all.length) / 1000, ((at + 1) * all.length) / 1000),
    );
    expect(await contentsOf(answerIn(pieces))).toEqual(["x".repeat(1_000_000)]);
  });

  it("gives up an event that does not end, and lets the connection go", async () => {
    const piece = new Uint8Array(65_536).fill(120);
    let pieces = 0;
    let isLeft = false;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        pieces++;
        controller.enqueue(pieces === 1 ? new TextEncoder().encode("data: ") : piece);
      },
      cancel() {
        isLeft = true;
      },
    });
    await expect(contentsOf(new Response(body))).rejects.toMatchObject({ code: "provider_malformed" });
    expect(isLeft).toBe(true);
    expect(pieces * piece.length).toBeLessThan(5_000_000);
  });

  it("reads a stream of any length", async () => {
    const long = event(chunk("x".repeat(100_000)));
    expect(await contentsOf(answer(...Array.from({ length: 100 }, () => long)))).toHaveLength(100);
  });
});
