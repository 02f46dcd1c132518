import { createAiGateway } from "../create-ai-gateway.js";
import type { AnyTask } from "../define-task.js";
import { fakeProvider } from "./fake-provider.js";
import { memoryAuditSink } from "./memory-audit-sink.js";

/** For tests of a task: a silent gateway that never retries. Without replies it has no provider and answers locally. */
export function silentGateway(task: AnyTask, replies?: Parameters<typeof fakeProvider>[0]) {
  const provider = fakeProvider(replies ?? []);
  const gateway = createAiGateway({
    ...(replies === undefined ? {} : { provider }),
    tasks: [task],
    logger: { info() {}, warn() {}, error() {} },
    auditSink: memoryAuditSink(),
    retry: { maxRetries: 0 },
  });
  return { gateway, provider };
}
