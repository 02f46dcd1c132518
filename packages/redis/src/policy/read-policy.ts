import { redisScript } from "../connection/redis-script.js";

/** The document in force, as it was published. KEYS: the policy. */
export const readPolicy = redisScript(`return redis.call('HGET', KEYS[1], 'document')`);
