import { describe, expect, it, vi } from "vitest";
import { createIncomingBody } from "./incoming-body.js";

const bytes = (text: string) => new TextEncoder().encode(text);

function filledBody() {
  const source = { resume: vi.fn(), abort: vi.fn() };
  return { ...createIncomingBody(source), source };
}

async function piecesOf(body: AsyncIterable<Uint8Array>): Promise<string[]> {
  const pieces: string[] = [];
  for await (const chunk of body) pieces.push(new TextDecoder().decode(chunk));
  return pieces;
}

describe("createIncomingBody, read in pieces", () => {
  it("gives what waits, then what arrives, in order", async () => {
    const { body, push, end } = filledBody();
    push(bytes("a"));
    push(bytes("b"));
    const reading = piecesOf(body);
    await Promise.resolve();
    push(bytes("c"));
    await Promise.resolve();
    push(bytes("d"));
    end();
    expect(await reading).toEqual(["a", "b", "c", "d"]);
  });

  it("gives tens of thousands of pieces that wait, each once and in their order", async () => {
    const { body, push, end } = filledBody();
    const pieces = Array.from({ length: 65_536 }, (_, at) => Uint8Array.of(at));
    for (const piece of pieces) push(piece);
    end();
    const given: Uint8Array[] = [];
    for await (const piece of body) given.push(piece);
    expect(given.every((piece, at) => piece === pieces[at])).toBe(true);
    expect(given).toHaveLength(pieces.length);
  });

  it("gives what has arrived before it fails", async () => {
    const { body, push, fail } = filledBody();
    push(bytes("a"));
    fail(new Error("broken"));
    const pieces: string[] = [];
    const reading = (async () => {
      for await (const chunk of body) pieces.push(new TextDecoder().decode(chunk));
    })();
    await expect(reading).rejects.toThrow("broken");
    expect(pieces).toEqual(["a"]);
  });

  it("wakes a reader that waits when it fails", async () => {
    const { body, fail } = filledBody();
    const reading = piecesOf(body);
    await Promise.resolve();
    fail(new Error("broken"));
    await expect(reading).rejects.toThrow("broken");
  });

  it("holds the sender back while much waits, and lets it go on once that is taken", async () => {
    const { body, push, end, source } = filledBody();
    expect(push(new Uint8Array(65_535))).toBe(true);
    expect(push(new Uint8Array(1))).toBe(false);
    expect(source.resume).not.toHaveBeenCalled();
    const reading = body[Symbol.asyncIterator]();
    await reading.next();
    expect(source.resume).toHaveBeenCalledTimes(1);
    expect(push(new Uint8Array(1))).toBe(true);
    end();
    expect(await piecesOf({ [Symbol.asyncIterator]: () => reading })).toHaveLength(2);
    expect(source.resume).toHaveBeenCalledTimes(1);
  });

  it("does not lose what arrives while it lets the sender go on", async () => {
    const inner = createIncomingBody({ abort() {}, resume: () => inner.push(bytes("late")) && inner.end() });
    expect(inner.push(new Uint8Array(65_536))).toBe(false);
    expect((await piecesOf(inner.body)).at(-1)).toBe("late");
  });

  it.each(["leaves early", "throws"])("closes the connection when its reader %s", async (how) => {
    const { body, push, source } = filledBody();
    push(bytes("a"));
    const reading = (async () => {
      for await (const _ of body) {
        if (how === "throws") throw new Error("reader");
        break;
      }
    })();
    await reading.catch(() => {});
    expect(source.abort).toHaveBeenCalledTimes(1);
  });

  it("closes nothing when all has arrived", async () => {
    const { body, push, end, source } = filledBody();
    push(bytes("a"));
    end();
    for await (const _ of body) break;
    await body.cancel();
    expect(source.abort).not.toHaveBeenCalled();
  });
});

describe("createIncomingBody, read as text", () => {
  it("decodes characters that are cut anywhere", async () => {
    const text = "é漢😀, ok";
    const all = bytes(text);
    for (let at = 0; at <= all.length; at++) {
      const { body, push, end } = filledBody();
      push(all.subarray(0, at));
      push(all.subarray(at));
      end();
      expect(await body.text(), `cut at ${at}`).toBe(text);
    }
  });

  it("is empty when nothing arrives", async () => {
    const { body, end } = filledBody();
    end();
    expect(await body.text()).toBe("");
  });

  it("shows half a character as one that is damaged", async () => {
    const { body, push, end } = filledBody();
    push(bytes("a"));
    push(bytes("é").subarray(0, 1));
    end();
    expect(await body.text()).toBe("a\ufffd");
  });

  it("wants all of it, however much waits already", async () => {
    const { body, push, end, source } = filledBody();
    expect(push(new Uint8Array(70_000).fill(97))).toBe(false);
    const reading = body.text();
    expect(source.resume).toHaveBeenCalledTimes(1);
    expect(push(new Uint8Array(70_000).fill(97))).toBe(true);
    end();
    expect(await reading).toHaveLength(140_000);
    expect(source.resume).toHaveBeenCalledTimes(1);
  });

  it("fails with what broke it, though much has arrived", async () => {
    const { body, push, fail } = filledBody();
    push(bytes("a"));
    const reading = body.text();
    fail(new Error("broken"));
    await expect(reading).rejects.toThrow("broken");
  });

  it("is given up with the connection", async () => {
    const { body, source } = filledBody();
    await body.cancel();
    expect(source.abort).toHaveBeenCalledTimes(1);
  });
});
