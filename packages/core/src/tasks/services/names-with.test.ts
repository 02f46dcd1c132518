import { describe, expect, it } from "vitest";
import { isGatewayError } from "../../errors/gateway-error.js";
import { builtInNames } from "./built-in-names.js";
import { findServices } from "./find-services.js";
import { namesWith } from "./names-with.js";
import { scanText } from "./scan-text.js";
import type { ServiceDefinition } from "./service-definition.js";

const acme: ServiceDefinition = { id: "acme_crm", name: "Acme CRM", aliases: ["acme"], category: "crm" };
const beacon: ServiceDefinition = {
  id: "beacon",
  name: "Beacon",
  everydayNames: ["Beacon"],
  category: "monitoring",
};
const named = (text: string, ...services: readonly ServiceDefinition[]) =>
  findServices(scanText(text), namesWith(services, "Test")).map(({ service }) => service.id);

describe("an own service", () => {
  it.each([
    ["add it to Acme CRM", ["acme_crm"]],
    ["add it to ACME-CRM and to slack", ["acme_crm", "slack"]],
    ["add it to acme", ["acme_crm"]],
    ["Acme's deals", ["acme_crm"]],
    ["two Acmes", ["acme_crm"]],
    ["the acme_crm deals", ["acme_crm"]],
    ["add it to acme crn", ["acme_crm"]],
    ["add it to AcmeCMR", ["acme_crm"]],
    ["add it to acm crm", ["acme_crm"]],
    ["a CRM at its acme point", ["acme_crm"]],
    ["the crm of another maker", []],
  ])("is found in: %s", (text, ids) => {
    expect(named(text, acme)).toEqual(ids);
  });

  it("is found by a name of more words than any built-in service has", () => {
    const long = { id: "acme_lake", name: "The Big Acme Ops Data Cloud", category: "databases" } as const;
    expect(named("save it in the big acme ops data cloud now", long)).toEqual(["acme_lake"]);
  });

  it("is found where a name of another one begins alike", () => {
    const sign = { id: "acme_sign", name: "Acme Sign", category: "signature" } as const;
    expect(named("sign in Acme Sign, then tell Acme", acme, sign)).toEqual(["acme_sign", "acme_crm"]);
  });

  it.each([
    ["look for alerts in Beacon", ["beacon"]],
    ["a beacon lights up", []],
    ["tell the deacon and the bacon shop", []],
  ])("with an everyday name is only found where it is meant: %s", (text, ids) => {
    expect(named(text, beacon)).toEqual(ids);
  });

  it("with an everyday name is meant before what happens in it", () => {
    const text = "New Beacon Alarms to Slack";
    expect(named(text, { ...beacon, starts: ["alarm"] })).toEqual(["beacon", "slack"]);
    expect(named(text, beacon)).toEqual(["slack"]);
    expect(named("New Beacon Incidents to Slack", { ...beacon, starts: ["alarm"] })).toEqual([
      "beacon",
      "slack",
    ]);
  });

  it("is unknown to everybody else", () => {
    expect(named("add it to Acme CRM", acme)).toEqual(["acme_crm"]);
    expect(named("add it to Acme CRM")).toEqual([]);
    expect(builtInNames.byId("acme_crm")).toBeUndefined();
    expect(namesWith([], "Test")).toBe(builtInNames);
  });

  it("can do what its category does, unless it says otherwise", () => {
    expect(namesWith([acme], "Test").byId("acme_crm")).toMatchObject({
      starts: ["lead", "contact", "deal", "company"],
      does: ["create", "update", "search", "get"],
    });
    const quiet = { ...acme, starts: [], does: [" Create "] };
    expect(namesWith([quiet], "Test").byId("acme_crm")).toMatchObject({ starts: [], does: ["create"] });
  });
});

describe("an own service with the id of a built-in one", () => {
  const chat: ServiceDefinition = { id: "slack", name: "Acme Talk", category: "chat" };

  it("replaces it, with its names", () => {
    const names = namesWith([chat], "Test");
    expect(names.byId("slack")?.name).toBe("Acme Talk");
    expect(names.services.filter(({ id }) => id === "slack")).toHaveLength(1);
    expect(names.services).toHaveLength(builtInNames.services.length);
    expect(named("tell it in Acme Talk and the slack workspace", chat)).toEqual(["slack", "slack"]);
    expect(names.byLabel("slack workspace")).toBeUndefined();
    expect(builtInNames.byLabel("slack workspace")?.id).toBe("slack");
  });

  it("may take over its names", () => {
    const names = namesWith([{ ...chat, aliases: ["slack workspace"] }], "Test");
    expect(names.byLabel("slack workspace")?.name).toBe("Acme Talk");
  });

  it("leaves the everyday words among them everyday words", () => {
    const mail: ServiceDefinition = { id: "email", name: "Acme Mail", aliases: ["mail"], category: "email" };
    expect(named("email me when a mail comes", mail)).toEqual([]);
    expect(named("send it with Acme Mail", mail)).toEqual(["email"]);
  });
});

