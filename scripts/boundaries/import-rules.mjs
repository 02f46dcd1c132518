// Who may import whom. Each rule gives the places that break it.
import { basename, posix } from "node:path";
import { publicEntries } from "./read-sources.mjs";

/**
 * @typedef {import("./read-sources.mjs").Project} Project
 * @typedef {import("./read-sources.mjs").SourceUnit} SourceUnit
 * @typedef {import("./read-sources.mjs").Import} Import
 * @typedef {{ path: string, line: number, rule: string, detail: string }} Violation
 */

const CONCERNS = new Set([
  "validate",
  "kill-switch",
  "authorize",
  "rate-limit",
  "sanitize",
  "mask",
  "cache",
  "budget",
  "route",
  "output",
  "audit",
  "telemetry",
]);

/** How the file of an embedded default (an implementation that ships with the core) is named. */
const EMBEDDED_DEFAULT =
  /^(memory|static|task-rule|control-character|pattern|target|schema|console|ndjson|semantic)-[^/]*\.ts$/;

const WIRING = new Set(["create-ai-gateway.ts", "gateway-options.ts"]);

/** What the tasks know of the services that users connect, model vendors among them, and what models cost. */
const SERVICE_DATA = ["tasks/services/catalogue/", "tasks/debug/rules/", "budget/price-data.ts"];
const CORE = "packages/core/src/";

/** @param {string} inner @returns {string} the first folder below src, "" for a file directly in it */
const folderOf = (inner) => (inner.includes("/") ? inner.slice(0, inner.indexOf("/")) : "");

/** @param {string | undefined} target @returns {string | undefined} the path below core's src */
const inCore = (target) => (target?.startsWith(CORE) ? target.slice(CORE.length) : undefined);

/** @param {SourceUnit} unit @returns {boolean} a file of the core that the concern rules bind */
const isBoundCore = (unit) => unit.package === "core" && !unit.isTest && folderOf(unit.inner) !== "testing";

/** @param {SourceUnit} unit @param {Import} each @param {string} rule @returns {Violation} */
const at = (unit, each, rule) => ({ path: unit.path, line: each.line, rule, detail: each.specifier });

/**
 * @param {Project} project @param {(unit: SourceUnit, each: Import) => string | undefined} judge
 * @returns {Violation[]}
 */
function judgeImports(project, judge) {
  return project.units.flatMap((unit) =>
    unit.imports.flatMap((each) => {
      const rule = judge(unit, each);
      return rule === undefined ? [] : [at(unit, each, rule)];
    }),
  );
}

/** @param {Project} project */
export const noExportStar = (project) =>
  judgeImports(project, (unit, each) =>
    unit.package !== "" && each.isStar ? "no-export-star: write the public names out" : undefined,
  );

/** @param {Project} project */
export const defaultsOnlyInWiring = (project) =>
  judgeImports(project, (unit, each) => {
    const target = inCore(each.target);
    if (target === undefined || !each.isValue || unit.isTest || !isEmbeddedDefault(target)) return undefined;
    if (!isBoundCore(unit) || WIRING.has(unit.inner) || folderOf(unit.inner) === "node") return undefined;
    if (each.isReExport && isPublicEntry(project, unit)) return undefined;
    const isOwnPart = isEmbeddedDefault(unit.inner) && posix.dirname(unit.inner) === posix.dirname(target);
    return isOwnPart ? undefined : "defaults-only-in-wiring: only the wiring imports an embedded default";
  });

/** @param {string} inner @returns {boolean} */
function isEmbeddedDefault(inner) {
  const folder = folderOf(inner);
  return (
    EMBEDDED_DEFAULT.test(basename(inner)) && folder !== "client" && folder !== "http" && folder !== "testing"
  );
}

/** @param {Project} project @param {SourceUnit} unit @returns {boolean} */
function isPublicEntry(project, unit) {
  const manifest = project.manifests.get(unit.package);
  return manifest !== undefined && [...publicEntries(manifest).values()].includes(`src/${unit.inner}`);
}

