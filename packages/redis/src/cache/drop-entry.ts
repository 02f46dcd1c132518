import { redisScript } from "../connection/redis-script.js";

/** Deletes an entry that must not be served, unless it was replaced meanwhile. KEYS: the entry. ARGV: what it held. */
export const dropEntry = redisScript(`
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
`);
