import { describe, expect, it } from "vitest";
import { createAiGateway } from "../../create-ai-gateway.js";
import { fakeProvider } from "../../testing/fake-provider.js";
import { localContext } from "../../testing/local-context.js";
import { memoryAuditSink } from "../../testing/memory-audit-sink.js";
import type { ServiceDefinition } from "../services/service-definition.js";
import type { WorkflowContext, WorkflowStep } from "./workflow-schema.js";
import { workflowTask } from "./workflow-task.js";

const acme: ServiceDefinition = { id: "acme_crm", name: "Acme CRM", aliases: ["acme"], category: "crm" };
const shipyard: ServiceDefinition = {
  id: "shipyard",
  name: "Shipyard Delivery",
  aliases: ["shipyard"],
  category: "commerce",
  starts: ["shipment"],
  does: ["create"],
};
const services = [acme, shipyard];
const quiet = { info: () => {}, warn: () => {}, error: () => {} };

interface Asking {
  readonly services?: readonly ServiceDefinition[];
  readonly context?: WorkflowContext;
  /** Steps that a model answers with. */
  readonly written?: readonly Partial<Record<keyof WorkflowStep, string>>[];
  /** What it explains. */
  readonly told?: string;
}

function ask(description: string, { context, written, told = "Told by a model.", ...options }: Asking = {}) {
  const text = JSON.stringify({ workflow: { steps: written }, explanation: told });
  const gateway = createAiGateway({
    auditSink: memoryAuditSink(),
    logger: quiet,
    tasks: [workflowTask({ services, ...options })],
    ...(written && { provider: fakeProvider([{ text }]) }),
  });
  return gateway.workflow({ description, context });
}

async function stepsOf(description: string, asking?: Asking): Promise<string> {
  const { workflow } = await ask(description, asking);
  return workflow.steps.map(({ type, service }) => `${type}:${service ?? "?"}`).join(" ");
}

describe("a description", () => {
  it.each([
    ["When a deal is won in Acme CRM, post it to Slack", "trigger:acme_crm action:slack"],
    ["whenever acmme crm has a new lead, email me", "trigger:acme_crm action:email"],
    ["When a form is submitted, add the lead to Acme", "trigger:forms action:acme_crm"],
    ["When an email arrives in Gmail, create a contact in acme crn", "trigger:gmail action:acme_crm"],
    ["If the Acme deal is over 500 then tell the team in Slack", "trigger:acme_crm action:slack"],
    ["Acme CRM → Slack", "trigger:acme_crm action:slack"],
    ["Shipyard shipment to Slack", "trigger:shipyard action:slack"],
    ["Send new Acme leads to Slack and Shipyard", "trigger:acme_crm action:slack action:shipyard"],
  ])("%s", async (description, steps) => {
    expect(await stepsOf(description)).toBe(steps);
  });

  it("that is vague means a connected one of its category", async () => {
    const description = "When a form is submitted, add the lead to the CRM";
    expect(await stepsOf(description)).toBe("trigger:forms action:?");
    for (const tool of ["acme_crm", "Acme CRM", "acme", "Acmee CRM"])
      expect(await stepsOf(description, { context: { tools: [tool] } })).toBe(
        "trigger:forms action:acme_crm",
      );
  });

  it("is started by its events, and by none where it has to be asked", async () => {
    const description = "Shipyard shipments and Google Sheets";
    const asked = { ...shipyard, starts: [] };
    expect(await stepsOf(description)).toBe("trigger:shipyard action:google_sheets");
    expect(await stepsOf(description, { services: [asked] })).toMatch(/^trigger:schedule/);
  });

  it("may reply where it started, and names what it assumes", async () => {
    expect(await stepsOf("When a lead arrives in Acme, reply to it")).toBe(
      "trigger:acme_crm action:acme_crm",
    );
    const { explanation } = await ask("Shipyard and Notion");
    expect(explanation).toContain("I assumed that Shipyard Delivery starts it.");
  });

  it("is explained with its name", async () => {
    const description = "When a deal is won in acme, post it to Slack";
    const { explanation } = await ask(description, {
      context: { experience_level: "beginner", tools: ["slack"] },
    });
    expect(explanation).toContain("“When a deal is won in acme” (Acme CRM)");
    expect(explanation).toContain("Connect Acme CRM first");
  });

  it("finds none of them in a task that was not given them", async () => {
    await stepsOf("When a deal is won in Acme CRM, post it to Slack");
    expect(await stepsOf("When a deal is won in Acme CRM, post it to Slack", { services: [] })).toBe(
      "trigger:? action:slack",
    );
  });
});

