import type { Deadline } from "./deadline.js";
import type { PostgresClient, PostgresPool } from "./postgres-pool.js";

/** A connection of the pool. One that comes too late goes straight back. */
export async function borrowClient(pool: PostgresPool, deadline: Deadline): Promise<PostgresClient> {
  surviveIdleErrors(pool);
  const connecting = pool.connect();
  try {
    const client = await deadline.race(connecting);
    surviveErrors(client);
    return client;
  } catch (error) {
    connecting.then((client) => client.release()).catch(() => {});
    throw error;
  }
}

const guarded = new WeakSet<PostgresPool | PostgresClient>();

/** A connection that breaks emits an error beside the rejection; unheard, that would end the process. */
function surviveErrors(client: PostgresClient): void {
  if (guarded.has(client)) return;
  guarded.add(client);
  client.on("error", () => {});
}

/** The same for connections that wait in the pool, and for new ones: they may break before we have them. */
function surviveIdleErrors(pool: PostgresPool): void {
  if (guarded.has(pool)) return;
  guarded.add(pool);
  pool.on?.("error", () => {});
  pool.on?.("connect", surviveErrors);
}
