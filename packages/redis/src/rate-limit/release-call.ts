import { luaNow } from "../connection/lua-now.js";
import { redisScript } from "../connection/redis-script.js";
import { luaSlidingLog } from "./lua-sliding-log.js";

/**
 * Ends a call: gives its places back and corrects its tokens. Running it twice is running it once.
 *
 * KEYS: the call's mark of being over, the running calls of each limit, the token logs, then marks that nobody will ask
 * for any more. ARGV: time, the call, how long the mark is kept, how many keys hold running calls, how many are logs,
 * corrections as JSON: `log` (from 1), `window`, `amount`, and for tokens to take back the `entry` that they are part of.
 */
export const releaseCall = redisScript(`${luaNow}${luaSlidingLog}
local places, logs = tonumber(ARGV[4]), tonumber(ARGV[5])
for index = 2 + places + logs, #KEYS do redis.call('DEL', KEYS[index]) end
for index = 1, places do redis.call('ZREM', KEYS[1 + index], ARGV[2]) end
local corrections = cjson.decode(ARGV[6])
if #corrections == 0 then return 1 end
if not redis.call('SET', KEYS[1], '1', 'NX', 'PX', ARGV[3]) then return 0 end
for _, correction in ipairs(corrections) do
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
