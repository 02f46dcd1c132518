import { spawnSync } from "node:child_process";
import { figuresTable } from "../lib/figures-table.mjs";
import { measuredRounds } from "../lib/measured-rounds.mjs";

export const title = "Import";
export const contenders = {
  "@levqor/core": "@levqor/core",
  "@levqor/core/openai": "@levqor/core/openai",
  "openai SDK": "openai",
  "AI SDK": "ai",
  "LangChain.js": "@langchain/openai",
};

const folder = new URL("../", import.meta.url);
const timed = `
  const begun = performance.now();
  const cpu = process.cpuUsage();
  await import(process.argv[1]);
  const { user, system } = process.cpuUsage(cpu);
  console.log(JSON.stringify({ cpu: user + system, wall: 1000 * (performance.now() - begun) }));`;
/** Prints the packages of which a script was loaded: the debugger hears of each. */
const packages = `
  import { Session } from "node:inspector";
  const session = new Session();
  const loaded = new Set();
  session.connect();
  session.on("Debugger.scriptParsed", ({ params: { url } }) => loaded.add(/.*node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1]));
  session.post("Debugger.enable");
  await import(process.argv[1]);
  console.log(JSON.stringify([...loaded].filter(Boolean)));`;

function inNewProcess(script, module) {
  const args = ["--input-type=module", "--eval", script, module];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr.slice(0, 500));
  return JSON.parse(stdout);
}

/** How long an import takes in a new process, with the files in the system's cache; and what the core's loads. */
export async function run({ names, rounds, log }) {
  log(names.join(", "));
  const measure = async (name) => inNewProcess(timed, contenders[name]);
  await measuredRounds(names, { rounds: 1, measure }); // files come into the cache
  const figures = await measuredRounds(names, { rounds: 2 * rounds, measure });
  const columns = [
    { title: "CPU ms", of: "cpu", per: 1000 },
    { title: "ms", of: "wall", per: 1000 },
  ];
  const loaded = inNewProcess(packages, "@levqor/core");
  return [
    figuresTable(figures, { columns }),
    `\`@levqor/core\` loads ${loaded.join(", ") || "no other package"}; \`openai\` ${loaded.includes("openai") ? "too" : "not before a provider is made"}.`,
  ];
}
