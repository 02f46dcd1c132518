// How long a file and a function may be, and how many parameters a function may take.
import ts from "typescript";
import { lineOf } from "./read-sources.mjs";

/**
 * @typedef {import("./read-sources.mjs").Project} Project
 * @typedef {import("./read-sources.mjs").SourceUnit} SourceUnit
 * @typedef {import("./import-rules.mjs").Violation} Violation
 */

const MAX_FILE_LINES = 300;
const MAX_FUNCTION_LINES = 60;
const MAX_PARAMETERS = 3;

/** @param {Project} project @returns {Violation[]} */
export function shortFiles(project) {
  return project.units.flatMap((unit) => {
    const lines = unit.text.replace(/\n$/, "").split("\n").length;
    if (lines <= MAX_FILE_LINES) return [];
    const rule = `short-files: at most ${MAX_FILE_LINES} lines`;
    return [{ path: unit.path, line: MAX_FILE_LINES + 1, rule, detail: `${lines} lines` }];
  });
}

/** @param {ts.Node} node @returns {node is ts.FunctionLikeDeclaration} */
const isFunction = (node) => ts.isFunctionLike(node) && "body" in node && node.body !== undefined;

/** A table of cases names its columns as parameters. @param {ts.Node} node @returns {boolean} */
function isTestOfTable(node) {
  const call = node.parent;
  return ts.isCallExpression(call) && /^(it|test)\.(each|for)\b/.test(call.expression.getText());
}

/** The callback of `describe` is a list of tests. @param {ts.Node} node @returns {boolean} */
function isTestGroup(node) {
  const call = node.parent;
  return ts.isCallExpression(call) && /^describe\b/.test(call.expression.getText());
}

/** Express tells error middleware by its four parameters. @param {ts.FunctionLikeDeclaration} node @returns {boolean} */
function isErrorMiddleware(node) {
  return node.parameters.length === 4 && /^_?next$/.test(node.parameters[3]?.name.getText() ?? "");
}

/** @param {SourceUnit} unit @param {ts.FunctionLikeDeclaration} node @returns {Violation[]} */
function judgeFunction(unit, node) {
  const line = lineOf(unit.tree, node);
  const lines = unit.tree.getLineAndCharacterOfPosition(node.getEnd()).line + 2 - line;
  /** @type {Violation[]} */
  const found = [];
  /** @param {string} rule @param {string} detail */
  const add = (rule, detail) => found.push({ path: unit.path, line, rule, detail });
  if (lines > MAX_FUNCTION_LINES && !isTestGroup(node)) {
    add(`short-functions: at most ${MAX_FUNCTION_LINES} lines`, `${lines} lines`);
  }
  if (node.parameters.length > MAX_PARAMETERS && !isErrorMiddleware(node) && !isTestOfTable(node)) {
    add(`few-parameters: at most ${MAX_PARAMETERS}, take an object`, `${node.parameters.length} parameters`);
  }
  return found;
}

/** @param {Project} project @returns {Violation[]} */
export function smallFunctions(project) {
  return project.units.flatMap((unit) => {
    /** @type {Violation[]} */
    const found = [];
    /** @param {ts.Node} node */
    const visit = (node) => {
      if (isFunction(node)) found.push(...judgeFunction(unit, node));
      ts.forEachChild(node, visit);
    };
    visit(unit.tree);
    return found;
  });
}
