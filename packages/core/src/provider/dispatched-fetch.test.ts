import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { setImmediate as turn } from "node:timers/promises";
import { deflateSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, it, vi } from "vitest";
import { piecesOf, post, promised, serve } from "../node/real-server.test-support.js";
import { dispatchedFetch } from "./dispatched-fetch.js";

afterEach(() => {
  vi.unstubAllGlobals();
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

describe("a request", () => {
  it("arrives as it was meant, without the objects of the global fetch", async () => {
    const arrived = promised<IncomingMessage & { text: string }>();
    const { url } = await serve(async (request, response) => {
      arrived.resolve(Object.assign(request, { text: await bodyOf(request) }));
      response.end("{}");
    });
    const headers = new Headers({ authorization: "Bearer k", "content-type": "application/json" });
    await (await post(url, { headers, body: '{"a":"é"}' })).text();
    expect(await arrived.promise).toMatchObject({
      method: "POST",
      url: "/v1/chat?x=1",
      text: '{"a":"é"}',
      headers: {
        authorization: "Bearer k",
        "content-type": "application/json",
        "content-length": "10",
        "accept-encoding": "identity",
      },
    });
    expect((await arrived.promise).headers).not.toHaveProperty("sec-fetch-mode"); // which the global fetch sends
  });

  it("is the global fetch's where somebody replaced that, or where it is no plain one", async () => {
    const { url } = await serve((_, response) => response.end("real"));
    expect(await (await dispatchedFetch(new URL(url))).text()).toBe("real");
    expect(await (await dispatchedFetch(url)).text()).toBe("real");
    expect(await (await dispatchedFetch(new Request(url))).text()).toBe("real");
    const replaced = vi.fn(async () => new Response("replaced"));
    vi.stubGlobal("fetch", replaced);
    expect(await (await post(url)).text()).toBe("replaced");
    expect(replaced).toHaveBeenCalledWith(url, expect.objectContaining({ body: "{}" }));
  });

  it("is a replaced global fetch's also when that came first", async () => {
    vi.stubGlobal("fetch", async () => new Response("replaced"));
    vi.resetModules();
    const { dispatchedFetch } = await import("./dispatched-fetch.js");
    const init = { method: "POST", headers: new Headers(), body: "{}" };
    expect(await (await dispatchedFetch("http://127.0.0.1:1/", init)).text()).toBe("replaced");
    vi.unstubAllGlobals();
    const { url } = await serve((_, response) => response.end("real"));
    const response = await dispatchedFetch(url, init);
    expect([await response.text(), response instanceof Response]).toEqual(["real", false]);
  });

  it("goes through the dispatcher that is set for the process", async () => {
    const place = Symbol.for("undici.globalDispatcher.1");
    const process = globalThis as unknown as Record<symbol, { dispatch: (...of: unknown[]) => unknown }>; // as: untyped
    const { url } = await serve((_, response) => response.end("passed on"));
    await (await post(url)).text();
    const usual = process[place];
    const dispatch = vi.fn((...of: unknown[]) => usual?.dispatch(...of));
    process[place] = { dispatch };
    try {
      expect(await (await post(url)).text()).toBe("passed on");
    } finally {
      if (usual) process[place] = usual;
    }
    expect(dispatch).toHaveBeenCalledTimes(1);
  });

  it.each([
    ["no URL", "no URL", {}],
    ["a header that can't be sent", "http://127.0.0.1:1/", { method: "PO ST" }],
  ])("is refused when it has %s", async (_, url, init) => {
    await expect(post(url, init)).rejects.toThrow();
  });
});

describe("an answer", () => {
  it("has its status and its headers, by lower-case names", async () => {
    const { url } = await serve((_, response) => {
      response
        .writeHead(429, { "Retry-After": "7", "X-Many": ["a", "b"], "X-Umlaut": "\xe9" })
        .end('{"a":1}');
    });
    const response = await post(url);
    expect(response).toMatchObject({ status: 429, ok: false, url });
    expect(response.headers.get("retry-after")).toBe("7");
    expect(response.headers.get("x-many")).toBe("a, b");
    expect(response.headers.get("x-umlaut")).toBe("\xe9");
    expect([...response.headers.entries()]).toContainEqual(["retry-after", "7"]);
    expect(await response.json()).toEqual({ a: 1 });
  });

  it("is not one of the 1xx that come before it", async () => {
    const { url } = await serve((_, response) => {
      response.writeProcessing();
      response.writeEarlyHints({ link: "</a.css>; rel=preload" });
      response.writeHead(201).end("after");
    });
    const response = await post(url);
    expect([response.status, response.ok, await response.text()]).toEqual([201, true, "after"]);
  });

  it.each([307, 308])("that redirects (%i) is followed, with the body", async (status) => {
    const { url } = await serve(async (request, response) => {
      const text = await bodyOf(request);
      if (request.url === "/there") response.end(`${request.method} ${text}`);
      else response.writeHead(status, { location: "/there" }).end("moved");
    });
    expect(await (await post(url, { body: "prompt" })).text()).toBe("POST prompt");
  });

  it("keeps characters whole that the network cuts", async () => {
    const text = "é漢😀";
    const { url } = await serve(async (_, response) => {
      for (const byte of new TextEncoder().encode(text)) {
        response.write(Uint8Array.of(byte));
        await turn();
      }
      response.end();
    });
    expect(await (await post(url)).text()).toBe(text);
  });

  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
  ])("in %s, unasked, is decoded", async (encoding, encode) => {
    const { url } = await serve((_, response) => {
      response.writeHead(200, { "content-encoding": encoding }).end(encode('{"a":"é"}'));
    });
    expect(await (await post(url)).json()).toEqual({ a: "é" });
    let text = "";
    for await (const piece of piecesOf(await post(url))) text += piece;
    expect(text).toBe('{"a":"é"}');
  });

  it("in a broken encoding fails; in an unknown one it stays as it is", async () => {
    let encoding = "gzip";
    const { url } = await serve((_, response) => {
      response.writeHead(200, { "content-encoding": encoding }).end("text");
    });
    await expect((await post(url)).text()).rejects.toThrow();
    encoding = "rot13";
    expect(await (await post(url)).text()).toBe("text");
  });

  it("that can't have a body but says that it is encoded is an error", async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(204, { "content-encoding": "gzip" }).end();
    });
    await expect(post(url)).rejects.toThrow(TypeError);
  });

  it("of 50 MB is read whole, and waits at the server until somebody reads", async () => {
    const piece = Buffer.alloc(1_000_000, "a");
    let sent = 0;
    const { url } = await serve(async (_, response) => {
      for (; sent < 50; sent++) if (!response.write(piece)) await once(response, "drain");
      response.end();
    });
    const response = await post(url);
    let before = -1;
    for (let rounds = 0; rounds < 50 || sent !== before; rounds++) {
      before = sent;
      for (let turns = 0; turns < 100; turns++) await turn();
    }
    expect(sent).toBeLessThan(30); // the rest does not fit into the buffers of the two sockets
    let bytes = 0;
    for await (const chunk of response.body ?? []) bytes += chunk.byteLength;
    expect(bytes).toBe(50_000_000);
    sent = 0;
    expect(await (await post(url)).text()).toHaveLength(50_000_000);
  });

  it("that comes slowly is read piece by piece", async () => {
    let go = promised<void>();
    const { url } = await serve(async (_, response) => {
      for (const piece of ["one", "two", "three"]) {
        response.write(piece);
        await go.promise;
      }
      response.end();
    });
    const pieces: string[] = [];
    for await (const piece of piecesOf(await post(url))) {
      pieces.push(piece);
      const { resolve } = go;
      go = promised();
      resolve();
    }
    expect(pieces).toEqual(["one", "two", "three"]);
  });
});
