import { expect, it } from "vitest";
import { isGatewayError } from "../../errors/gateway-error.js";
import { patternOutputGuard } from "./pattern-output-guard.js";

const detect = () => [];
const mode = 'must be "off", "observe" or "enforce"';
const host = 'must be a host, such as "example.com" or "*.example.com"';
const length = "maxCharacters: must be a whole number, 1 or more";

/** What is wrong with options that TypeScript would not let pass. */
function problemsOf(options: unknown): readonly string[] {
  try {
    patternOutputGuard(options as never);
  } catch (error) {
    if (isGatewayError(error, "invalid_config")) return error.details.problems;
    throw error;
  }
  return [];
}

it.each<[string, unknown, readonly string[]]>([
  [
    "hosts that are none",
    { allowedLinks: ["https://CANARY.example", "docs.example.com", "*", "docs.example/path", 7] },
    [
      `allowedLinks.0: ${host}`,
      `allowedLinks.2: ${host}`,
      `allowedLinks.3: ${host}`,
      expect.stringMatching(/^allowedLinks\.4: /),
    ],
  ],
  ["a host alone", { allowedLinks: "CANARY" }, ["allowedLinks: must be a list of hosts"]],
  ["a length of nothing", { maxCharacters: 0 }, [length]],
  ["a length with a fraction", { maxCharacters: 1.5 }, [length]],
  [
    "modes that are none",
    { links: "on", sensitiveValues: true },
    [`links: ${mode}`, `sensitiveValues: ${mode}`],
  ],
  [
    "functions that are none",
    { detect: "CANARY", findUnwanted: /CANARY/ },
    ["detect: must be a function", "findUnwanted: must be a function"],
  ],
  [
    "what is no option",
    { allowedHosts: ["CANARY"] },
    ["allowedHosts: there is no such option; check its spelling"],
  ],
  ["no object", "CANARY", ["options: must be an object"]],
  [
    "values to replace that nothing finds",
    { sensitiveValues: "enforce" },
    ["detect: is missing; pass your masker's"],
  ],
])("refuses %s, and names no value", (_, options, expected) => {
  const problems = problemsOf(options);
  expect(problems).toEqual(expected);
  expect(problems.join()).not.toContain("CANARY");
});

it("takes what is right, also when an option is undefined", () => {
  for (const options of [
    undefined,
    {},
    { detect: undefined, allowedLinks: [] },
    { sensitiveValues: "observe" },
    { sensitiveValues: "enforce", links: "off", detect, maxCharacters: 1 },
  ])
    expect(problemsOf(options)).toEqual([]);
});
