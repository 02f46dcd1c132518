import { describe, it } from "vitest";
import { auditSinkContract } from "./audit-sink-contract.js";
import { consoleAuditSink } from "./console-audit-sink.js";

describe("consoleAuditSink", () => {
  for (const { name, run } of auditSinkContract) {
    it(name, () =>
      run(async () => {
        const lines: string[] = [];
        const sink = consoleAuditSink({ write: (line) => lines.push(line) });
        return {
          sink,
          read: async () => lines.flatMap((line) => line.split("\n")).map((line) => JSON.parse(line)),
        };
      }),
    );
  }
});
