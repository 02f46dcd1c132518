import type { AnyTask } from "../define-task.js";
import type { AiGateway } from "../gateway.js";
import type { Logger } from "../logger.js";
import { toGatewayError } from "../pipeline/step.js";
import type { Caller } from "../pipeline/task-call.js";
import type { LimitState } from "../rate-limit/rate-limiter.js";
import type { HttpHandlerOptions } from "./create-http-handler.js";
import { findEndpoint, findSubject, type StreamEndpoint } from "./endpoints.js";
import type { HttpExchange, HttpReply } from "./exchange.js";
import { callerOf } from "./identity/caller-of.js";
import type { AddressGuard } from "./ip/address-guard.js";
import { jsonReply } from "./json-reply.js";
import { acceptsEventStream } from "./media-type.js";
import { ownedName } from "./owned-name.js";
import { rateLimitHeaders } from "./rate-limit-headers.js";
import { readInput } from "./read-input.js";
import { reportFailure } from "./report-failure.js";
import { createRequestBody, type RequestBody } from "./request-body.js";
import { resumeStream, type StreamSettings, startStream, stopStream } from "./task-streams.js";
import { readUiChatRequest } from "./ui-chat-request.js";

/** What all requests of a handler share. */
export interface RequestSettings {
  readonly gateway: AiGateway;
  /** Throws nothing. */
  readonly logger: Logger;
  readonly guard: AddressGuard;
  readonly streams: StreamSettings;
  readonly maxBodyBytes: number;
  readonly known: HttpHandlerOptions["known"];
  /** Whether the endpoints are described. */
  readonly isDescribed: boolean;
  /** Answers with their description. */
  readonly describe: (requestId: string) => HttpReply;
}

/** One request. */
export interface OpeningRequest {
  readonly exchange: HttpExchange;
  readonly requestId: string;
  onFailure(error: unknown): void;
}

/** A request whose sender is known. */
interface IdentifiedRequest extends OpeningRequest {
  readonly body: RequestBody;
  readonly caller: Caller | undefined;
}

/** Runs a call, or has the reply already. */
type Answer = () => HttpReply | Promise<HttpReply>;

/**
 * All that comes before a call: address, endpoint, identity, body; and all that is no call, such as reading on in a
 * stream. Returns what answers the request. What is refused here never reaches the pipeline that writes calls down, so it is
 * written down here, unless it is for no endpoint.
 */
export async function openRequest(settings: RequestSettings, request: OpeningRequest): Promise<Answer> {
  const { gateway, guard, maxBodyBytes, isDescribed, describe } = settings;
  const { exchange, requestId, onFailure } = request;
  let caller: Caller | undefined = exchange.ip === undefined ? undefined : { ip: exchange.ip };
  try {
    await guard.admit(exchange.ip);
    const endpoint = findEndpoint({ tasks: gateway.tasks, isDescribed }, exchange);
    const body = createRequestBody(exchange, maxBodyBytes);
    caller = await callerOf(exchange, body);
    const identified = { exchange, requestId, onFailure, body, caller };
    if (endpoint.action === "describe") return () => describe(requestId);
    if (endpoint.action === "run") return await openCall(settings, endpoint.task, identified);
    const reply = await answerAboutStream(settings, endpoint, identified);
    return () => reply;
  } catch (error) {
    // What breaks because the client has left is no failure of ours.
    const failure = exchange.signal.aborted ? toGatewayError(error, exchange.signal) : error;
    await recordRefusal(settings, failure, { ...request, caller });
    throw failure;
  }
}

async function openCall(
  { gateway, streams, known }: RequestSettings,
  task: AnyTask,
  request: IdentifiedRequest,
): Promise<Answer> {
  const { exchange, caller, requestId } = request;
  const { headers, signal } = exchange;
  const sent = await readInput(request.body);
  const uiRequest = task.textField === undefined ? undefined : readUiChatRequest(sent);
  const { input, chatId } = uiRequest ?? { input: sent };
  const conversation = conversationOf(chatId ?? headers["x-ai-conversation"], { caller, task });
  const values = known === undefined ? undefined : await known(caller);
  // useChat reads nothing but a stream, but does not say so in its headers.
  if (uiRequest !== undefined || acceptsEventStream(headers["accept"])) {
    const onBreak = headers["x-ai-on-break"] === "restart" ? "restart" : "terminate";
    const call = { conversation, known: values, task, input, chatId, onBreak, signal, ...request } as const;
    return () => startStream(streams, call);
  }
  return async () => {
    let limits: readonly LimitState[] = [];
    const onAdmitted = (told: readonly LimitState[]) => {
      limits = told;
    };
    const call = { conversation, known: values, caller, requestId, signal, onAdmitted };
    const reply = await gateway.run(task, input, call);
    return jsonReply(requestId, { status: 200, body: reply, headers: rateLimitHeaders(limits) });
  };
}

function answerAboutStream(
  { streams }: RequestSettings,
  endpoint: StreamEndpoint,
  request: IdentifiedRequest,
): Promise<HttpReply> {
  const { headers, signal } = request.exchange;
  const lookup = { ...request, ...endpoint };
  if (endpoint.action === "stop") return stopStream(streams, lookup);
  return resumeStream(streams, { ...lookup, signal, lastEventId: headers["last-event-id"] });
}

/** What the masker knows a client's conversation by: one caller's name for it is never another's. */
const conversationOf = (
  id: string | undefined,
  { caller, task }: { readonly caller: Caller | undefined; readonly task: AnyTask },
) => (id === undefined ? undefined : ownedName({ caller, task: task.name, id }));

/** A gateway that is closed writes nothing down any more. */
async function recordRefusal(
  { gateway, logger, isDescribed }: RequestSettings,
  error: unknown,
  { exchange, caller, requestId }: OpeningRequest & { readonly caller: Caller | undefined },
): Promise<void> {
  const task = findSubject({ tasks: gateway.tasks, isDescribed }, exchange.path);
  if (task === undefined) return;
  try {
    await gateway.recordRefusal(error, { task, caller, requestId, signal: exchange.signal });
  } catch (failure) {
    reportFailure(logger, failure, requestId);
  }
}
