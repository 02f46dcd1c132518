import { luaNow } from "../connection/lua-now.js";
import { redisScript } from "../connection/redis-script.js";
import { luaSlidingLog } from "./lua-sliding-log.js";

/**
 * Ends a call: gives its places back and corrects its tokens. Running it twice is running it once.
 *
 * KEYS: the call's mark of being over, then the running calls of each limit, then the token logs. ARGV: time, the call,
 * how long the mark is kept, how many keys hold running calls, corrections as JSON: `log` (from 1), `window`, `amount`,
 * and for tokens to take back the `entry` that they are part of.
 */
export const releaseCall = redisScript(`${luaNow}${luaSlidingLog}
if not redis.call('SET', KEYS[1], '1', 'NX', 'PX', ARGV[3]) then return 0 end
local places = tonumber(ARGV[4])
for index = 1, places do redis.call('ZREM', KEYS[1 + index], ARGV[2]) end
for _, correction in ipairs(cjson.decode(ARGV[5])) do
  local key = KEYS[1 + places + correction.log]
  local log = readLog(key, correction.window)
  if not correction.entry then addTo(log, correction.amount, correction.window) end
  for _, entry in ipairs(log) do
    if entry[1] == correction.entry then entry[3] = math.max(0, entry[3] - correction.amount) end
  end
  writeLog(key, log, correction.window)
end
return 1
`);
