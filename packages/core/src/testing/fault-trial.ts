import * as z from "zod";
import { estimateTokens } from "../budget/cost.js";
import { memoryBudget } from "../budget/memory-budget.js";
import { createAiGateway } from "../create-ai-gateway.js";
import { type AnyTask, defineTask } from "../define-task.js";
import type { ErrorCode } from "../errors/error-table.js";
import { isGatewayError } from "../errors/gateway-error.js";
import type { AiGateway } from "../gateway.js";
import type { AiGatewayOptions } from "../gateway-options.js";
import { modelRequest } from "../pipeline/model-request.js";
import { countPromptTokens } from "../pipeline/prompt-tokens.js";
import type { ReplyMetadata, TaskCall, TaskReply } from "../pipeline/task-call.js";
import type { Prompt, ProviderRequest, ToolCall } from "../provider/provider.js";
import type { ChaosPlan } from "./chaos-plan.js";
import { chaosProvider } from "./chaos-provider.js";
import { type FakeReply, fakeProvider } from "./fake-provider.js";
import { manualClock } from "./manual-clock.js";
import { memoryAuditSink } from "./memory-audit-sink.js";

/** How a task is asked: text in one piece, text as it comes, JSON in one piece, JSON as it grows, a tool's call as it comes. */
export type Way = "plain" | "stream" | "object" | "object stream" | "tool call";

/** Whether what is written is seen as it comes. */
export const isStreamed = (way: Way): boolean => way !== "plain" && way !== "object";

/** What a call came to. */
export interface Ending {
  /** What a stream had shown: the words, the last object, the arguments. */
  readonly shown: string;
  readonly answer?: string;
  readonly code?: ErrorCode;
  readonly metadata?: ReplyMetadata;
}

/** The sixty tokens that a model answers with. */
export const tokens: readonly string[] = Array.from({ length: 60 }, (_, index) => `t${index + 1} `);

/** What a finished call costs: a micro-dollar a token. */
export const modelMicroUsd = 80;
const usage = { inputTokens: 20, outputTokens: 60, source: "reported" } as const;
const price = { inputUsd: 1, outputUsd: 1 };

const toPrompt = (question: string): Prompt => ({ messages: [{ role: "user", content: question }] });
const definition = {
  input: z.object({ question: z.string() }),
  output: z.object({ answer: z.string() }),
  allow: "anyone",
  prompt: ({ question }: { readonly question: string }) => toPrompt(question),
} as const;
const local = () => ({ answer: "local" });
const inWords = { ...definition, name: "words", textField: "answer" } as const;
const inJson = { ...definition, name: "json" } as const;
const withTools = {
  ...definition,
  name: "tools",
  output: z.object({ answer: z.string(), calls: z.array(z.custom<ToolCall>()).default([]) }),
  textField: "answer",
  toolCallsField: "calls",
  prompt: ({ question }: { readonly question: string }): Prompt => ({
    ...toPrompt(question),
    tools: [{ name: "find", parameters: { type: "object" } }],
  }),
} as const;
const answering = {
  words: defineTask({ ...inWords, local }),
  json: defineTask({ ...inJson, local }),
  tools: defineTask({ ...withTools, local }),
};
const mute = { words: defineTask(inWords), json: defineTask(inJson), tools: defineTask(withTools) };
const taskOf = {
  plain: "words",
  stream: "words",
  object: "json",
  "object stream": "json",
  "tool call": "tools",
} as const;

const definitionOf = { words: inWords, json: inJson, tools: withTools };

/** What a model writes when nothing fails, by way: the task's answer, or its tool's arguments. */
export const modelAnswer: Readonly<Record<Way, string>> = {
  plain: tokens.join(""),
  stream: tokens.join(""),
  object: "model",
  "object stream": "model",
  "tool call": '{"query":"model"}',
};

const modelReply = ({ responseFormat, tools }: ProviderRequest): FakeReply => {
  const call = { id: "call-1", name: "find", arguments: modelAnswer["tool call"] };
  if (tools !== undefined) return { toolCalls: [call], usage };
  return { text: responseFormat ? ['{"answer":', '"model"}'] : tokens, usage };
};

