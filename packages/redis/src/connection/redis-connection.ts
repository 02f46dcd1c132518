import { GatewayError, isGatewayError } from "@levqor/core";
import { findPort } from "./find-port.js";
import type { RedisClient } from "./redis-client.js";
import { type RedisHealth, redisHealth } from "./redis-health.js";
import type { RedisPort } from "./redis-port.js";
import type { RedisScript } from "./redis-script.js";
import { type ChannelListener, type Subscriptions, subscriptions } from "./subscriptions.js";

/** A store's way to Redis. */
export interface RedisConnection {
  /**
   * Runs a script, within the store's timeout.
   *
   * @throws `store_unavailable` when there is no answer in time, when there was none a moment ago (at once, then), and
   * when Redis refuses: a read-only replica, a key of another type.
   */
  run(script: RedisScript, keys: readonly string[], args?: readonly (string | number)[]): Promise<unknown>;
  /** Listens to a channel, over all reconnections; the returned function ends it. */
  subscribe(channel: string, listener: ChannelListener): () => void;
}

/** What all stores of one client share. */
interface SharedClient {
  readonly port: RedisPort;
  readonly subscriptions: Subscriptions;
  /** One for each timeout: a store that waits 50 ms must not shut those out that wait longer. */
  readonly health: Map<number, RedisHealth>;
  readonly waiting: Set<() => void>;
}

const sharedClients = new WeakMap<RedisClient, SharedClient>();

function shareClient(client: RedisClient, port: RedisPort): SharedClient {
  const shared: SharedClient = {
    port,
    subscriptions: subscriptions(port),
    health: new Map(),
    waiting: new Set(),
  };
  sharedClients.set(client, shared);
  port.onReady(() => {
    for (const health of shared.health.values()) health.reconnected();
    for (const goOn of [...shared.waiting]) goOn();
  });
  return shared;
}

/** Connects a store to the client it was given; nothing when that is no client of Redis. */
export function redisConnection(client: RedisClient, timeoutMs: number): RedisConnection | undefined {
  const port = findPort(client);
  if (port === undefined) return undefined;
  const shared = sharedClients.get(client) ?? shareClient(client, port);
  const health = shared.health.get(timeoutMs) ?? redisHealth();
  shared.health.set(timeoutMs, health);
  return {
    run(script, keys, args = []) {
      if (!health.mayAsk()) return Promise.reject(unavailable("did not answer a moment ago."));
      const send = () => evaluate(shared.port, { script, keys, args: args.map(String) });
      return answerWithin(timeoutMs, { shared, health, send });
    },
    subscribe: (channel, listener) => shared.subscriptions.add(channel, listener),
  };
}

interface Command {
  readonly script: RedisScript;
  readonly keys: readonly string[];
  readonly args: readonly string[];
}

async function evaluate(port: RedisPort, { script, keys, args }: Command): Promise<unknown> {
  try {
    return await port.evalSha(script.sha, keys, args);
  } catch (error) {
    // A server that was restarted or flushed has forgotten its scripts; this one was not run then.
    if (codeOf(error) !== "NOSCRIPT") throw error;
    return await port.evalText(script.text, keys, args);
  }
}

/**
 * Sends a command and bounds its wait. One that the client would only queue, having no connection, is not handed to it
 * but waits here: a server that is gone for hours must not find the calls of those hours when it is back.
 */
function answerWithin(
  timeoutMs: number,
  given: {
    readonly shared: SharedClient;
    readonly health: RedisHealth;
    readonly send: () => Promise<unknown>;
  },
): Promise<unknown> {
  const { shared, health, send } = given;
  return new Promise((resolve, reject) => {
    let isOver = false;
    let wasSent = false;
    const sendNow = () => {
      shared.waiting.delete(sendNow);
      wasSent = true;
      send().then(
        (answer) => end(() => resolve(answer)),
        (error: unknown) => end(() => reject(refusal(error))),
      );
    };
    const giveUp = () => {
      if (isOver) return;
      isOver = true;
      shared.waiting.delete(sendNow);
      health.timedOut(wasSent);
      const error = unavailable(`did not answer within ${timeoutMs} ms.`);
      if (wasSent) unanswered.add(error);
      reject(error);
    };
    // A process that was busy itself reads what has come meanwhile before it says that nothing came.
    const timer = setTimeout(() => setImmediate(giveUp), timeoutMs);
    const end = (settle: () => void) => {
      if (isOver) return health.answeredLate();
      isOver = true;
      clearTimeout(timer);
      health.answered();
      settle();
    };
    if (shared.port.isReady()) sendNow();
    else shared.waiting.add(sendNow);
  });
}

/** Whether Redis has answered, with a no: another command may well be taken. */
export const isRefusal = (error: unknown): boolean =>
  isGatewayError(error, "store_unavailable") && codeOf(error.cause) !== undefined;

/** Failures of commands that were sent and not answered. */
const unanswered = new WeakSet<object>();

/** Whether a command that failed so may have run all the same. */
export const mayHaveRun = (error: unknown): boolean =>
  typeof error === "object" && error !== null && unanswered.has(error);

function refusal(cause: unknown): GatewayError {
  const code = codeOf(cause);
  if (code !== undefined) return unavailable(`refused a command (${code}).`, cause);
  const error = unavailable("did not answer: the connection was lost.", cause);
  unanswered.add(error);
  return error;
}

function unavailable(what: string, cause?: unknown): GatewayError {
  return new GatewayError("store_unavailable", `Redis ${what}`, { cause });
}

/** The word in capitals that an error of Redis begins with. */
function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? /^[A-Z]{3,20}\b/.exec(error.message)?.[0] : undefined;
}
