import type { Caller } from "../pipeline/task-call.js";

/** Longest id that names a stream; longer ones are not kept. */
const maxIdLength = 200;

/** Shortest id that names a stream of somebody unknown: whoever has the id has the stream. */
const minSecretLength = 16;

/**
 * The name of a caller's stream in a store. A JSON list, so no part can run into its neighbour: another tenant, user,
 * task or id is another name.
 *
 * Nothing for an id that names no stream: one that is empty or too long, and, for a caller without `userId`, one that is
 * too short to be a secret.
 */
export function streamName(owner: {
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
