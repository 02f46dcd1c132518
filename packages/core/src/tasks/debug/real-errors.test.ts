import { describe, expect, it } from "vitest";
import { builtInNames } from "../services/built-in-names.js";
import { debugAnswer } from "./debug-answer.js";
import { debugCase } from "./debug-case.js";
import { debugRules } from "./debug-rules.js";
import type { DebugInput } from "./debug-schema.js";
import { findRules } from "./find-rules.js";
import { generalErrors } from "./fixtures/general-errors.js";
import { type ErrorCase, serviceErrors } from "./fixtures/service-errors.js";
import { serviceHosts } from "./service-hosts.js";
import { serviceTells } from "./service-tells.js";

/** Advice that can't stand beside each other: what does not pass by itself, and to wait for it. */
const contradictions: readonly (readonly [RegExp, RegExp])[] = [
  [/waiting does not help|does not help: repeating/, /Retry-After|Wait |growing pauses/],
  [
    /Repeat it after some minutes|asks to try later/,
    /does not exist at this mail server|mailbox is full|takes the mail for spam/,
  ],
  [/was declined/, /prepaid balance|higher plan/],
  [/more memory/, /not clear/],
];

const advice = (input: DebugInput) => debugAnswer(input);
const plain = (text: string) =>
  text
    .replace(/\{\w+\}/gu, "")
    .slice(0, 25)
    .trim();

function check(input: DebugInput, ruleId: string): void {
  const [first] = findRules(debugCase(input));
  expect(first?.id).toBe(ruleId);
  const { summary, probable_causes, steps_to_fix, prevention } = advice(input);
  expect(summary).toContain(first?.finding.split("{")[0]);
  const cause = first?.causes[0] ?? "";
  if (!cause.startsWith("{")) expect(probable_causes[0]).toContain(plain(cause.split("{")[0] ?? ""));
  for (const list of [probable_causes, steps_to_fix, prevention])
    expect(new Set(list).size).toBe(list.length);
  expect(probable_causes.length).toBeLessThanOrEqual(4);
  expect(steps_to_fix.length).toBeLessThanOrEqual(5);
  expect(prevention.length).toBeLessThanOrEqual(3);
  const text = JSON.stringify([summary, probable_causes, steps_to_fix, prevention]);
  expect(text).not.toMatch(/\{(?:service|endpoint|status|failure)\}/u);
  for (const [one, other] of contradictions) expect(one.test(text) && other.test(text), text).toBe(false);
}

const rows = (table: Readonly<Record<string, readonly ErrorCase[]>>) =>
  Object.entries(table).flatMap(([key, cases]) =>
    cases.map(([message, status, ruleId]) => ({ key, message, status, ruleId })),
  );

describe("errors of services", () => {
  const all = rows(serviceErrors);

  it.each(all)("$key: $message", ({ key, message, status, ruleId }) => {
    const context = { service: key, endpoint: "/v1/things", http_status: status };
    check({ error_type: "error", message, context }, ruleId);
    const { summary } = advice({ error_type: "error", message, context });
    expect(summary).toContain("`/v1/things`");
    if (status !== undefined) expect(summary).toContain(`HTTP ${status}`);
  });

  it("know at least a hundred of them", () => expect(all.length).toBeGreaterThan(100));
});

describe("errors of no service in particular", () => {
  it.each(rows(generalErrors))("$key: $message", ({ key, message, status, ruleId }) => {
    check({ error_type: key, message, context: { http_status: status } }, ruleId);
  });
});

describe("the rules", () => {
  it("name services of the catalogue, or a maker of several", () => {
    const makers = ["google", "microsoft"];
    const named = [
      ...debugRules.flatMap(({ services = [] }) => services),
      ...Object.values(serviceHosts),
      ...serviceTells.map(([, id]) => id),
    ];
    const unknown = named.filter((id) => !makers.includes(id) && builtInNames.byId(id) === undefined);
    expect(unknown).toEqual([]);
  });

  it("each name what they hold for, and no two have the same phrase, service and status", () => {
    const seen = debugRules.flatMap(({ id, services = [""], status = [0], phrases = [""] }) =>
      services.flatMap((service) =>
        status.flatMap((code) => phrases.map((phrase) => ({ id, key: `${service}|${code}|${phrase}` }))),
      ),
    );
    const twice = seen.filter(({ key }, index) => seen.findIndex((other) => other.key === key) !== index);
    expect(twice).toEqual([]);
  });
});