describe("a model", () => {
  const description = "When a deal is won in Acme, create a delivery";
  const order = { type: "trigger", service: "acme_crm", description: "Deal won in Acme" };
  const systemOf = async (text: string, options: Parameters<typeof workflowTask>[0]) => {
    const { system = "" } = await workflowTask(options).prompt({ description: text }, localContext());
    return system;
  };

  it("is told of all of them, whether they are named or not", async () => {
    const system = await systemOf(description, { services });
    expect(system).toContain("service is one of: acme_crm, shipyard, schedule,");
    expect(system).toContain(
      "Of this product: acme_crm is Acme CRM (CRM); shipyard is Shipyard Delivery (shop system).",
    );
    expect(await systemOf(description, {})).not.toContain("Of this product");
  });

  it("is told of thirty that are not named, and of each that is", async () => {
    const many = Array.from({ length: 40 }, (_, index): ServiceDefinition => {
      const letters = `${String.fromCharCode(97 + index / 10)}${String.fromCharCode(97 + (index % 10))}`;
      return { id: `own_${letters}`, name: `Product ${letters}`, category: "crm" };
    });
    const system = await systemOf("Post new leads to Product dj", { services: many });
    expect(system.match(/own_[a-d][a-j] is /g)).toHaveLength(31);
    expect(system).toContain("own_dj is Product dj");
  });

  it.each([
    ["its id", "shipyard"],
    ["its name", "Shipyard Delivery"],
    ["an alias", "Shipyard"],
    ["an operation", "shipyard.create_shipment"],
  ])("may name one by %s", async (_, service) => {
    const written = [order, { type: "action", service, description: "Create a delivery" }];
    const { workflow, metadata, explanation } = await ask(description, { written });
    expect(workflow.steps.map((step) => step.service)).toEqual(["acme_crm", "shipyard"]);
    expect(explanation).toBe("Told by a model.");
    expect(metadata.source).toBe("model");
  });

  it("may misspell one that the user speaks of", async () => {
    const written = [order, { type: "action", service: "Shipyerd Delivery", description: "Create it" }];
    const { workflow, metadata } = await ask("When a deal is won in Acme, use Shipyard", { written });
    expect(workflow.steps[1]).toMatchObject({ service: "shipyard", description: "Create it" });
    expect(metadata.source).toBe("model");
    const unspoken = await ask(description, { written });
    expect(unspoken.metadata).toMatchObject({ source: "local", degraded: "invalid_output" });
  });

  it("leaves the explanation out: it is made with their names", async () => {
    const written = [order, { type: "action", service: "slack", description: "Post it" }];
    const reply = await ask(description, { written, told: "" });
    expect(reply.explanation).toBe("Starts (Acme CRM): “Deal won in Acme”. Does (Slack): “Post it”.");
    expect(reply.metadata.source).toBe("model");
  });

  it("means an own one by its name, though that is an everyday word, and words for no service are", async () => {
    const router: ServiceDefinition = {
      ...acme,
      id: "acme_router",
      name: "Router",
      everydayNames: ["router"],
    };
    const written = [
      { type: "trigger", service: "Router", description: "Deal won" },
      { type: "action", service: "filter", description: "Post it" },
    ];
    const asking = { services: [router], written, context: { tools: ["hubspot"] } };
    expect(await stepsOf("When a deal is won, post it", asking)).toBe("trigger:acme_router action:?");
  });

  it("is refused where the task was not given them", async () => {
    const written = [order, { type: "action", service: "slack", description: "Post it" }];
    const { metadata } = await ask("When a deal is won, post it to Slack", { services: [], written });
    expect(metadata).toMatchObject({ source: "local", degraded: "invalid_output" });
  });
});

describe("the check", () => {
  const check = (service: string, own: readonly ServiceDefinition[]) =>
    workflowTask({ services: own }).check?.(
      { workflow: { steps: [{ type: "trigger", service, description: "x" }] }, explanation: "x" },
      { description: "x" },
    );

  it("knows own services and built-in ones", () => {
    expect(check("acme_crm", services)).toBeUndefined();
    expect(check("gmail", services)).toBeUndefined();
    expect(check("acme_crm", [])).toContain('"acme_crm"');
  });
});

describe("the version", () => {
  const version = (...own: readonly ServiceDefinition[]) => workflowTask({ services: own }).version;

  it("changes with the services, and only with them", () => {
    expect(version()).toBe("1");
    expect(workflowTask().version).toBe("1");
    const versions = [version(), version(acme), version({ ...acme, aliases: [] }), version(acme, shipyard)];
    expect(new Set(versions).size).toBe(4);
    const { id, ...others } = acme;
    expect(version({ ...others, id })).toBe(version(acme));
  });
});

describe("a built-in service that is replaced", () => {
  const talk: ServiceDefinition = { id: "slack", name: "Acme Talk", category: "chat" };

  it("is found by its new name and called by it", async () => {
    const description = "When a deal is won in HubSpot, post it to Acme Talk";
    const { workflow, explanation } = await ask(description, { services: [talk] });
    expect(workflow.steps.map(({ service }) => service)).toEqual(["hubspot", "slack"]);
    expect(explanation).toContain("Does (Acme Talk): “Post it to Acme Talk”.");
  });

  it("keeps its place in what people mean without a name", async () => {
    expect(await stepsOf("When a deal is won in HubSpot, post it to #sales", { services: [talk] })).toBe(
      "trigger:hubspot action:slack",
    );
    const forms: ServiceDefinition = { id: "forms", name: "Acme Forms", category: "forms" };
    const { explanation } = await ask("When a lead fills a form, email me", { services: [forms] });
    expect(explanation).toContain("Starts (Acme Forms)");
  });
});

it("takes an id that every object has a property of", async () => {
  const builder: ServiceDefinition = { id: "constructor", name: "Builder Kit", category: "developer" };
  expect(await stepsOf("New Builder Kit issues to Slack", { services: [builder] })).toBe(
    "trigger:constructor action:slack",
  );
});

it("names every mistake in the services at once", () => {
  const build = () =>
    workflowTask({
      services: [
        { ...acme, id: "Acme" },
        { ...shipyard, aliases: ["slack"] },
      ],
    });
  expect(build).toThrow(
    /^Workflow task:\n- services\.0\.id: .*\n- services\.1\.aliases\.0: .* slack goes by/,
  );
});
