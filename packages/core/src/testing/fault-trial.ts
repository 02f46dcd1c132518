import * as z from "zod";
import { estimateTokens } from "../budget/cost.js";
import { memoryBudget } from "../budget/memory-budget.js";
import { createAiGateway } from "../create-ai-gateway.js";
import { defineTask } from "../define-task.js";
import type { ErrorCode } from "../errors/error-table.js";
import { isGatewayError } from "../errors/gateway-error.js";
import type { AiGateway } from "../gateway.js";
import type { AiGatewayOptions } from "../gateway-options.js";
import { modelRequest } from "../pipeline/model-request.js";
import { countPromptTokens } from "../pipeline/prompt-tokens.js";
import type { ReplyMetadata } from "../pipeline/task-call.js";
import type { Prompt } from "../provider/provider.js";
import type { ChaosPlan } from "./chaos-plan.js";
import { chaosProvider } from "./chaos-provider.js";
import { fakeProvider } from "./fake-provider.js";
import { manualClock } from "./manual-clock.js";
import { memoryAuditSink } from "./memory-audit-sink.js";

/** How a task is asked: text in one piece, text as it comes, or JSON. */
export type Way = "plain" | "stream" | "object";

/** What a call came to. */
export interface Ending {
  /** What a stream had shown. */
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
const answering = {
  words: defineTask({ ...inWords, local }),
  json: defineTask({ ...inJson, local }),
};
const mute = { words: defineTask(inWords), json: defineTask(inJson) };

/** What a call costs that ended without a report after this text, micro-dollars. */
export function estimatedMicroUsd(way: Way, question: string, text = ""): number {
  const task = way === "object" ? mute.json : mute.words;
  return countPromptTokens(modelRequest(task, toPrompt(question)), estimateTokens) + estimateTokens(text);
}

/** A gateway over one target for each plan, on a clock of its own; retries wait for nothing, and there is one. */
export function faultTrial(plans: readonly ChaosPlan[], options: AiGatewayOptions = {}) {
  const clock = manualClock();
  const auditSink = memoryAuditSink();
  const budget = memoryBudget({ clock, gateway: { dailyUsd: 1_000 } });
  const models = plans.map((_, index) =>
    fakeProvider(
      ({ responseFormat }) => ({ text: responseFormat ? ['{"answer":', '"model"}'] : tokens, usage }),
      { name: `target-${index + 1}` },
    ),
  );
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
export interface AskOptions {
  /** Whether the task has a local answer. @default true */
  readonly canAnswer?: boolean;
  readonly signal?: AbortSignal;
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
  { question, canAnswer = true, signal }: AskOptions & { readonly question: string },
): Promise<Ending> {
  const tasks = canAnswer ? answering : mute;
  let shown = "";
  try {
    if (way !== "stream") {
      const task = way === "plain" ? tasks.words : tasks.json;
      const { answer, metadata } = await gateway.run(task, { question }, { signal });
      return { shown, answer, metadata };
    }
    for await (const event of gateway.stream(tasks.words, { question }, { signal })) {
      if (event.type === "text-delta") shown += event.delta;
      else if (event.type === "finish")
        return { shown, answer: event.reply.answer, metadata: event.reply.metadata };
    }
    throw new Error("The stream ended in silence.");
  } catch (error) {
    if (isGatewayError(error)) return { shown, code: error.code };
    throw error;
  }
}
