import { redisScript } from "../connection/redis-script.js";

/** Gives a name to a stream, whosever it was. KEYS: the name. ARGV: stream, for how long. */
export const takeName = redisScript(`return redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])`);

/** Keeps a name for longer, if it is still the stream's. KEYS: the name. ARGV: stream, for how long. */
export const keepName = redisScript(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
`);

/** Which stream has a name. KEYS: the name. */
export const findName = redisScript(`return redis.call('GET', KEYS[1])`);
