import { redisScript } from "../connection/redis-script.js";

/**
 * Looks for a reply; when there is none, takes the lead in making it, or says who has it. A key of another type holds
 * no reply: it is deleted.
 *
 * KEYS: the entry, the lock, whether somebody waits. ARGV: who asks, how long the lead is held.
 *
 * Answers `hit` and the entry, `lead`, `wait` and who leads; then 1 when something was deleted.
 */
export const findReply = redisScript(`
local entry = redis.pcall('GET', KEYS[1])
local deleted = 0
if type(entry) == 'table' then
  redis.call('DEL', KEYS[1])
  entry, deleted = false, 1
end
if entry then return { 'hit', entry, deleted } end
if redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) then return { 'lead', '', deleted } end
redis.call('SET', KEYS[3], '1', 'PX', ARGV[2])
return { 'wait', redis.call('GET', KEYS[2]), deleted }
`);
