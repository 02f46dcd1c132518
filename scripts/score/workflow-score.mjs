// How well the workflow compiler reads titles that people gave to real workflows. A line of the data is
// { description, trigger, services, mentioned }: what starts the workflow, every app in it, the apps that the title names.
//   npx tsx scripts/score/workflow-score.mjs <file.jsonl>        or with WORKFLOW_DATA=<file.jsonl>
import { readFileSync } from "node:fs";
import { isMain } from "../is-main.mjs";

/** @typedef {{ description: string, trigger: string, services: string[], mentioned: string[] }} Line */
/** @typedef {{ type: string, service?: string | undefined, description: string }} Step */
/** @typedef {(description: string) => { steps: readonly Step[] }} Compile */
/** @typedef {{ right: number, of: number }} Figure */
/** @typedef {"found" | "placed" | "trigger" | "well-formed"} FigureName */
/** @typedef {{ flags: FigureName[], line: Line, steps: readonly Step[] }} Failure */
/** @typedef {{ figures: Record<FigureName, Figure>, failures: Failure[], p95Milliseconds: number }} Score */

/** What a workflow can start with, or do, without an app; the data names no such services. */
const BUILT_IN = new Set(["schedule", "webhook", "form", "manual", "email", "http", "delay", "sms", "rss"]);

/** `google_sheets` and `googleSheets` are one id; our `forms` is the data's `form`. @param {string} id */
function normalised(id) {
  const key = id.toLowerCase().replace(/[^a-z0-9]/g, "");
  return key === "forms" ? "form" : key;
}

/** @param {readonly Step[]} steps @param {(id: string) => boolean} isService */
function isWellFormed(steps, isService) {
  const triggers = steps.filter(({ type }) => type === "trigger");
  return (
    triggers.length === 1 &&
    steps[0]?.type === "trigger" &&
    steps.every(
      ({ service, description }) =>
        description.trim() !== "" && (service === undefined || isService(service)),
    )
  );
}

/** @param {Line} line @param {readonly Step[]} steps */
function judge(line, steps) {
  const named = new Set(steps.flatMap(({ service }) => (service === undefined ? [] : [normalised(service)])));
  const real = new Set([...line.services, line.trigger].map(normalised));
  const mentioned = line.mentioned.map(normalised);
  const apps = [...named].filter((id) => !BUILT_IN.has(id));
  const trigger = steps[0]?.service;
  return {
    found: { right: mentioned.filter((id) => named.has(id)).length, of: mentioned.length },
    placed: { right: apps.filter((id) => real.has(id)).length, of: apps.length },
    trigger: {
      right: trigger !== undefined && normalised(trigger) === normalised(line.trigger) ? 1 : 0,
      of: 1,
    },
  };
}

/**
 * @param {{ lines: Line[], compile: Compile, isService: (id: string) => boolean }} options
 * @returns {Score}
 */
export function scoreWorkflow({ lines, compile, isService }) {
  /** @type {Score["figures"]} */
  const figures = {
    found: { right: 0, of: 0 },
    placed: { right: 0, of: 0 },
    trigger: { right: 0, of: 0 },
    "well-formed": { right: 0, of: 0 },
  };
  /** @type {Failure[]} */
  const failures = [];
  /** @type {number[]} */
  const times = [];
  // A first pass, so that the times are those of a server that runs.
  for (const { description } of lines) compile(description);
  for (const line of lines) {
    const started = performance.now();
    const { steps } = compile(line.description);
    times.push(performance.now() - started);
    const wellFormed = { right: isWellFormed(steps, isService) ? 1 : 0, of: 1 };
    /** @type {FigureName[]} */
    const flags = [];
    const judged = { ...judge(line, steps), "well-formed": wellFormed };
    for (const [key, { right, of }] of Object.entries(judged)) {
      const name = /** @type {FigureName} */ (key);
      figures[name].right += right;
      figures[name].of += of;
      if (right < of) flags.push(name);
    }
    if (flags.length > 0) failures.push({ flags, line, steps });
  }
  times.sort((left, right) => left - right);
  return { figures, failures, p95Milliseconds: times[Math.floor(times.length * 0.95)] ?? 0 };
}

/** @param {string} path one JSON value on each line @returns {Line[]} */
export const readLines = (path) =>
  readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));

/** @param {Score} score */
export function tellScore({ figures, failures, p95Milliseconds }) {
  const told = Object.entries(figures).map(
    ([name, { right, of }]) =>
      `${name}: ${right} of ${of} (${of === 0 ? "-" : ((100 * right) / of).toFixed(1)} %)`,
  );
  const failed = failures.map(({ flags, line, steps }) => {
    const ours = steps.map(({ type, service }) => `${type}:${service ?? "?"}`).join(" ");
    return `[${flags.join(", ")}] ${line.description}\n    is ${line.trigger} | ${line.services.join(" ")}; ours ${ours}`;
  });
  return [...failed, ...told, `p95: ${p95Milliseconds.toFixed(2)} ms`].join("\n");
}

if (isMain(import.meta.url)) {
  const path = process.argv[2] ?? process.env["WORKFLOW_DATA"];
  if (path === undefined) throw new Error("Name the data: workflow-score.mjs <file.jsonl>");
  const source = new URL("../../packages/core/src/tasks/", import.meta.url);
  const { compileWorkflow } = await import(new URL("workflow/compile-workflow.ts", source).href);
  const { builtInNames } = await import(new URL("services/built-in-names.ts", source).href);
  const isService = (/** @type {string} */ id) => builtInNames.byId(id) !== undefined;
  console.log(tellScore(scoreWorkflow({ lines: readLines(path), compile: compileWorkflow, isService })));
}
