import { once } from "node:events";
import { createServer as createTlsServer } from "node:https";
import type { Socket } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { listen, piecesOf, post, promised, serve } from "../node/real-server.test-support.js";
import { selfSignedCertificate } from "../node/self-signed-certificate.test-support.js";

async function readAll(response: Response): Promise<void> {
  for await (const _ of piecesOf(response));
}

describe("a connection", () => {
  it("is used again", async () => {
    const { url, sockets } = await serve((_, response) => response.end("{}"));
    for (let call = 0; call < 10; call++) await (await post(url)).json();
    for (let call = 0; call < 10; call++) for await (const _ of piecesOf(await post(url)));
    expect(sockets.length).toBeLessThan(3); // a second one while the first is being set free
  });

  it("that the server closed while it was idle is not used again", async () => {
    const { url, sockets } = await serve((_, response) => response.end("{}"));
    await (await post(url)).json();
    sockets[0]?.end();
    await once(sockets[0] as Socket, "close"); // as: the request opened one
    for (let turns = 0; turns < 20; turns++) await turn();
    expect(await (await post(url)).json()).toEqual({});
    expect(sockets).toHaveLength(2);
  });

  it("that the server closes instead of an answer is an error", async () => {
    let requests = 0;
    const { url, sockets } = await serve((request, response) => {
      if (++requests === 2) request.socket.destroy();
      else response.end("{}");
    });
    await (await post(url)).json();
    await expect(post(url)).rejects.toThrow();
    expect(await (await post(url)).json()).toEqual({});
    expect([requests, sockets.length]).toEqual([3, 2]);
  });

  it.each(["in text", "in pieces"])(
    "that breaks in an answer read %s is a TypeError, as from fetch",
    async (how) => {
      const { url } = await serve((_, response) => {
        response.writeHead(200, { "content-length": "10" }).write("half");
        response.socket?.end();
      });
      const response = await post(url);
      const reading = how === "in text" ? response.text() : readAll(response);
      await expect(reading).rejects.toBeInstanceOf(TypeError);
    },
  );

  it("that nobody accepts is an error", async () => {
    const { url, server } = await serve(() => {});
    server.close();
    await once(server, "close");
    await expect(post(url)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  it("to a server with an untrusted certificate is an error; nothing is sent", async () => {
    const seen = vi.fn();
    const { port } = await listen(createTlsServer(selfSignedCertificate, seen));
    await expect(post(`https://127.0.0.1:${port}/`)).rejects.toMatchObject({
      code: "DEPTH_ZERO_SELF_SIGNED_CERT",
    });
    expect(seen).not.toHaveBeenCalled();
  });
});

describe("a signal", () => {
  const enough = new Error("enough");

  it("that is aborted already sends nothing", async () => {
    const seen = vi.fn();
    const { url, sockets } = await serve(seen);
    await expect(post(url, { signal: AbortSignal.abort(enough) })).rejects.toBe(enough);
    for (let turns = 0; turns < 20; turns++) await turn();
    expect([seen.mock.calls.length, sockets.length]).toEqual([0, 0]);
  });

  it("ends a request that is still to be connected; nothing is sent", async () => {
    const seen = vi.fn();
    const { url } = await serve(seen);
    const controller = new AbortController();
    const asking = post(url, { signal: controller.signal });
    controller.abort(enough);
    await expect(asking).rejects.toBe(enough);
    for (let turns = 0; turns < 100; turns++) await turn();
    expect(seen).not.toHaveBeenCalled();
  });

  it("ends a request without an answer, and closes its connection", async () => {
    const controller = new AbortController();
    const closed = promised<void>();
    const { url } = await serve((request) => {
      request.socket.on("close", closed.resolve);
      controller.abort(enough);
    });
    await expect(post(url, { signal: controller.signal })).rejects.toBe(enough);
    await closed.promise;
  });

  it.each(["in text", "in pieces"])(
    "ends an answer that is read %s, and closes its connection",
    async (how) => {
      const controller = new AbortController();
      const closed = promised<void>();
      const { url } = await serve((request, response) => {
        request.socket.on("close", closed.resolve);
        response.write("first");
      });
      const response = await post(url, { signal: controller.signal });
      const reading = how === "in text" ? response.text() : readAll(response);
      await turn();
      controller.abort(enough);
      await expect(reading).rejects.toBe(enough);
      await closed.promise;
    },
  );

  it("does nothing once all has arrived", async () => {
    const { url, sockets } = await serve((_, response) => response.end("{}"));
    const controller = new AbortController();
    const response = await post(url, { signal: controller.signal });
    expect(await response.json()).toEqual({});
    controller.abort(enough);
    for (let turns = 0; turns < 20; turns++) await turn();
    expect(sockets.map(({ destroyed }) => destroyed)).toEqual([false]);
  });
});

it("closes the connection of an answer that its reader leaves, or gives up", async () => {
  const used: Socket[] = [];
  const { url } = await serve(({ socket }, response) => {
    used.push(socket);
    response.write("endless");
  });
  for await (const _ of piecesOf(await post(url))) break;
  await (await post(url)).body?.cancel();
  await vi.waitFor(() => expect(used.map(({ destroyed }) => destroyed)).toEqual([true, true]));
});
