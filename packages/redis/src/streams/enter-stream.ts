import { luaNow } from "../connection/lua-now.js";
import { redisScript } from "../connection/redis-script.js";

/**
 * The list of all streams is a sorted set: those that are over by when they are forgotten, those that run by the end of
 * their lease and after all others, so the ones to give way are in front.
 */
export const luaStreamList = `
local running = 1e14
local function forgetExpired()
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
  redis.call('ZREMRANGEBYSCORE', KEYS[1], running, running + now)
end
`;

/**
 * Makes room for one more stream in the list.
 *
 * KEYS: the list. ARGV: time, stream, most streams, length of the lease.
 *
 * Answers 1 and the stream that has to give way, one that is over; 0 when all of them run.
 */
export const enterStream = redisScript(`${luaNow}${luaStreamList}
forgetExpired()
local evicted = ''
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then
  local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
  if tonumber(first[2]) >= running then return { 0, '' } end
  evicted = first[1]
  redis.call('ZREM', KEYS[1], evicted)
end
redis.call('ZADD', KEYS[1], running + now + ARGV[4], ARGV[2])
return { 1, evicted }
`);
