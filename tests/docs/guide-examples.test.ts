import { fork } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { stepNames } from "@levqor/core";
import { beforeAll, describe, expect, it } from "vitest";
import { readGatewayEnvironment } from "../../packages/core/src/node/gateway-environment.js";
import { checkExamples } from "./check-examples.js";
import { readExamples } from "./read-examples.js";
import type { ExampleRun } from "./run-examples.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Below node_modules, so that the examples find the packages and git does not see them. */
const folder = join(root, "node_modules/.docs-examples");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const guides = readdirSync(join(root, "docs/guide")).map((name) => `docs/guide/${name}`);
const readmes = readdirSync(join(root, "packages"))
  .map((name) => `packages/${name}/README.md`)
  .filter((path) => existsSync(join(root, path)));
const pages = ["README.md", ...guides, ...readmes];
const examples = pages.flatMap((page) => readExamples(page, read(page)));
const fileOf = ({ fileName }: { readonly fileName: string }) => join(folder, fileName);

function runAll(files: readonly string[]): Promise<{ code: number | null; runs: ExampleRun[]; log: string }> {
  // A key of the developer's own must not make an example call a model.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(AI_|OPENAI_)/.test(name)),
  );
  const child = fork(fileURLToPath(new URL("run-examples.ts", import.meta.url)), files, {
    execArgv: ["--conditions", "@levqor/source", "--import", "tsx"],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    timeout: 60_000,
    env,
  });
  const runs: ExampleRun[] = [];
  let log = "";
  child.stderr?.on("data", (chunk) => {
    log += chunk;
  });
  child.on("message", (run: ExampleRun) => runs.push(run));
  return new Promise((resolve, reject) => {
    child.on("error", reject).on("exit", (code) => resolve({ code, runs, log }));
  });
}

describe("examples of the documentation", () => {
  let outcome: Awaited<ReturnType<typeof runAll>>;
  let mistakes: ReturnType<typeof checkExamples>;

  beforeAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    for (const example of examples) writeFileSync(fileOf(example), example.source);
    const running = runAll(examples.filter(({ runs }) => runs).map(fileOf)); // beside the type check, which blocks
    mistakes = checkExamples(root, examples.map(fileOf));
    outcome = await running;
  }, 120_000);

  for (const example of examples) {
    const place = `${example.page}:${example.line}`;
    it(`${place} type-checks`, () => expect(mistakes.get(fileOf(example))).toEqual([]));
    if (!example.runs) continue;
    it(`${place} runs${example.prints === undefined ? "" : " and prints what the page says"}`, () => {
      const run = outcome.runs.find(({ file }) => file === fileOf(example));
      expect(run, `it did not end\n${outcome.log}`).toBeDefined();
      expect(run?.error).toBeUndefined();
      expect(run?.printed, "an example shows something").not.toBe("");
      if (example.prints !== undefined) expect(run?.printed.trimEnd()).toBe(example.prints);
    });
  }

  it("leave nothing running", () => expect(outcome.code, outcome.log).toBe(0));
});

describe("the guide", () => {
  it("has a page with an example for every step of the pipeline", () => {
    const topics = new Set([...stepNames.map((name) => name.split(".")[0]), "provider", "telemetry"]);
    for (const topic of topics) {
      const page = `docs/guide/${topic}.md`;
      expect(examples.filter((example) => example.page === page).length, page).toBeGreaterThan(0);
    }
  });

  it("names every environment variable with its default", () => {
    const rows = read("docs/guide/configuration.md").split("\n");
    const environment = readGatewayEnvironment({});
    const names = [
      ...read("packages/core/src/node/gateway-environment.ts").matchAll(/^ {2}([A-Z][A-Z_]+):/gm),
    ];
    expect(names.length).toBeGreaterThan(10);
    for (const name of names.map((match) => match[1] ?? "")) {
      const [, , byDefault] = rows.find((row) => row.startsWith(`| \`${name}\``))?.split("|") ?? [];
      const value: unknown = Reflect.get(environment, name);
      if (value === undefined) expect(byDefault, name).toMatch(/none|own/);
      else expect(byDefault?.trim(), name).toBe(`\`${value}\``);
    }
  });

  it("names every option of the gateway", () => {
    const page = read("docs/guide/configuration.md");
    const options = /export interface AiGatewayOptions (.+?)\n}/s.exec(
      read("packages/core/src/gateway-options.ts"),
    )?.[1];
    const names = [...(options ?? "").matchAll(/^ {2}readonly (\w+)\?:/gm)].map((match) => match[1]);
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) expect(page).toContain(`\`${name}\``);
  });
});

describe("links", () => {
  const decisions = readdirSync(join(root, "docs/decisions")).map((name) => `docs/decisions/${name}`);
  for (const page of [...pages, ...decisions, "ARCHITECTURE.md", "CONTRIBUTING.md", "llms.txt"]) {
    it(`${page} links to files that exist`, () => {
      const targets = [...read(page).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map((match) => match[1] ?? "");
      const local = targets.filter((target) => !/^[a-z]+:/.test(target));
      const missing = local.filter((target) => !existsSync(join(root, dirname(page), target)));
      expect(missing).toEqual([]);
    });
  }
});
