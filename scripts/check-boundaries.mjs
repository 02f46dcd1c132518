// The architecture's rules that a linter does not know: who imports whom, and how big a file or function may grow.
// Usage: node scripts/check-boundaries.mjs [folder]
import { resolve } from "node:path";
import * as importRules from "./boundaries/import-rules.mjs";
import { readProject } from "./boundaries/read-sources.mjs";
import * as sizeRules from "./boundaries/size-rules.mjs";

const root = resolve(process.argv[2] ?? ".");
const project = readProject(root);
const rules = [...Object.values(importRules), ...Object.values(sizeRules)];
const violations = rules
  .flatMap((rule) => rule(project))
  .sort((a, b) => a.path.localeCompare(b.path) || a.line - b.line);

for (const { path, line, rule, detail } of violations) {
  console.error(`${path}:${line} ${rule}${detail === "" ? "" : ` (${detail})`}`);
}
console.log(
  `check-boundaries: ${project.units.length} files, ${rules.length} rules, ${violations.length} violations`,
);
if (violations.length > 0) process.exitCode = 1;
