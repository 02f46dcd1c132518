import { invalidConfig } from "../errors/invalid-config.js";
import type { SearchDocument } from "./search-document.js";

const mostProblems = 50;

/** Throws `invalid_config` that names every mistake by the position of its document. */
export function checkDocuments(documents: readonly SearchDocument[]): void {
  if (!Array.isArray(documents)) throw invalidConfig("Search documents", ["documents: must be a list"]);
  const firstOf = new Map<unknown, number>();
  const problems = documents.flatMap((document: unknown, at) => {
    const found = problemsOf(document).map((problem) => `documents.${at}${problem}`);
    const id = propertyOf(document, "id");
    const first = firstOf.get(id);
    if (typeof id === "string" && first !== undefined) {
      found.push(`documents.${at}.id: is the same as that of documents.${first}`);
    }
    if (first === undefined) firstOf.set(id, at);
    return found;
  });
  if (problems.length === 0) return;
  const more = problems.length - mostProblems;
  const told = problems.slice(0, mostProblems);
  throw invalidConfig("Search documents", more > 0 ? [...told, `and ${more} more`] : told);
}

function problemsOf(document: unknown): string[] {
  if (typeof document !== "object" || document === null) return [": must be an object"];
  const [id, title, text] = ["id", "title", "text"].map((name) => propertyOf(document, name));
  const problems: string[] = [];
  if (typeof id !== "string" || id === "") problems.push(".id: must be a string that is not empty");
  if (title !== undefined && typeof title !== "string") problems.push(".title: must be a string");
  if (typeof text !== "string") problems.push(".text: must be a string");
  else if (text.trim() === "" && (typeof title !== "string" || title.trim() === "")) {
    problems.push(".text: must not be empty without a title");
  }
  return [...problems, ...accessProblems(document)];
}

/** What is wrong with the part of a document that says who may find it. */
export function accessProblems(document: unknown): string[] {
  const tenantId = propertyOf(document, "tenantId");
  const isTenant = tenantId === undefined || typeof tenantId === "string";
  return [
    ...(isTenant ? [] : [".tenantId: must be a string"]),
    ...listProblems(propertyOf(document, "access")),
  ];
}

function listProblems(access: unknown): string[] {
  if (access === undefined) return [];
  if (typeof access !== "object" || access === null || Array.isArray(access)) {
    return [".access: must be an object with users or roles"];
  }
  return ["users", "roles"].flatMap((name) => {
    const list = propertyOf(access, name);
    const isFine =
      list === undefined || (Array.isArray(list) && list.every((item) => typeof item === "string"));
    return isFine ? [] : [`.access.${name}: must be a list of strings`];
  });
}

const propertyOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
