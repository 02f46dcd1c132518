import { createHash } from "node:crypto";

/** A Lua script: it runs as one, nothing comes in between. */
export interface RedisScript {
  readonly text: string;
  /** Its name on the server once it was run there. */
  readonly sha: string;
}

/** Names a script, of Redis 6.2 and newer. Every key that it uses must be among its `KEYS`: Redis Cluster needs that. */
export function redisScript(text: string): RedisScript {
  return { text, sha: createHash("sha1").update(text).digest("hex") };
}
