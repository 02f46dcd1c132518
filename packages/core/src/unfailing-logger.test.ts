import { describe, expect, it } from "vitest";
import { createAiGateway } from "./create-ai-gateway.js";
import type { Logger } from "./logger.js";
import { fakeProvider } from "./testing/fake-provider.js";
import { unfailingLogger } from "./unfailing-logger.js";

describe("unfailingLogger", () => {
  it("passes every line on, with the logger's own `this`", () => {
    const lines: unknown[] = [];
    class Own implements Logger {
      readonly #lines = lines;
      info(...line: unknown[]) {
        this.#lines.push(["info", ...line]);
      }
      warn(...line: unknown[]) {
        this.#lines.push(["warn", ...line]);
      }
      error(...line: unknown[]) {
        this.#lines.push(["error", ...line]);
      }
    }
    const logger = unfailingLogger(new Own());
    logger.info({ a: 1 }, "one");
    logger.warn({}, "two");
    logger.error({}, "three");
    expect(lines).toEqual([
      ["info", { a: 1 }, "one"],
      ["warn", {}, "two"],
      ["error", {}, "three"],
    ]);
  });

  const broken = {
    throws: () => {
      throw new Error("no disk");
    },
    rejects: () => Promise.reject(new Error("no disk")),
    "never settles": () => new Promise<void>(() => {}),
  };
  it.each(Object.entries(broken))("F49: a logger that %s costs no call anything", async (_name, log) => {
    const fail = () => Promise.reject(new Error("hook"));
    const gateway = createAiGateway({
      provider: fakeProvider([{ text: "Hello" }]),
      logger: { info: log, warn: log, error: log },
      hooks: { beforeRoute: fail, afterOutput: fail, onSettled: fail },
      auditSink: { write: () => Promise.reject(new Error("no disk")) },
    });
    expect((await gateway.chat({ message: "Hi" })).reply).toBe("Hello");
    await gateway.close();
    await new Promise((resolve) => setImmediate(resolve)); // an unhandled rejection would fail the run
  });
});
