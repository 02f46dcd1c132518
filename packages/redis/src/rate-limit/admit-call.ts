import { luaNow } from "../connection/lua-now.js";
import { redisScript } from "../connection/redis-script.js";
import { luaSlidingLog } from "./lua-sliding-log.js";

/**
 * Counts a call in all of its limits at once, or in none when one is in the way.
 *
 * KEYS: one of each limit: a sliding log of requests or of tokens, or the running calls by the end of their lease.
 * ARGV: time, the call, length of its lease, then of each limit: kind, limit, window.
 *
 * Answers 1 and what each limit has counted now; or 0, which limit is full longest, from 1, and how long that is.
 * Tokens are asked for later, when the call needs them.
 */
export const admitCall = redisScript(`${luaNow}${luaSlidingLog}
local call, lease = ARGV[2], tonumber(ARGV[3])
local logs, counted = {}, {}
local fullest, longest = 0, 0
for index, key in ipairs(KEYS) do
  local kind, limit, window = ARGV[1 + 3 * index], tonumber(ARGV[2 + 3 * index]), tonumber(ARGV[3 + 3 * index])
  local wait = 0
  if kind == 'concurrent' then
    redis.call('ZREMRANGEBYSCORE', key, '-inf', now)
    counted[index] = redis.call('ZCARD', key)
    if counted[index] >= limit then wait = 1000 end
  else
    logs[index], counted[index] = readLog(key, window)
    if kind == 'requests' then wait = waitFor(logs[index], counted[index] + 1 - limit, window) end
  end
  if wait > longest then fullest, longest = index, wait end
end
if fullest > 0 then return { 0, fullest, longest } end
for index, key in ipairs(KEYS) do
  local kind, window = ARGV[1 + 3 * index], tonumber(ARGV[3 + 3 * index])
  if kind == 'concurrent' then
    redis.call('ZADD', key, now + lease, call)
    redis.call('PEXPIRE', key, math.ceil(lease) + 60000)
    counted[index] = counted[index] + 1
  elseif kind == 'requests' then
    addTo(logs[index], 1, window)
    writeLog(key, logs[index], window)
    counted[index] = counted[index] + 1
  end
end
return { 1, unpack(counted) }
`);
