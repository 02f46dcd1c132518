import type { Caller } from "../pipeline/task-call.js";
import type { SearchDocument } from "./search-document.js";

/** Who may find a document: the part of it that decides. */
export type AccessRuleOfDocument = Pick<SearchDocument, "tenantId" | "access">;

/** Whether the caller may know that the document exists. A document with a list is closed to everyone else. */
export function maySee({ tenantId, access }: AccessRuleOfDocument, caller: Caller | undefined): boolean {
  if (tenantId !== undefined && tenantId !== caller?.tenantId) return false;
  if (access === undefined) return true;
  const { userId, roles = [] } = caller ?? {};
  if (userId !== undefined && access.users?.includes(userId) === true) return true;
  return roles.some((role) => access.roles?.includes(role) === true);
}

/** The same for documents that the same callers may find. */
export function accessKeyOf({ tenantId, access }: AccessRuleOfDocument): string {
  const lists = access && [[...(access.users ?? [])].sort(), [...(access.roles ?? [])].sort()];
  return JSON.stringify([tenantId ?? null, lists ?? null]);
}
