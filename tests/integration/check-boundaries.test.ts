import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const script = fileURLToPath(new URL("../../scripts/check-boundaries.mjs", import.meta.url));
const core = "packages/core/src";

const manifest = (name: string): string =>
  JSON.stringify({ name, exports: { ".": { "@levqor/source": "./src/index.ts" } } });

/** A tree that keeps every rule, in the places where a rule could be too strict. */
const good: Record<string, string> = {
  "packages/core/package.json": manifest("@levqor/core"),
  "packages/react-hooks/package.json": manifest("@levqor/react-hooks"),
  [`${core}/index.ts`]: 'export { memoryBudget } from "./budget/memory-budget.js";',
  [`${core}/create-ai-gateway.ts`]:
    'import { memoryBudget } from "./budget/memory-budget.js"; memoryBudget();',
  [`${core}/budget/memory-budget.ts`]: 'import "./memory-ledger.js"; export function memoryBudget() {}',
  [`${core}/budget/memory-ledger.ts`]: "export const ledger = 1;",
  [`${core}/cache/cache.ts`]: 'import type { memoryBudget } from "../budget/memory-budget.js";',
  [`${core}/cache/cache.test.ts`]: 'import "../budget/memory-budget.js"; // openai',
  [`${core}/provider/openai-provider.ts`]: "export const openai = 1;",
  [`${core}/client/thread.ts`]: 'import "./store.js"; import type { Budget } from "../budget/budget.js";',
  [`${core}/client/store.ts`]:
    "export const store = (err: 1, req: 1, res: 1, next: 1) => [err, req, res, next];",
  "packages/react-hooks/src/index.ts": 'import "@levqor/core";',
};

/** One violation each; the value is the line the check must print. */
const bad: [rule: string, path: string, text: string][] = [
  ["no-cycle", `${core}/pipeline/a.ts`, 'import "../define-task.js";'],
  ["no-export-star", `${core}/route/router.ts`, 'export * from "./attempt.js";'],
  ["index-only-at-entry", `${core}/budget/index.ts`, "export {};"],
  ["defaults-only-in-wiring", `${core}/pipeline/run.ts`, 'import "../budget/memory-budget.js";'],
  ["vendor-only-in-provider", `${core}/route/router.ts`, "// as OpenAI does"],
  ["vendor-only-in-provider", `${core}/output/reader.ts`, "// as Anthropic does"],
  ["concern-imports-concern", `${core}/cache/cache.ts`, 'import "../mask/masker.js";'],
  ["concern-imports-concern", `${core}/route/router.ts`, 'const p = import("../provider/provider.js");'],
  ["client-stands-alone", `${core}/client/thread.ts`, 'import { z } from "zod";'],
  ["public-entries-only", "packages/react-hooks/src/hook.ts", 'import "@levqor/core/src/clock.js";'],
  ["public-entries-only", "packages/react-hooks/src/hook.ts", 'import "../../core/src/index.js";'],
  ["short-files", `${core}/long.ts`, "\n".repeat(301)],
  ["short-functions", `${core}/long.ts`, `function f() {${"\n".repeat(60)}}`],
  ["few-parameters", `${core}/wide.ts`, "const f = (a: 1, b: 1, c: 1, d: 1) => [a, b, c, d];"],
];

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "levqor-boundaries-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function check(files: Record<string, string>): { status: number | null; errors: string } {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const result = spawnSync(process.execPath, [script, root], { encoding: "utf8" });
  return { status: result.status, errors: result.stderr.trim() };
}

describe("check-boundaries", () => {
  it("accepts a tree that keeps the rules", () => {
    expect(check(good)).toEqual({ status: 0, errors: "" });
  });

  it.each(bad)("reports %s in %s", (rule, path, text) => {
    const supporting = {
      [`${core}/define-task.ts`]: rule === "no-cycle" ? 'import "./pipeline/a.js";' : "",
      [`${core}/mask/masker.ts`]: "",
      [`${core}/provider/provider.ts`]: "",
      [`${core}/route/attempt.ts`]: "",
    };
    const { status, errors } = check({ ...good, ...supporting, [path]: text });
    expect(status).toBe(1);
    expect(errors.split("\n")).toHaveLength(1);
    expect(errors).toMatch(new RegExp(`:\\d+ ${rule}: `));
    if (rule !== "no-cycle") expect(errors).toContain(`${path}:`);
  });
});
