// biome-ignore lint/correctness/noNodejsModules: a test, and the point is what Node prints
import { inspect } from "node:util";
import { memoryResponseCache } from "../cache/memory-response-cache.js";
import type { CachedReply, ResponseCache } from "../cache/response-cache.js";
import { createAiGateway } from "../create-ai-gateway.js";
import type { AnyTask } from "../define-task.js";
import type { AiGatewayOptions } from "../gateway-options.js";
import { createHttpHandler } from "../http/create-http-handler.js";
import type { HttpReply } from "../http/exchange.js";
import type { Provider } from "../provider/provider.js";
import { memoryAuditSink } from "../testing/memory-audit-sink.js";
import { agentTask, recordTask } from "./call-masking-inputs.test-support.js";

/** The ways to make a call. */
export const modes = ["run", "stream", "application/json", "text/event-stream"] as const;
type Mode = (typeof modes)[number];
type Note = (what: unknown) => void;

/** A gateway, and everything of its calls that reaches anybody but the one who asked. */
export function watchedGateway(options: AiGatewayOptions) {
  const notes: string[] = [];
  const note: Note = (what) => void notes.push(typeof what === "string" ? what : JSON.stringify(what));
  const log = (fields: object, message: string) => note(JSON.stringify(fields) + message);
  const auditSink = memoryAuditSink();
  const gateway = createAiGateway({
    ...options,
    provider: options.provider && watchedProvider(options.provider, note),
    tasks: [recordTask, agentTask],
    auditSink,
    cache: watchedCache(note),
    auditDigest(value) {
      note(value);
      return "digest";
    },
    logger: { info: log, warn: log, error: log },
    hooks: { beforeRoute: note, afterOutput: note, onSettled: note, ...options.hooks },
  });
  const handle = createHttpHandler(gateway);
  return {
    auditSink,
    /** Makes a call and reads it to its end. */
    async send(
      name: string,
      input: object,
      { mode, signal }: { readonly mode: Mode; readonly signal: AbortSignal },
    ) {
      const { [name]: task } = gateway.tasks;
      if (task === undefined) throw new Error(`There is no task ${name}.`);
      try {
        if (mode === "run") await gateway.run(task, input, { signal });
        else if (mode === "stream")
          for await (const event of gateway.stream(task, input, { signal })) void event;
        else await noteFailure(await handle(exchangeOf(task, input, { accept: mode, signal })), note);
      } catch (error) {
        note(printed(error));
      }
    },
    /** What was written since the last time. */
    noted: () =>
      [...notes.splice(0), ...auditSink.records.slice(-1).map((record) => JSON.stringify(record))].join("\n"),
  };
}

const exchangeOf = (
  { path }: AnyTask,
  input: object,
  { accept, signal }: { readonly accept: string; readonly signal: AbortSignal },
) => ({
  method: "POST",
  path: `/${path}`,
  headers: { "content-type": "application/json", accept },
  body: { kind: "parsed" as const, value: input },
  signal,
  identify: () => ({}),
});

/** Whole replies are for the one who asked; refusals and broken streams tell nothing of the input either. */
async function noteFailure({ status, body }: HttpReply, note: Note): Promise<void> {
  let text = "";
  if (typeof body === "string") text = body;
  else for await (const part of body) text += part;
  if (status >= 400) note(text);
  for (const [frame] of text.matchAll(/event: error\n.*/g)) note(frame);
}

function printed(error: unknown): string {
  const whole = inspect(error, { depth: 10, showHidden: true, maxStringLength: null });
  return [whole, String(error), JSON.stringify(error)].join("\n");
}

const watchedProvider = (provider: Provider, note: Note): Provider => ({
  ...provider,
  stream(request, rest) {
    note(request);
    return provider.stream(request, rest);
  },
});

function watchedCache(note: Note): ResponseCache {
  const cache = memoryResponseCache();
  return {
    stats: () => cache.stats(),
    async lookup(key, options) {
      note(key);
      const found = await cache.lookup(key, options);
      if (found.state === "hit") return found;
      const store = (reply: CachedReply, ttlMs: number) => {
        note(reply);
        return found.store(reply, ttlMs);
      };
      return { ...found, store };
    },
  };
}
