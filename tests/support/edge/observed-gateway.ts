import {
  type AiGateway,
  type AiGatewayOptions,
  createAiGateway,
  memoryBudget,
  memoryRateLimiter,
} from "@levqor/core";
import { type FakeReply, fakeProvider, type MemoryAuditSink, memoryAuditSink } from "@levqor/core/testing";

/** A gateway of which a test sees everything that leaves it. */
export interface ObservedGateway {
  readonly gateway: AiGateway;
  readonly audit: MemoryAuditSink;
  readonly budget: ReturnType<typeof memoryBudget>;
  /** Prompts that reached the model, as text. */
  readonly prompts: readonly string[];
  /** All that was logged and audited, as text. */
  written(): string;
}

type Reply = (question: string) => FakeReply;
const echo: Reply = (question) => ({ text: question });

/** Makes one whose model answers with the user's own (masked) words, without limits of requests. */
export function observedGateway({
  reply = echo,
  ...options
}: AiGatewayOptions & { readonly reply?: Reply } = {}): ObservedGateway {
  const lines: unknown[] = [];
  const prompts: string[] = [];
  const note = (fields: object, message: string) => void lines.push(fields, message);
  const audit = memoryAuditSink();
  const budget = memoryBudget();
  const provider = fakeProvider(({ prompt }) => {
    prompts.push(JSON.stringify(prompt));
    return reply(prompt.messages.at(-1)?.content ?? "");
  });
  const gateway = createAiGateway({
    ...(options.targets === undefined ? { provider } : {}),
    budget,
    auditSink: audit,
    rateLimiter: memoryRateLimiter({ perUser: false, perIp: false }),
    retry: { maxRetries: 0 },
    breaker: false,
    logger: { info: note, warn: note, error: note },
    ...options,
  });
  return { gateway, audit, budget, prompts, written: () => JSON.stringify([lines, audit.records]) };
}