/** What a call costs that ended without a report after this text, micro-dollars. */
export function estimatedMicroUsd(way: Way, question: string, text = ""): number {
  const task = mute[taskOf[way]];
  const request = modelRequest(task, definitionOf[taskOf[way]].prompt({ question }));
  return countPromptTokens(request, estimateTokens) + estimateTokens(text);
}

/** A gateway over one target for each plan, on a clock of its own; retries wait for nothing, and there is one. */
export function faultTrial(plans: readonly ChaosPlan[], options: AiGatewayOptions = {}) {
  const clock = manualClock();
  const auditSink = memoryAuditSink();
  const budget = memoryBudget({ clock, gateway: { dailyUsd: 1_000 } });
  const models = plans.map((_, index) => fakeProvider(modelReply, { name: `target-${index + 1}` }));
  const targets = models.map((model, index) => chaosProvider(model, { plan: plans[index] ?? [], clock }));
  const gateway = createAiGateway({
    targets: targets.map((provider) => ({ provider, price })),
    clock,
    auditSink,
    budget,
    random: () => 0,
    retry: { maxRetries: 1 },
    timeouts: { totalMs: 60_000 },
    logger: { info() {}, warn() {}, error() {} },
    ...options,
  });

  const ask = (way: Way, question: string, call: AskOptions = {}) =>
    askGateway(gateway, way, { question, ...call });
  return {
    clock,
    targets,
    ask,
    records: auditSink.records,
    /** Provider calls that still run. */
    running: () => models.reduce((sum, { running }) => sum + running, 0),
    /** Asks, and moves the clock until the call has ended. */
    async end(way: Way, question: string, call?: AskOptions): Promise<Ending> {
      return endOf(clock, ask(way, question, call));
    },
    /** What the day's cap has, micro-dollars. */
    money() {
      const [day] = budget.usage();
      return { charged: day?.usedMicroUsd, reserved: day?.reservedMicroUsd };
    },
  };
}

/** How a call of a trial is made. */
export interface AskOptions extends Pick<TaskCall, "signal" | "onBreak"> {
  /** Whether the task has a local answer. @default true */
  readonly canAnswer?: boolean;
}

/** Moves the clock until the call has ended, for ten minutes at most. */
export async function endOf<Result>(
  clock: { advance(byMs: number): Promise<void> },
  call: Promise<Result>,
): Promise<Result> {
  let ended = false;
  const ending = call.finally(() => (ended = true));
  ending.catch(() => {}); // the caller gets it below
  for (let second = 0; second < 600 && !ended; second++) {
    await clock.advance(0);
    if (!ended) await clock.advance(1000);
  }
  if (!ended) throw new Error("The call did not end.");
  return ending;
}

async function askGateway(
  gateway: AiGateway,
  way: Way,
  { question, canAnswer = true, ...call }: AskOptions & { readonly question: string },
): Promise<Ending> {
  const task: AnyTask = (canAnswer ? answering : mute)[taskOf[way]];
  let shown = "";
  try {
    if (!isStreamed(way)) return { shown, ...endingOf(await gateway.run(task, { question }, call)) };
    for await (const event of gateway.stream(task, { question }, call)) {
      if (event.type === "finish") return { shown, ...endingOf(event.reply) };
      if (event.type === "reset") shown = "";
      else if (event.type === "partial") shown = event.partial.answer ?? "";
      else if ("delta" in event) shown += event.delta;
    }
    throw new Error("The stream ended in silence.");
  } catch (error) {
    if (isGatewayError(error)) return { shown, code: error.code };
    throw error;
  }
}

function endingOf(reply: TaskReply<{ readonly answer: string; readonly calls?: readonly ToolCall[] }>) {
  const { answer, calls = [], metadata } = reply;
  return { answer: calls[0]?.arguments ?? answer, metadata };
}
