import { createAiGateway } from "@levqor/core";
import { memoryAuditSink } from "@levqor/core/testing";
import { expect, it } from "vitest";
import { sampleWorkflow } from "./sample-workflow.js";

it("is what the builder makes of the sentence without a model", async () => {
  const logger = { info() {}, warn() {}, error() {} };
  const gateway = createAiGateway({ logger, auditSink: memoryAuditSink() });
  const { workflow } = await gateway.workflow({ description: sampleWorkflow.sentence });
  await gateway.close();
  expect(workflow.steps).toEqual(sampleWorkflow.steps);
});
