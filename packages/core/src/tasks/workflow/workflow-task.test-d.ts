import { describe, expectTypeOf, it } from "vitest";
import type { ServiceDefinition } from "../services/service-definition.js";
import type { WorkflowInput, WorkflowOutput } from "./workflow-schema.js";
import { workflowTask } from "./workflow-task.js";

describe("workflowTask", () => {
  it("takes services as they are written", () => {
    const task = workflowTask({
      services: [
        { id: "acme_crm", name: "Acme CRM", category: "crm" },
        {
          id: "beacon",
          name: "Beacon",
          everydayNames: ["Beacon"],
          category: "monitoring",
          starts: [],
          does: ["get"],
        },
      ],
    });
    expectTypeOf(task.name).toEqualTypeOf<"workflow">();
    expectTypeOf<Parameters<typeof task.prompt>[0]>().toEqualTypeOf<WorkflowInput>();
    expectTypeOf<Parameters<NonNullable<typeof task.check>>[0]>().toEqualTypeOf<WorkflowOutput>();
  });

  it("takes a list that is kept apart", () => {
    const services = [
      { id: "acme_crm", name: "Acme CRM", category: "crm", aliases: ["acme"] },
    ] satisfies ServiceDefinition[];
    workflowTask({ services });
    const frozen = [{ id: "acme_crm", name: "Acme CRM", category: "crm" }] as const;
    workflowTask({ services: frozen });
  });

  it("refuses an unknown category, an unknown field and a missing name", () => {
    // @ts-expect-error: there is no such category
    workflowTask({ services: [{ id: "acme_crm", name: "Acme CRM", category: "customers" }] });
    // @ts-expect-error: the field is called aliases
    workflowTask({ services: [{ id: "acme_crm", name: "Acme CRM", category: "crm", alias: "acme" }] });
    // @ts-expect-error: every service has a name
    workflowTask({ services: [{ id: "acme_crm", category: "crm" }] });
  });
});
