import { describe, expect, it } from "vitest";
import { createAiGateway } from "../../create-ai-gateway.js";
import { fakeProvider } from "../../testing/fake-provider.js";
import { memoryAuditSink } from "../../testing/memory-audit-sink.js";
import { repairWorkflow } from "./repair-workflow.js";
import { writtenWorkflowSchema } from "./written-workflow.js";

/** `type:service description`; no service, null and an empty one are written `-`, `null` and `""`. */
function stepOf(text: string) {
  const [, type = "", service = "", description = ""] = /^([^:]*):(\S*) ?(.*)$/u.exec(text) ?? [];
  const written = service === "null" ? null : service === '""' ? "" : service.replaceAll("_~", " ");
  return service === "-" ? { type, description } : { type, service: written, description };
}

const user = "When an order arrives in Shopify, post it to Slack and save it in FooDesk";

function repaired(steps: readonly string[], tools: readonly string[] = []) {
  const output = repairWorkflow(
    { workflow: { steps: steps.map(stepOf) }, explanation: "Told by a model." },
    { description: user, context: { tools } },
  );
  return output?.workflow.steps.map((step) => `${step.type}:${step.service ?? "-"} ${step.description}`);
}

describe("what a model wrote is repaired", () => {
  it.each<[string, readonly string[], readonly string[]]>([
    [
      "what is right stays",
      ["trigger:shopify Order", "condition:- Over 100", "action:slack Post"],
      ["trigger:shopify Order", "condition:- Over 100", "action:slack Post"],
    ],
    [
      "names become ids",
      ["trigger:Google_~Sheets Row", "action:SLACK Post"],
      ["trigger:google_sheets Row", "action:slack Post"],
    ],
    [
      "aliases become ids",
      ["trigger:gsheets Row", "action:ms_~teams Post"],
      ["trigger:google_sheets Row", "action:microsoft_teams Post"],
    ],
    [
      "dashes become ids",
      ["trigger:google-sheets Row", "action:hub-spot Add"],
      ["trigger:google_sheets Row", "action:hubspot Add"],
    ],
    [
      "operations are cut off",
      ["trigger:shopify.order_created Order", "action:slack_post_message Post"],
      ["trigger:shopify Order", "action:slack Post"],
    ],
    [
      "typos of what the user named",
      ["trigger:shopfy Order", "action:slakc Post"],
      ["trigger:shopify Order", "action:slack Post"],
    ],
    [
      "null, empty and none are no service",
      ["trigger:null Order", 'action:"" Post', "action:none Save"],
      ["trigger:- Order", "action:- Post", "action:- Save"],
    ],
    [
      "a condition needs no service",
      ["trigger:shopify Order", "condition:BoolLogic Over 100", "action:slack Post"],
      ["trigger:shopify Order", "condition:- Over 100", "action:slack Post"],
    ],
    [
      "types in capitals",
      ["Trigger:shopify Order", "ACTION:slack Post"],
      ["trigger:shopify Order", "action:slack Post"],
    ],
    [
      "synonyms of types",
      ["event:shopify Order", "filter:- Over 100", "step:slack Post", "task:gmail Send"],
      ["trigger:shopify Order", "condition:- Over 100", "action:slack Post", "action:gmail Send"],
    ],
    [
      "types of two words",
      ["trigger_step:shopify Order", "if_condition:- Over 100", "send_action:slack Post"],
      ["trigger:shopify Order", "condition:- Over 100", "action:slack Post"],
    ],
    [
      "a type that says nothing is an action",
      ["trigger:shopify Order", "frobnicate:slack Post"],
      ["trigger:shopify Order", "action:slack Post"],
    ],
    [
      "a lone trigger goes first",
      ["action:slack Post", "trigger:shopify Order"],
      ["trigger:shopify Order", "action:slack Post"],
    ],
    [
      "a condition before the trigger goes after it",
      ["condition:- Over 100", "trigger:shopify Order", "action:slack Post"],
      ["trigger:shopify Order", "condition:- Over 100", "action:slack Post"],
    ],
    [
      "a second trigger becomes a condition",
      ["trigger:shopify Order", "action:slack Post", "trigger:stripe Paid", "action:gmail Send"],
      ["trigger:shopify Order", "action:slack Post", "condition:stripe Paid", "action:gmail Send"],
    ],
    [
      "the same trigger twice is one",
      ["trigger:shopify Order", "trigger:shopify order", "action:slack Post"],
      ["trigger:shopify Order", "action:slack Post"],
    ],
    [
      "a schedule can only start",
      ["action:schedule Every day", "action:slack Post"],
      ["trigger:schedule Every day", "action:slack Post"],
    ],
    [
      "a trailing condition guards the only action",
      ["trigger:shopify Order", "action:slack Post", "condition:- Over 100"],
      ["trigger:shopify Order", "condition:- Over 100", "action:slack Post"],
    ],
    [
      "a step with nothing in it is dropped",
      ["trigger:shopify Order", "action:null ", "action:slack Post"],
      ["trigger:shopify Order", "action:slack Post"],
    ],
    [
      "an unknown app that the user named leaves its step",
      ["trigger:shopify Order", "action:FooDesk Save it in FooDesk"],
      ["trigger:shopify Order", "action:- Save it in FooDesk"],
    ],
    ["a trigger alone", ["trigger:shopify Order"], ["trigger:shopify Order"]],
  ])("%s", (_, written, expected) => {
    expect(repaired(written)).toEqual(expected);
  });

  it("an everyday name is the connected app of its kind", () => {
    expect(repaired(["trigger:shopify Order", "action:calendar Add"], ["outlook calendar"])?.at(-1)).toMatch(
      /^action:\w*outlook_calendar Add$/,
    );
    expect(repaired(["trigger:shopify Order", "action:calendar Add"])?.at(-1)).toBe(
      "action:google_calendar Add",
    );
  });

  it("the explanation tells what became of it, and is written when there is none", () => {
    const explain = (steps: readonly string[], explanation: string | null) =>
      repairWorkflow({ workflow: { steps: steps.map(stepOf) }, explanation }, { description: user })
        ?.explanation;
    expect(explain(["trigger:shopify Order", "action:FooDesk Save"], "Saves.")).toBe(
      "Saves. I do not know the app “FooDesk”. Which app should it be?",
    );
    expect(
      explain(["trigger:shopify Order", "trigger:stripe Paid", "action:slack Post"], "Posts."),
    ).toContain("“Paid” became a condition");
    expect(explain(["trigger:shopify Order", "action:slack Post"], null)).toBe(
      "Starts (Shopify): “Order”. Does (Slack): “Post”.",
    );
  });
});

