import { expect, it } from "vitest";
import { createAiGateway } from "../create-ai-gateway.js";
import { GatewayError } from "../errors/gateway-error.js";
import { fakeProvider } from "../testing/fake-provider.js";
import { memoryAuditSink } from "../testing/memory-audit-sink.js";

it.each(["provider_unavailable", "provider_filtered", "invalid_output"] as const)(
  "a guard that throws %s while a reply is shown ends the call: no provider is to blame, and none is asked again",
  async (code) => {
    const providers = ["one", "two"].map((name) =>
      fakeProvider([{ text: "Hello there. How are you?" }], { name }),
    );
    const auditSink = memoryAuditSink();
    const gateway = createAiGateway({
      targets: providers.map((provider) => ({ provider })),
      outputGuard: {
        inspect() {
          throw new GatewayError(code, "The guard is broken.");
        },
        holdsFrom: (text) => text.length,
      },
      auditSink,
      logger: { info() {}, warn() {}, error() {} },
    });
    const events = gateway.stream(gateway.tasks.chat, { message: "Hi" }, { onBreak: "restart" });
    const read = async () => {
      for await (const event of events) expect(event.type).toBe("never");
    };
    await expect(read()).rejects.toMatchObject({ code: "internal", step: "route" });
    expect(providers.map(({ requests }) => requests.length)).toEqual([1, 0]);
    expect(auditSink.records).toMatchObject([{ attempts: [{ outcome: "internal" }] }]);
  },
);
