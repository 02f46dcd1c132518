import { type AuditRecord, createAiGateway, type Provider } from "@levqor/core";
import { memoryAuditSink } from "@levqor/core/testing";

/** A whole gateway whose model says the next words when the test lets it. */
export function steeredGateway() {
  const audit = memoryAuditSink();
  const seen = { asked: 0, said: 0, running: 0, aborted: 0 };
  const words: (string | undefined)[] = [];
  let wake = () => {};
  const next = (signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      wake = resolve;
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
  const provider: Provider = {
    name: "steered",
    model: "gpt-4o-mini",
    async *stream(_request, { signal }) {
      seen.asked++;
      seen.running++;
      try {
        for (;;) {
          while (words.length === 0) await next(signal);
          const delta = words.shift();
          if (delta === undefined) break;
          seen.said++;
          yield { type: "text-delta", delta };
        }
        const usage = { inputTokens: 10, outputTokens: seen.said, source: "reported" as const };
        yield { type: "finish", reason: "stop", usage };
      } finally {
        seen.running--;
        if (signal.aborted) seen.aborted++;
      }
    },
  };
  const logger = { info() {}, warn() {}, error() {} };
  const push = (...more: (string | undefined)[]) => {
    words.push(...more);
    wake();
  };
  return {
    gateway: createAiGateway({ provider, auditSink: audit, logger }),
    seen,
    say: (...more: string[]) => push(...more),
    finish: () => push(undefined),
    audited: (): readonly AuditRecord[] => audit.records,
  };
}