describe("what a model wrote is refused when a repair would be a guess", () => {
  it.each<[string, readonly string[]]>([
    ["no steps", []],
    ["no trigger", ["action:slack Post", "action:gmail Send"]],
    ["an app that is in no catalogue", ["trigger:shopify Order", "action:barchat Post"]],
    ["a trigger in no catalogue", ["trigger:shopmatic Order", "action:slack Post"]],
    ["an almost known app that the user did not name", ["trigger:shopify Order", "action:notiom Post"]],
    ["a step that only names an app", ["trigger:shopify Order", "action:slack "]],
    ["a condition and no action", ["trigger:shopify Order", "condition:- Over 100"]],
    [
      "a trailing condition after two actions",
      ["trigger:shopify Order", "action:slack Post", "action:gmail Send", "condition:- Over 100"],
    ],
    ["a trailing otherwise", ["trigger:shopify Order", "action:slack Post", "condition:- Otherwise"]],
    [
      "a second trigger at the end",
      ["trigger:shopify Order", "action:slack Post", "action:gmail Send", "trigger:stripe Paid"],
    ],
    ["a name of a thousand letters", ["trigger:shopify Order", `action:${"x".repeat(1000)} Post`]],
  ])("%s", (_, written) => {
    expect(repaired(written)).toBeUndefined();
  });
});

describe("the shape of a reply", () => {
  const steps = [{ type: "trigger", service: "shopify", description: "Order" }];

  it.each([
    [{ workflow: { steps }, explanation: "x" }],
    [{ workflow: steps, explanation: "x" }],
    [{ steps, explanation: "x" }],
    [{ steps }],
  ])("%j is read", (reply) => {
    expect(writtenWorkflowSchema().parse(reply).workflow.steps).toEqual(steps);
  });

  it.each([[null], ["text"], [{}], [{ workflow: {} }], [{ steps: "none" }], [{ workflow: { steps: [1] } }]])(
    "%j is refused",
    (reply) => {
      expect(writtenWorkflowSchema().safeParse(reply).success).toBe(false);
    },
  );
});

describe("through a gateway", () => {
  const ask = (reply: unknown) => {
    const provider = fakeProvider([{ text: JSON.stringify(reply) }]);
    const gateway = createAiGateway({
      provider,
      auditSink: memoryAuditSink(),
      logger: { info() {}, warn() {}, error() {} },
      retry: { maxRetries: 0 },
    });
    return gateway.workflow({ description: user });
  };

  it("a repaired reply is the model's", async () => {
    const reply = await ask({
      workflow: {
        steps: [
          { type: "action", service: "Slack", description: "Post it" },
          { type: "trigger", service: "SHOPIFY", description: "When an order arrives" },
        ],
      },
      explanation: "Posts orders.",
    });
    expect(reply).toMatchObject({
      workflow: {
        steps: [
          { type: "trigger", service: "shopify", description: "When an order arrives" },
          { type: "action", service: "slack", description: "Post it" },
        ],
      },
      explanation: "Posts orders.",
      metadata: { source: "model" },
    });
  });

  it.each([
    [{ workflow: { steps: [{ type: "action", service: "slack", description: "Post" }] }, explanation: "x" }],
    [
      {
        workflow: {
          steps: Array(51)
            .fill({ type: "trigger", service: "slack", description: "a" })
            .map((step, index) => ({ ...step, type: index === 0 ? "trigger" : "action" })),
        },
        explanation: "x",
      },
    ],
    [{ answer: 42 }],
  ])("what is refused is answered locally", async (written) => {
    const reply = await ask(written);
    expect(reply.metadata).toMatchObject({ source: "local", degraded: "invalid_output" });
    expect(reply.workflow.steps[0]).toMatchObject({ type: "trigger", service: "shopify" });
  });
});
