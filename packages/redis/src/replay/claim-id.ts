import { luaNow } from "../connection/lua-now.js";
import { redisScript } from "../connection/redis-script.js";

/**
 * Claims an id for a while: 1 when it was free. The key holds when that ends.
 *
 * KEYS: the id's. ARGV: time, length of the claim in milliseconds.
 */
export const claimId = redisScript(`${luaNow}
local endsAt = tonumber(redis.call('GET', KEYS[1]) or '0')
if endsAt > now then return 0 end
redis.call('SET', KEYS[1], now + ARGV[2], 'PX', ARGV[2])
return 1
`);
