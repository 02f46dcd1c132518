import { redisScript } from "../connection/redis-script.js";

/**
 * Ends a flight: keeps its reply, hands it to those who wait and gives the lead back, unless somebody else has it by
 * now.
 *
 * KEYS: the entry, the lock, whether somebody waits, what waiters are handed. ARGV: who led, what is kept (empty:
 * nothing), for how long, what waiters are handed (empty: nothing), for how long, channel.
 */
export const landReply = redisScript(`
if ARGV[2] ~= '' then redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[2])
if redis.call('DEL', KEYS[3]) == 1 then
  redis.call('HSET', KEYS[4], 'leader', ARGV[1], 'reply', ARGV[4])
  redis.call('PEXPIRE', KEYS[4], ARGV[5])
  redis.call('PUBLISH', ARGV[6], ARGV[1])
end
return 1
`);
