import { luaNow } from "../connection/lua-now.js";
import { redisScript } from "../connection/redis-script.js";
import { luaStreamList } from "./enter-stream.js";

/** Renews the leases of streams that run. KEYS: the list. ARGV: time, length of the lease, streams. */
export const renewLeases = redisScript(`${luaNow}${luaStreamList}
for index = 3, #ARGV do redis.call('ZADD', KEYS[1], 'XX', running + now + ARGV[2], ARGV[index]) end
return 1
`);

/** Notes that a stream is over. KEYS: the list. ARGV: time, stream, for how long it is kept; 0 takes it off the list. */
export const leaveList = redisScript(`${luaNow}
if ARGV[3] == '0' then return redis.call('ZREM', KEYS[1], ARGV[2]) end
return redis.call('ZADD', KEYS[1], 'XX', now + ARGV[3], ARGV[2])
`);
