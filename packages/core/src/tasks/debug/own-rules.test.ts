import { describe, expect, it } from "vitest";
import { localContext } from "../../testing/local-context.js";
import { problemsOf } from "../../testing/problems-of.js";
import type { ServiceDefinition } from "../services/service-definition.js";
import type { DebugRule } from "./debug-rule.js";
import type { DebugInput, DebugOutput } from "./debug-schema.js";
import { debugTask } from "./debug-task.js";

const context = localContext();
const quota: DebugRule = {
  id: "acme-quota",
  services: ["acme_crm"],
  phrases: ["ACME-4017"],
  finding: "the Acme contract allows no more contacts",
  causes: ["All contacts of the contract are used"],
  fixes: ["Widen the contract before {endpoint} is called again"],
  prevention: ["Alert at 80 % of the contacts"],
};
const error: DebugInput = {
  error_type: "AcmeError",
  message: "acme 4017: refused",
  context: { service: "Acme CRM", endpoint: "/contacts", http_status: 403 },
};

async function answer(rules: readonly DebugRule[], input: DebugInput): Promise<DebugOutput> {
  const { local } = debugTask({ rules });
  if (local === undefined) throw new Error("no local answer");
  return (await local(input, context)) as DebugOutput;
}

describe("a product's own rule", () => {
  it("stands in front of the built-in ones and is filled in", async () => {
    const { summary, probable_causes, steps_to_fix } = await answer([quota], error);
    expect(summary).toBe(
      "Acme CRM answered HTTP 403 at `/contacts` (AcmeError): the Acme contract allows no more contacts.",
    );
    expect(probable_causes[0]).toBe("All contacts of the contract are used");
    expect(steps_to_fix[0]).toBe("Widen the contract before `/contacts` is called again");
  });

  it("silences them when it says all there is to say", async () => {
    expect((await answer([{ ...quota, reach: "alone" }], error)).probable_causes).toEqual(quota.causes);
  });

  it("is not silenced by a built-in one that says all", async () => {
    const rule: DebugRule = { ...quota, services: undefined, phrases: ["heap"] };
    const { summary, probable_causes } = await answer([rule], {
      error_type: "x",
      message: "heap out of memory",
    });
    expect(summary).toContain("the Acme contract");
    expect(probable_causes.join()).toContain("held in memory");
  });

  it("is not used for other errors", async () => {
    const other = { ...error, context: { ...error.context, service: "slack" } };
    expect(JSON.stringify(await answer([quota], other))).not.toContain("contract");
  });

  it("is told to a model, and changes the version of the task", async () => {
    const task = debugTask({ rules: [quota] });
    const { messages } = await task.prompt(error, context);
    expect(JSON.stringify(messages)).toContain("the Acme contract allows no more contacts");
    const plain = await debugTask().prompt(error, context);
    expect(JSON.stringify(plain.messages)).not.toContain("Known:");
    expect(task.version).not.toBe(debugTask().version);
  });
});

describe("a product's own service", () => {
  const services: readonly ServiceDefinition[] = [
    { id: "acme_crm", name: "Acme CRM", aliases: ["acme"], category: "crm" },
  ];
  const explained = async (input: DebugInput) =>
    (await debugTask({ rules: [quota], services }).local?.(input, context)) as DebugOutput;

  it.each<[string, DebugInput]>([
    ["the message", { error_type: "error", message: "Acme CRM refused it: acme 4017" }],
    ["the type", { error_type: "AcmeError", message: "refused: acme-4017" }],
    ["an alias in the context", { ...error, context: { service: "acme" } }],
    ["the host", { error_type: "error", message: "acme-4017 at https://api.acme.com/v1/contacts" }],
  ])("is named by %s, and its rules hold", async (_, input) => {
    expect((await explained(input)).summary).toMatch(/Acme CRM.*the Acme contract allows no more contacts/);
  });

  it("is known to the prompt", async () => {
    const input = { error_type: "error", message: "Acme CRM refused it: acme 4017" };
    const { messages } = await debugTask({ rules: [quota], services }).prompt(input, context);
    expect(JSON.stringify(messages)).toContain("Known: the Acme contract");
  });

  it("changes the version of the task, and is checked", () => {
    expect(debugTask({ services }).version).not.toBe(debugTask().version);
    expect(debugTask({ services, rules: [quota] }).version).not.toBe(debugTask({ rules: [quota] }).version);
    expect(() => debugTask({ services: [...services, ...services] })).toThrow(
      "Debug task: services.1.id: another service has this id",
    );
  });
});

it.each<[string, readonly DebugRule[], readonly RegExp[]]>([
  ["no condition", [{ ...quota, services: undefined, phrases: undefined }], [/^rules\.0: say when it holds/]],
  [
    "empty lists",
    [{ ...quota, causes: [], phrases: [] }],
    [/rules\.0\.(?:phrases|causes)/, /rules\.0\.(?:phrases|causes)/],
  ],
  ["a wrong status", [{ ...quota, status: [42] }], [/^rules\.0\.status\.0: must be whole numbers/]],
  ["an unknown placeholder", [{ ...quota, fixes: ["Ask {owner}"] }], [/^rules\.0\.fixes\.0: in braces only/]],
  [
    "a phrase of punctuation",
    [{ ...quota, phrases: ["!?"] }],
    [/^rules\.0\.phrases\.0: has no letter or digit/],
  ],
  ["a service's title", [{ ...quota, services: ["Acme CRM"] }], [/^rules\.0\.services\.0: use lower case/]],
  ["one id twice", [quota, quota], [/^rules\.1\.id: another rule has this id/]],
])("refuses rules with %s", (_, rules, problems) => {
  expect(problemsOf(() => debugTask({ rules }))).toEqual(
    problems.map((problem) => expect.stringMatching(problem)),
  );
});

it.each([
  ["one long word", "x".repeat(5000)],
  ["emoji", "🙂".repeat(2500)],
  ["another language", "сервер не отвечает ".repeat(260)],
  ["brackets", "[{(".repeat(1600)],
  ["addresses", "https://a.example.com:443/".repeat(190)],
  ["dots", "a.".repeat(2500)],
])("answers a message of 5,000 characters of %s in time", async (_, message) => {
  const begin = performance.now();
  const { summary } = await answer([], { error_type: "Error", message });
  expect(performance.now() - begin).toBeLessThan(500); // quadratic time would take seconds
  expect(summary.length).toBeLessThan(700);
});
