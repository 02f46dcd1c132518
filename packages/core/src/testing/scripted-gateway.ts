import * as z from "zod";
import { builtInPaths } from "../client/task-path.js";
import { type AnyTask, defineTask } from "../define-task.js";
import type { AiGateway } from "../gateway.js";
import type { Logger } from "../logger.js";
import type { ReplyMetadata, TaskCall, TaskEvent, TaskReply } from "../pipeline/task-call.js";

/** One call as the script sees it. */
export interface ScriptedCall {
  readonly task: string;
  readonly input: unknown;
  readonly call: TaskCall;
}

/** What {@link scriptedGateway} plays. */
export interface GatewayScript {
  /** Plays one call of any task: what it yields is streamed, what it throws fails the call. */
  readonly answer: (call: ScriptedCall) => AsyncIterable<TaskEvent<object>>;
  /** Tasks beside the built-in ones. @default [] */
  readonly tasks?: readonly AnyTask[] | undefined;
  /** @default a logger that says nothing */
  readonly logger?: Logger | undefined;
}

/**
 * A gateway without a pipeline that plays a script: for tests of routes, adapters and clients. It checks no input.
 *
 * @example
 * const gateway = scriptedGateway({
 *   async *answer({ call }) {
 *     yield { type: "text-delta", delta: "Hello" };
 *     yield { type: "finish", reply: scriptedReply({ reply: "Hello" }, call) };
 *   },
 * });
 */
export function scriptedGateway({ answer, tasks = [], logger = silent }: GatewayScript): AiGateway {
  const builtIn = [
    scriptedTask("chat", { textField: "reply" }),
    ...["workflow", "debug", "onboarding"].map((name) => scriptedTask(name)),
    ...Object.entries(builtInPaths).map(([name, path]) => scriptedTask(name, { path })),
  ];
  const stream: AiGateway["stream"] = async function* (task, input, call = {}) {
    // The script is not typed by task: what it says is what the caller gets.
    yield* answer({ task: task.name, input, call }) as AsyncIterable<TaskEvent<never>>;
  };
  const run: AiGateway["run"] = async (task, input, call) => {
    for await (const event of stream(task, input, call)) if (event.type === "finish") return event.reply;
    throw new Error("The script ended without a finish.");
  };
  const byName = Object.fromEntries(
    [...builtIn, ...tasks].map((task): [string, AnyTask] => [task.name, task]),
  );
  const named = (name: string) => (input: unknown, call?: TaskCall) =>
    run(byName[name] as AnyTask, input, call);
  return {
    run,
    stream,
    chat: named("chat"),
    workflow: named("workflow"),
    debug: named("debug"),
    onboarding: named("onboarding"),
    tasks: byName as AiGateway["tasks"], // as: their types are the script's affair
    targets: [],
    policy: {
      status: () => ({ version: undefined, problems: [] }),
      flagsOf: () => ({}),
      refresh: async () => {},
    },
    switchState: async () => ({ on: true }),
    findDecision: async () => undefined,
    recordRefusal: async () => {},
    setRoutes() {},
    logger,
    close: async () => {},
  };
}

/** A reply as the gateway makes it, with plausible metadata. */
export function scriptedReply<Output extends object>(
  output: Output,
  { requestId = "request-1" }: Pick<TaskCall, "requestId"> = {},
  metadata: Partial<ReplyMetadata> = {},
): TaskReply<Output> {
  const usage = { input_tokens: 10, output_tokens: 5 };
  return {
    success: true,
    ...output,
    metadata: {
      request_id: requestId,
      source: "model",
      usage,
      cost_usd: 0.0001,
      duration_ms: 3,
      ...metadata,
    },
  };
}

function scriptedTask(name: string, options: { textField?: string; path?: string } = {}): AnyTask {
  return defineTask({
    ...options,
    name,
    input: z.unknown(),
    output: z.looseObject({}),
    allow: "anyone",
    prompt: () => ({ messages: [] }),
  });
}

const silent: Logger = { info() {}, warn() {}, error() {} };
