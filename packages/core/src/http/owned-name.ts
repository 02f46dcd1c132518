import type { Caller } from "../pipeline/task-call.js";

/** Longest id that names something; longer ones are no names. */
const maxIdLength = 200;

/** Shortest id that names something of somebody unknown: whoever has the id has what it names. */
const minSecretLength = 16;

/**
 * The name of something that belongs to a caller and a task: a stream in a store, a conversation of the masker. A JSON
 * list, so no part can run into its neighbour: another tenant, user, task or id is another name.
 *
 * Nothing for an id that names nothing: one that is empty or too long, and, for a caller without `userId`, one that is
 * too short to be a secret.
 */
export function ownedName(owner: {
  readonly caller: Caller | undefined;
  readonly task: string;
  readonly id: string;
}): string | undefined {
  const { caller, task, id } = owner;
  const tenantId = caller?.tenantId ?? null;
  const userId = caller?.userId ?? null;
  const isKnown = userId !== null && userId !== "";
  if (id.length < (isKnown ? 1 : minSecretLength) || id.length > maxIdLength) return undefined;
  return JSON.stringify([tenantId, userId, task, id]);
}
