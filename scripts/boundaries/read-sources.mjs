// Reads the source files below a root and what the rules need to know of each.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, posix } from "node:path";
import ts from "typescript";

/**
 * @typedef {object} Import
 * @property {string} specifier as written
 * @property {number} line
 * @property {boolean} isValue false for `import type` and `export type … from`, which leave nothing in the output
 * @property {boolean} isReExport
 * @property {boolean} isStar `export * from`
 * @property {string | undefined} target path of the source file it leads to, when that is one of ours
 *
 * @typedef {object} SourceUnit
 * @property {string} path from the root, with slashes
 * @property {string} package the folder's name below packages, or "" outside of it
 * @property {string} inner the path below the package's src
 * @property {boolean} isTest
 * @property {string} text
 * @property {ts.SourceFile} tree
 * @property {Import[]} imports
 *
 * @typedef {object} Manifest
 * @property {string} name
 * @property {Record<string, string | Record<string, unknown>>} [exports]
 *
 * @typedef {object} Project
 * @property {SourceUnit[]} units
 * @property {Map<string, Manifest>} manifests package.json of each package, by folder name
 */

const CONDITION = "@levqor/source";
const SKIPPED = new Set(["node_modules", "dist", ".tsc", "fixtures"]);

/** @param {string} root @param {string} folder @returns {string[]} */
function sourcePaths(root, folder) {
  const absolute = join(root, folder);
  if (!existsSync(absolute)) return [];
  return readdirSync(absolute, { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : sourcePaths(root, path);
    return /\.(tsx?|mjs)$/.test(entry.name) && !entry.name.endsWith(".d.ts") ? [path] : [];
  });
}

/** @param {Manifest} manifest @returns {Map<string, string>} source file of each public entry, by specifier */
export function publicEntries(manifest) {
  /** @type {Map<string, string>} */
  const entries = new Map();
  for (const [key, value] of Object.entries(manifest.exports ?? {})) {
    const source = typeof value === "string" ? value : value[CONDITION];
    if (typeof source === "string") entries.set(posix.join(manifest.name, key), posix.normalize(source));
  }
  return entries;
}

/**
 * @param {ts.SourceFile} tree
 * @returns {{ specifier: string, node: ts.Node, isValue: boolean, isReExport: boolean, isStar: boolean }[]}
 */
function importNodes(tree) {
  /** @type {ReturnType<typeof importNodes>} */
  const found = [];
  /** @param {ts.Node} node */
  const visit = (node) => {
    const isExport = ts.isExportDeclaration(node);
    if (
      (isExport || ts.isImportDeclaration(node)) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      const isValue = isExport
        ? !node.isTypeOnly
        : node.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword;
      const isStar = isExport && (node.exportClause === undefined || ts.isNamespaceExport(node.exportClause));
      found.push({ specifier: node.moduleSpecifier.text, node, isValue, isReExport: isExport, isStar });
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      if (argument !== undefined && ts.isStringLiteralLike(argument)) {
        found.push({ specifier: argument.text, node, isValue: true, isReExport: false, isStar: false });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** @param {string} root @param {string} path @returns {SourceUnit} */
function readUnit(root, path) {
  const text = readFileSync(join(root, path), "utf8");
  const [, name = "", inner = ""] = /^packages\/([^/]+)\/src\/(.+)$/.exec(path) ?? [];
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const imports = importNodes(tree).map(({ node, ...rest }) => ({
    ...rest,
    line: lineOf(tree, node),
    target: undefined,
  }));
  const isTest = /\.test(-d|-support)?\.tsx?$/.test(basename(path)) || path.startsWith("tests/");
  return { path, package: name, inner, isTest, text, tree, imports };
}

/** @param {ts.SourceFile} tree @param {ts.Node} node @returns {number} */
export function lineOf(tree, node) {
  return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
}

/** @param {SourceUnit} unit @param {string} specifier @param {Map<string, string>} entries @returns {string[]} */
function candidates(unit, specifier, entries) {
  const entry = entries.get(specifier);
  if (entry !== undefined) return [entry];
  if (!specifier.startsWith(".")) return [];
  const path = posix.join(posix.dirname(unit.path), specifier);
  return [path, path.replace(/\.js$/, ".ts"), path.replace(/\.jsx?$/, ".tsx")];
}

/** @param {string} root @returns {Project} */
export function readProject(root) {
  const folders = ["packages", "examples", "scripts", "tests"];
  const paths = folders.flatMap((folder) => sourcePaths(root, folder));
  const units = paths.map((path) => readUnit(root, path));
  /** @type {Map<string, Manifest>} */
  const manifests = new Map();
  /** @type {Map<string, string>} */
  const entries = new Map();
  const packages = join(root, "packages");
  for (const name of existsSync(packages) ? readdirSync(packages) : []) {
    const file = join(packages, name, "package.json");
    if (!existsSync(file)) continue;
    const manifest = /** @type {Manifest} */ (JSON.parse(readFileSync(file, "utf8")));
    manifests.set(name, manifest);
    for (const [specifier, source] of publicEntries(manifest))
      entries.set(specifier, `packages/${name}/${source}`);
  }
  const known = new Set(paths);
  for (const unit of units) {
    for (const each of unit.imports) {
      each.target = candidates(unit, each.specifier, entries).find((path) => known.has(path));
    }
  }
  return { units, manifests };
}