describe("mistakes", () => {
  const problemsOf = (services: unknown): readonly string[] => {
    try {
      // What a product without types may pass.
      namesWith(services as readonly ServiceDefinition[], "Test");
    } catch (error) {
      return isGatewayError(error, "invalid_config") ? error.details.problems : [String(error)];
    }
    return [];
  };
  const idShape = "use lower case with underscores, a letter first";

  it.each<[string, unknown, readonly (string | RegExp)[]]>([
    ["no list", "acme", ["services: must be a list of services"]],
    ["no object", [null, acme], ["services.0: must be an object"]],
    ["a missing field", [{ id: "acme_crm", name: "Acme" }], ["services.0.category: must be a text"]],
    ["a title as id", [{ ...acme, id: "Acme CRM" }], [`services.0.id: ${idShape}`]],
    ["a digit first", [{ ...acme, id: "1_acme" }], [`services.0.id: ${idShape}`]],
    ["an empty id", [{ ...acme, id: "" }], ["services.0.id: is empty"]],
    ["an empty name", [{ ...acme, name: " " }], ["services.0.name: is empty"]],
    [
      "a name of one letter",
      [{ ...acme, aliases: ["a", "x!"] }],
      [
        "services.0.aliases.0: use at least two letters or digits",
        "services.0.aliases.1: use at least two letters or digits",
      ],
    ],
    [
      "a name without end",
      [{ ...acme, name: "x".repeat(81) }],
      ["services.0.name: use at most 80 characters"],
    ],
    [
      "an unknown category",
      [{ ...acme, category: "constructor" }],
      [/^services\.0\.category: use one of accounting, .*crm, /],
    ],
    [
      "an unknown field",
      [{ ...acme, alias: "acme" }],
      ["services.0.alias: there is no such option; check its spelling"],
    ],
    ["an empty event", [{ ...acme, starts: [""] }], ["services.0.starts.0: is empty"]],
    ["an id given twice", [acme, { ...acme, name: "Other" }], ["services.1.id: another service has this id"]],
    [
      "a name of another own one",
      [acme, { id: "acme_two", name: "Acme two", aliases: ["ACME"], category: "crm" }],
      ["services.1.aliases.0: services.0 goes by this name; choose another"],
    ],
    [
      "the plural of another's name",
      [{ ...acme, aliases: ["slacks"] }],
      [
        "services.0.aliases.0: the built-in service slack goes by this name; choose another, or replace it by its id",
      ],
    ],
    [
      "an everyday name of a built-in one",
      [{ ...acme, everydayNames: ["Drive"] }],
      [
        "services.0.everydayNames.0: the built-in service google_drive goes by this name; choose another, or replace it by its id",
      ],
    ],
    [
      "an id that is another's alias",
      [{ ...acme, id: "gsheet" }],
      [
        "services.0.id: the built-in service google_sheets goes by this name; choose another, or replace it by its id",
      ],
    ],
    [
      "every mistake at once",
      [
        { id: "Acme", name: "", category: "x" },
        { ...acme, aliases: ["slack"] },
        { ...acme, name: "Acme again" },
      ],
      [
        `services.0.id: ${idShape}`,
        "services.0.name: is empty",
        /^services\.0\.category: use one of/,
        "services.2.id: another service has this id",
        "services.1.aliases.0: the built-in service slack goes by this name; choose another, or replace it by its id",
      ],
    ],
  ])("are refused: %s", (_, services, problems) => {
    expect(problemsOf(services)).toEqual(
      problems.map((problem) => (typeof problem === "string" ? problem : expect.stringMatching(problem))),
    );
  });

  it.each<[string, unknown]>([
    ["names of its own twice", [{ ...acme, aliases: ["acme crm", "Acme", "acmes"] }]],
    [
      "a name of a service that is replaced",
      [
        { id: "slack", name: "Acme Talk", category: "chat" },
        { ...acme, aliases: ["slack channel"] },
      ],
    ],
    ["words of any language", [{ ...acme, name: "Акме", aliases: ["アクメ"] }]],
  ])("are not: %s", (_, services) => {
    expect(problemsOf(services)).toEqual([]);
  });
});
