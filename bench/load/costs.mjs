// What a CPU profile says of each call: the CPU that was measured, shared out by where the samples fell.
import { readFileSync } from "node:fs";

const topFunctions = 40;
const notRunning = new Set(["(idle)", "(root)"]);

/** Where a function belongs: a folder of the core, another package, a module of Node. */
function areaOf({ url, functionName }) {
  if (functionName === "(garbage collector)") return "garbage collection";
  if (functionName === "(program)" || url === "") return "native code";
  if (url.startsWith("node:")) return url.replace(/^(node:(?:internal\/)?[^/]+).*/, "$1");
  const own = /packages\/([^/]+)\/dist\/(?:([^/]+)\/)?/.exec(url);
  if (own !== null) return own[1] === "core" ? `core/${own[2] ?? ""}` : own[1];
  return /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? url;
}

const placeOf = ({ url, functionName, lineNumber }) => {
  const file = url.replace(/^.*\/(?:packages|node_modules)\//, "").replace("/dist/", "/");
  return `${functionName || "(anonymous)"} ${file === "" ? "" : `${file}:${lineNumber + 1}`}`.trim();
};

/** Adds up time by name: of the function itself, and with what it calls (once, when it calls itself). */
function addUp({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, { ...node, selfMicros: 0 }]));
  samples.forEach((id, index) => {
    byId.get(id).selfMicros += timeDeltas[index];
  });
  const self = new Map();
  const whole = new Map();
  const areas = new Map();
  const add = (map, name, micros) => map.set(name, (map.get(name) ?? 0) + micros);
  let busyMicros = 0;
  const visit = (node, callers) => {
    if (notRunning.has(node.callFrame.functionName) && node.callFrame.functionName !== "(root)") return 0;
    const name = placeOf(node.callFrame);
    const isOutermost = !callers.has(name);
    if (isOutermost) callers.add(name);
    let micros = node.callFrame.functionName === "(root)" ? 0 : node.selfMicros;
    busyMicros += micros;
    add(self, name, micros);
    add(areas, areaOf(node.callFrame), micros);
    for (const id of node.children ?? []) micros += visit(byId.get(id), callers);
    if (isOutermost) {
      callers.delete(name);
      add(whole, name, micros);
    }
    return micros;
  };
  visit(byId.get(nodes[0].id), new Set());
  return { self, whole, areas, busyMicros };
}

/** Prints the areas, and the dearest functions by themselves and with what they call, in microseconds of CPU a call. */
export function printCosts(profilePath, { mode, client, itself }) {
  const { self, whole, areas, busyMicros } = addUp(JSON.parse(readFileSync(profilePath, "utf8")));
  const perCall = (itself.cpuSeconds * 1e6) / client.calls;
  const scaled = (micros) => (micros / busyMicros) * perCall;
  const table = (title, map, rows) => {
    const top = [...map].toSorted(([, a], [, b]) => b - a).slice(0, rows);
    console.log(`\n| ${mode}: ${title} | µs a call |\n|---|---|`);
    for (const [name, micros] of top) console.log(`| ${name} | ${scaled(micros).toFixed(1)} |`);
  };
  table("area", areas, 30);
  table("function itself", self, topFunctions);
  const ours = new Map([...whole].filter(([name]) => /\s(core|redis|express-adapter)\//.test(name)));
  table("our function with what it calls", ours, topFunctions);
}