/** @param {Project} project */
export const concernsStandAlone = (project) =>
  judgeImports(project, (unit, each) => {
    const target = inCore(each.target);
    if (target === undefined || !each.isValue || !isBoundCore(unit)) return undefined;
    const [from, to] = [folderOf(unit.inner), folderOf(target)];
    if (!CONCERNS.has(from) || from === to || !(CONCERNS.has(to) || to === "provider")) return undefined;
    return "concern-imports-concern: a concern imports another one's types only";
  });

/** @param {Project} project */
export const clientStandsAlone = (project) =>
  judgeImports(project, (unit, each) => {
    if (!isBoundCore(unit) || folderOf(unit.inner) !== "client" || !each.isValue) return undefined;
    const target = inCore(each.target);
    if (target !== undefined && folderOf(target) === "client") return undefined;
    return "client-stands-alone: code for browsers takes values from client/ only";
  });

/** @param {Project} project */
export const packagesMeetAtEntries = (project) => {
  const entries = new Set(
    [...project.manifests.values()].flatMap((manifest) => [...publicEntries(manifest).keys()]),
  );
  return judgeImports(project, (unit, each) => {
    if (unit.package === "" || (unit.package === "core" && !each.specifier.startsWith("@levqor/")))
      return undefined;
    const path = posix.join(posix.dirname(unit.path), each.specifier);
    const leaves = each.specifier.startsWith(".") && !path.startsWith(`packages/${unit.package}/src/`);
    const deep = each.specifier.startsWith("@levqor/") && !entries.has(each.specifier);
    return leaves || deep ? "public-entries-only: a package is reached through its exports" : undefined;
  });
};

/** @param {Project} project @returns {Violation[]} */
export function noCycle(project) {
  const byPath = new Map(project.units.map((unit) => [unit.path, unit]));
  /** @type {Map<string, "open" | "done">} */
  const state = new Map();
  /** @type {Violation[]} */
  const violations = [];
  /** @param {SourceUnit} unit @param {readonly string[]} trail */
  const visit = (unit, trail) => {
    state.set(unit.path, "open");
    for (const each of unit.imports) {
      const next = each.isValue && each.target !== undefined ? byPath.get(each.target) : undefined;
      if (next === undefined) continue;
      if (state.get(next.path) === "open") {
        const cycle = [...trail.slice(trail.indexOf(next.path)), next.path]
          .map((path) => basename(path))
          .join(" → ");
        violations.push({
          ...at(unit, each, "no-cycle: files that import each other's values"),
          detail: cycle,
        });
      }
      if (!state.has(next.path)) visit(next, [...trail, next.path]);
    }
    state.set(unit.path, "done");
  };
  for (const unit of project.units) if (!state.has(unit.path)) visit(unit, [unit.path]);
  return violations;
}

/** @param {Project} project @returns {Violation[]} */
export function indexOnlyAtEntries(project) {
  const isStray = (/** @type {SourceUnit} */ unit) =>
    unit.package !== "" && /^index\.tsx?$/.test(basename(unit.path)) && !isPublicEntry(project, unit);
  const rule = "index-only-at-entry: name a file after what it holds";
  return project.units.filter(isStray).map((unit) => ({ path: unit.path, line: 1, rule, detail: "" }));
}

/** @param {Project} project @returns {Violation[]} */
export function vendorOnlyInProvider(project) {
  const allowed = new Set(["provider", "node"]);
  const isBound = (/** @type {SourceUnit} */ unit) =>
    isBoundCore(unit) &&
    !allowed.has(folderOf(unit.inner)) &&
    !SERVICE_DATA.some((path) => unit.inner.startsWith(path));
  const rule = "vendor-only-in-provider: the core names no vendor";
  return project.units
    .filter(isBound)
    .flatMap((unit) =>
      unit.text
        .split("\n")
        .flatMap((text, index) =>
          /openai|anthropic/i.test(text)
            ? [{ path: unit.path, line: index + 1, rule, detail: text.trim().slice(0, 80) }]
            : [],
        ),
    );
}
