// The gateway beside its peers: `npm run bench -- [--rounds 7] [--quick] [--only calls,levqor] [--out docs/benchmarks.md]`,
// after `npm run build`. How it measures, and how to read it: bench/README.md.
import { existsSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { installPeers } from "./lib/install-peers.mjs";
import { versionsOf } from "./lib/installed-versions.mjs";

const { values: given } = parseArgs({
  options: {
    rounds: { type: "string" },
    quick: { type: "boolean", default: false },
    only: { type: "string" },
    out: { type: "string" },
  },
});
const only = given.only?.split(",").map((name) => name.trim());
const rounds = Number(given.rounds ?? (given.quick ? 3 : 7));
const log = (line) => console.error(line);

if (!existsSync(new URL("../packages/core/dist/index.js", import.meta.url))) {
  throw new Error("There is nothing to measure yet: npm run build");
}
installPeers();
const suites = await Promise.all(
  ["calls", "servers", "masking", "memory", "start-up"].map(async (name) => ({
    name,
    ...(await import(`./suites/${name}.mjs`)),
  })),
);

/** Names after `--only` are of suites and of contenders; where none of a kind is named, all of it is meant. */
const isWanted = (name, all) => !all.some((each) => only?.includes(each)) || only.includes(name);
const suiteNames = suites.map(({ name }) => name);

const loadBefore = loadavg()[0];
const begun = new Date();
const sections = [];
for (const suite of suites) {
  if (!isWanted(suite.name, suiteNames)) continue;
  const all = Object.keys(suite.contenders);
  const names = all.filter((name) => name === suite.baseline || isWanted(name, all));
  log(`\n${suite.title}`);
  sections.push(`## ${suite.title}`, ...(await suite.run({ names, rounds, quick: given.quick, log })));
}

const command = ["npm run bench", ...(process.argv.length > 2 ? ["--"] : []), ...process.argv.slice(2)].join(
  " ",
);
const isBusy = loadBefore > 1;
const head = `# Benchmarks

Levqor with every step on, beside its peers. How this is measured and how to read it:
[bench/README.md](../bench/README.md). This page is what \`${command}\` printed on ${begun.toISOString().slice(0, 10)}.

Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, everything on one machine; load average
${loadBefore.toFixed(1)} before, ${loadavg()[0].toFixed(1)} after.${isBusy ? " **Other programs were running**: latencies and absolute figures are too high, ratios are rough." : ""}

${versionsOf()}`;
const report = `${[head, ...sections].join("\n\n")}\n`;
if (given.out === undefined) console.log(report);
else writeFileSync(given.out, report);
