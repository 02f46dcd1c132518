import { once } from "node:events";
import { Agent, createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createAiGateway, memoryBudget, memoryRateLimiter, type Provider } from "@levqor/core";
import { memoryStreamStore } from "@levqor/core/http";
import { createAiRouter } from "@levqor/express-adapter";
import express from "express";

/** What a soak found. */
export interface SoakFigures {
  readonly sent: number;
  /** Replies that were read to their end, by status. */
  readonly completed: Readonly<Record<number, number>>;
  /** Requests that the client left before their end. */
  readonly left: number;
  /** Calls that reached the model, and calls that were written down: those and all that ended before it. */
  readonly asked: number;
  readonly audited: number;
  /** Growth of the heap over the last two thirds, kilobytes a second; measured after a collection, with nothing in flight. */
  readonly heapKbPerSecond: number;
  readonly heapMb: number;
  /** Money that is still set aside, micro-dollars. */
  readonly reservedMicroUsd: number;
  /** Calls to the model that still run. */
  readonly openUpstream: number;
  readonly openConnections: number;
}

/** Every reply takes so long, in pieces. */
const pieces = 5;
const pieceMs = 15;
/** How often the heap is measured. */
const stretches = 12;

/** Sends so many requests a second, at even distances; of two in five the client leaves at some moment. */
export async function soakEdge({
  seconds,
  rps,
}: {
  readonly seconds: number;
  readonly rps: number;
}): Promise<SoakFigures> {
  const served = await startSoakServer();
  const agent = new Agent({ keepAlive: true, maxSockets: 500 });
  const completed: Record<number, number> = {};
  const open = new Set<Promise<void>>();
  const heap: number[] = [];
  let left = 0;
  let sent = 0;
  for (let stretch = 0; stretch < stretches; stretch++) {
    const startMs = performance.now();
    const count = Math.round((seconds * rps) / stretches);
    for (let index = 0; index < count; index++) {
      const dueMs = startMs + (index / rps) * 1000;
      if (dueMs > performance.now()) await delay(dueMs - performance.now());
      const one = send(sent++, { agent, port: served.port }).then((status) => {
        if (status === undefined) left++;
        else completed[status] = (completed[status] ?? 0) + 1;
        open.delete(one);
      });
      open.add(one);
    }
    await Promise.all(open);
    collect();
    heap.push(process.memoryUsage().heapUsed / 1024);
  }
  agent.destroy();
  await delay(300); // the server notices that its clients have left
  collect();
  const figures = {
    ...{ sent, completed, left, asked: served.asked(), audited: served.audited() },
    heapKbPerSecond: slope(heap.slice(stretches / 3)) / (seconds / stretches),
    heapMb: process.memoryUsage().heapUsed / 1024 / 1024,
    reservedMicroUsd: Math.max(...served.budget.usage().map(({ reservedMicroUsd }) => reservedMicroUsd)),
    openUpstream: served.running(),
    openConnections: await served.connections(),
  };
  await served.close();
  return figures;
}

async function startSoakServer() {
  const budget = memoryBudget({ gateway: { dailyUsd: 1_000 } });
  let asked = 0;
  let running = 0;
  let audited = 0;
  const provider: Provider = {
    name: "soaked",
    model: "gpt-4o-mini",
    async *stream(_request, { signal }) {
      asked++;
      running++;
      try {
        for (let piece = 0; piece < pieces; piece++) {
          await delay(pieceMs, undefined, { signal });
          yield { type: "text-delta", delta: "Words of the model. " };
        }
        yield { type: "finish", reason: "stop" };
      } finally {
        running--;
      }
    },
  };
  const gateway = createAiGateway({
    targets: [{ provider, maxConcurrent: 1_000 }],
    budget,
    rateLimiter: memoryRateLimiter({ perUser: false, perIp: false }),
    auditSink: { write: () => void audited++ },
    logger: { info() {}, warn() {}, error() {} },
  });
  // Everything that is kept for a while is full after a few seconds, so that growth after it is a leak.
  const streamStore = memoryStreamStore({ maxStreams: 100 });
  const router = createAiRouter(gateway, { identify: () => ({ userId: "u1", tenantId: "t1" }), streamStore });
  const server = createServer(express().use("/api/ai", router)).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port, // as: a TCP server has one
    budget,
    asked: () => asked,
    running: () => running,
    audited: () => audited,
    connections: () =>
      new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count))),
    async close() {
      server.closeAllConnections();
      server.close();
      await gateway.close();
    },
  };
}

/** The reply's status, or nothing when the client left. */
function send(
  number: number,
  { agent, port }: { readonly agent: Agent; readonly port: number },
): Promise<number | undefined> {
  const accept = number % 2 === 0 ? "text/event-stream" : "application/json";
  const headers = { "content-type": "application/json", accept };
  return new Promise((resolve) => {
    const request = httpRequest({ agent, port, path: "/api/ai/chat", method: "POST", headers });
    request.on("error", () => resolve(undefined));
    request.on("response", (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode));
      response.on("error", () => resolve(undefined));
      response.on("close", () => resolve(undefined));
    });
    request.end(JSON.stringify({ message: `Question ${number}: how do I connect a tool?` }));
    if (number % 5 < 2) setTimeout(() => request.destroy(), Math.random() * (pieces + 1) * pieceMs);
  });
}

/** Collects garbage, also where the process was not started with `--expose-gc`. */
function collect(): void {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
}

/** Of the line through values at even distances, by least squares. */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const above = values.reduce((sum, value, index) => sum + (index - middle) * (value - mean), 0);
  const below = values.reduce((sum, _value, index) => sum + (index - middle) ** 2, 0);
  return above / below;
}
