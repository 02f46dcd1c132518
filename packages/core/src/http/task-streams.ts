import type { Clock } from "../clock.js";
import type { AnyTask } from "../define-task.js";
import { GatewayError } from "../errors/gateway-error.js";
import type { AiGateway } from "../gateway.js";
import type { Logger } from "../logger.js";
import type { Caller, OnBreak, TaskCall } from "../pipeline/task-call.js";
import type { LimitState } from "../rate-limit/rate-limiter.js";
import { errorReply } from "./error-reply.js";
import { encodeEvents, encodeFailure, eventStreamHeaders } from "./event-stream.js";
import type { HttpReply } from "./exchange.js";
import { withKeepAlive } from "./keep-alive.js";
import { ownedName } from "./owned-name.js";
import { rateLimitHeaders } from "./rate-limit-headers.js";
import { openRecording } from "./record-stream.js";
import type { StoredEvent, StreamStore } from "./stream-store.js";

/** What becomes of a stream whose client went away: it is aborted, or it runs on into the store. */
export type OnDisconnect = "abort" | "continue";

/** What all streams of a handler share. */
export interface StreamSettings {
  readonly gateway: AiGateway;
  /** Throws nothing. */
  readonly logger: Logger;
  readonly store: StreamStore;
  readonly onDisconnect: OnDisconnect;
  readonly keepAliveMs: number;
  readonly clock: Clock;
}

/** One request about a stream. */
interface StreamRequest {
  readonly task: AnyTask;
  readonly caller: Caller | undefined;
  readonly requestId: string;
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal;
  onFailure(error: unknown): void;
}

/** A request that begins a stream. */
export interface StreamedCall extends StreamRequest, Pick<TaskCall, "conversation" | "known"> {
  readonly input: object;
  /** Names the stream too, until the chat's next one begins. */
  readonly chatId: string | undefined;
  readonly onBreak: OnBreak;
}

/** A request about a stream that was begun before. */
export interface StreamLookup extends Omit<StreamRequest, "signal"> {
  readonly streamId: string;
}

/** Runs a task and streams its reply. Waits for the first event, so that a failure before it is an ordinary reply. */
export async function startStream(settings: StreamSettings, call: StreamedCall): Promise<HttpReply> {
  const { gateway, logger, onDisconnect } = settings;
  const { task, input, caller, requestId, signal: clientSignal, onBreak, onFailure } = call;
  const { conversation, known } = call;
  const ending = new AbortController();
  let isStopped = false;
  let failure: { readonly error: unknown } | undefined;
  let limits: readonly LimitState[] = [];
  const onAdmitted = (told: readonly LimitState[]) => {
    limits = told;
  };
  const recording = await openRecording({
    store: settings.store,
    names: namesOf(call),
    stop() {
      isStopped = true;
      ending.abort(new GatewayError("aborted", "The stream was stopped."));
    },
    onLost: (error) => (error === undefined ? warnOutgrown(logger, requestId) : onFailure(error)),
  });
  const { signal } = ending;
  if (onDisconnect === "abort") onAbort(clientSignal, () => ending.abort(clientSignal.reason));
  const batches = encodeEvents({
    task,
    requestId,
    events: gateway.stream(task, input, {
      caller,
      requestId,
      conversation,
      known,
      signal,
      onBreak,
      onAdmitted,
    }),
    signal,
    isStopped: () => isStopped,
    onFailure(error) {
      failure = { error };
      onFailure(error);
    },
  });
  const first = await batches.next();
  // A client that has left will look for the failure in the store; any other has it in the reply.
  if (failure !== undefined && !(clientSignal.aborted && onDisconnect === "continue")) {
    await batches.close();
    await recording.discard();
    return errorReply(failure.error, requestId);
  }
  const parts = recording.follow(first, batches);
  const leave = () => {
    if (onDisconnect === "abort") ending.abort(new GatewayError("aborted", "The client stopped reading."));
    drain(parts).catch(onFailure);
  };
  const body = withKeepAlive(parts, { intervalMs: settings.keepAliveMs, clock: settings.clock, leave });
  onAbort(clientSignal, () => void body.return());
  return streamReply(requestId, { body, headers: rateLimitHeaders(limits) });
}

/** Replays what a client has missed, then follows the stream to its end. */
export async function resumeStream(
  settings: StreamSettings,
  lookup: StreamLookup & { readonly signal: AbortSignal; readonly lastEventId: string | undefined },
): Promise<HttpReply> {
  const { caller, task, streamId, requestId, onFailure } = lookup;
  const after = readLastEventId(lookup.lastEventId);
  const name = ownedName({ caller, task: task.name, id: streamId });
  const left = new AbortController();
  const signal = AbortSignal.any([lookup.signal, left.signal]);
  const events = name === undefined ? undefined : await settings.store.read(name, { after, signal });
  if (events === undefined) return noContent(requestId);
  const parts = replay(events, (error) => {
    onFailure(error);
    return encodeFailure(error, requestId);
  });
  const leave = () => {
    left.abort();
    parts.return().catch(onFailure);
  };
  const body = withKeepAlive(parts, { intervalMs: settings.keepAliveMs, clock: settings.clock, leave });
  return streamReply(requestId, { body });
}

/** Stops a stream that runs. The reply does not tell whether there was one. */
export async function stopStream({ store }: StreamSettings, lookup: StreamLookup): Promise<HttpReply> {
  const { caller, task, streamId, requestId } = lookup;
  const name = ownedName({ caller, task: task.name, id: streamId });
  if (name !== undefined) await store.stop(name);
  return noContent(requestId);
}

function namesOf({ caller, task, requestId, chatId }: StreamedCall): string[] {
  const ids = chatId === undefined ? [requestId] : [requestId, chatId];
  return ids.flatMap((id) => ownedName({ caller, task: task.name, id }) ?? []);
}

function readLastEventId(header: string | undefined): number {
  if (header === undefined || header === "") return 0;
  if (/^\d{1,15}$/.test(header)) return Number(header);
  throw new GatewayError("invalid_request", "Last-Event-ID must be the id of an event: a whole number.");
}

async function* replay(events: AsyncIterable<StoredEvent>, fail: (error: unknown) => string) {
  try {
    for await (const { text } of events) yield text;
  } catch (error) {
    yield fail(error);
  }
}

/** Takes the rest, as fast as it comes. */
async function drain(parts: AsyncIterator<string, void, void>): Promise<void> {
  while ((await parts.next()).done !== true);
}

function onAbort(signal: AbortSignal, callback: () => void): void {
  if (signal.aborted) callback();
  else signal.addEventListener("abort", callback, { once: true });
}

function warnOutgrown(logger: Logger, requestId: string): void {
  logger.warn(
    { request_id: requestId },
    "The stream store has no room for this stream; it can't be resumed.",
  );
}

function streamReply(
  requestId: string,
  { body, headers = {} }: { body: AsyncIterable<string>; headers?: Readonly<Record<string, string>> },
): HttpReply {
  return { status: 200, headers: eventStreamHeaders(requestId, headers), body };
}

const noContent = (requestId: string): HttpReply => ({
  status: 204,
  headers: { "cache-control": "no-store", "x-content-type-options": "nosniff", "x-request-id": requestId },
  body: "",
});
