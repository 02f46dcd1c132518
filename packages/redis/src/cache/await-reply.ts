import { redisScript } from "../connection/redis-script.js";

/**
 * What became of a flight that somebody waits for.
 *
 * KEYS: the entry, the lock, whether somebody waits, what waiters are handed. ARGV: who leads it.
 *
 * Answers `landed` and its reply (empty: it failed), `hit` and the entry, `gone` when the leader has lost the lead, or
 * `wait`.
 */
export const awaitReply = redisScript(`
local leader, reply = unpack(redis.call('HMGET', KEYS[4], 'leader', 'reply'))
if leader == ARGV[1] then return { 'landed', reply } end
local entry = redis.call('GET', KEYS[1])
if entry then return { 'hit', entry } end
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return { 'gone', '' } end
return { 'wait', '' }
`);
