import fc from "fast-check";
import { bodyCanary, type FuzzRequest, fuzzRequests } from "./fuzz-requests.js";
import { type FuzzServer, startFuzzServer, upstreamCanary } from "./fuzz-server.js";
import { replyProblems } from "./reply-problems.js";
import { sendFuzz } from "./send-fuzz.js";

/** What a fuzz run found. */
export interface FuzzFigures {
  readonly seed: number;
  readonly requests: number;
  /** Replies by status and code. */
  readonly replies: Readonly<Record<string, number>>;
  /** What was wrong, with the request; at most 20. */
  readonly problems: readonly string[];
}

const together = 32;
const batchSize = 1_000;

/** Sends `requests` mutated requests to a real server of each kind; the same seed sends the same ones. */
export async function fuzzEdge({
  seed,
  requests,
}: {
  readonly seed: number;
  readonly requests: number;
}): Promise<FuzzFigures> {
  const server = await startFuzzServer();
  const replies: Record<string, number> = {};
  const problems: string[] = [];
  const report = (problem: string) => void problems.push(problem);
  const onUnhandled = (error: unknown) => report(`unhandled: ${error}`);
  process.on("unhandledRejection", onUnhandled);
  try {
    for (let sent = 0; sent < requests && problems.length < 20; sent += batchSize) {
      const numRuns = Math.min(batchSize, requests - sent);
      const batch = fc.sample(fuzzRequests, { numRuns, seed: seed + sent });
      await sendTogether(batch, async (request) => {
        const said = await tell(server, request, report);
        replies[said] = (replies[said] ?? 0) + 1;
      });
      const written = server.takeWritten();
      for (const canary of [bodyCanary, upstreamCanary])
        if (written.includes(canary)) report(`${canary} was logged or audited (batch ${sent})`);
      for (const problem of stateProblems(server)) report(problem);
    }
    const health = await sendFuzz(server.urlOf("own"), { ...ordinary, mount: "own" });
    if (health.status !== 200) report(`after all of it an ordinary request got ${health.status}`);
  } finally {
    await server.close();
    process.off("unhandledRejection", onUnhandled);
  }
  return { seed, requests, replies, problems: problems.slice(0, 20) };
}

const ordinary = {
  method: "POST",
  path: "/chat",
  headers: { "content-type": "application/json", "x-user": "ordinary" },
  body: new TextEncoder().encode('{"message":"Hello"}'),
};

/** Sends one and says how it was answered. */
async function tell(
  server: FuzzServer,
  request: FuzzRequest,
  report: (problem: string) => void,
): Promise<string> {
  const about = () =>
    `${JSON.stringify({ ...request, body: Buffer.from(request.body).toString("latin1") }).slice(0, 600)}`;
  try {
    const reply = await sendFuzz(server.urlOf(request.mount), request);
    for (const problem of replyProblems(request, reply)) report(`${problem}: ${about()}`);
    const [code] = /(?<="code":")\w+/.exec(reply.text) ?? [""];
    return `${reply.status} ${reply.status === 200 ? "" : code}`.trim();
  } catch (error) {
    report(`no reply (${error}): ${about()}`);
    return "none";
  }
}

async function sendTogether(
  batch: readonly FuzzRequest[],
  send: (request: FuzzRequest) => Promise<void>,
): Promise<void> {
  const waiting = batch.values();
  const worker = async () => {
    for (const request of waiting) await send(request);
  };
  await Promise.all(Array.from({ length: together }, worker));
}

const namesOfObject = Object.getOwnPropertyNames(Object.prototype).length;
const namesOfArray = Object.getOwnPropertyNames(Array.prototype).length;

/** What must hold between requests, whatever they were. */
function stateProblems({ budget, running }: FuzzServer): string[] {
  const isPolluted =
    Object.getOwnPropertyNames(Object.prototype).length !== namesOfObject ||
    Object.getOwnPropertyNames(Array.prototype).length !== namesOfArray;
  const balances = [...budget.usage(), ...budget.usage({ caller: { tenantId: "t1", userId: "poor" } })];
  return [
    ...(isPolluted ? ["a prototype was changed"] : []),
    ...(running() === 0 ? [] : [`${running()} calls to the model still run`]),
    ...balances.flatMap(({ scope, limitMicroUsd, usedMicroUsd, reservedMicroUsd }) => [
      ...(reservedMicroUsd === 0 ? [] : [`${reservedMicroUsd} µ$ of ${scope} are still set aside`]),
      ...(usedMicroUsd <= limitMicroUsd ? [] : [`${scope} spent ${usedMicroUsd} of ${limitMicroUsd} µ$`]),
    ]),
  ];
}
