import { redisScript } from "../connection/redis-script.js";

/**
 * Puts a document in force when its version is the next one, and says so on a channel. Running it twice is running it
 * once.
 *
 * KEYS: the policy. ARGV: version, document, name of this publication, channel. Answers with the version in force before
 * this, 0 for none.
 */
export const publishPolicy = redisScript(`
local current, name = unpack(redis.call('HMGET', KEYS[1], 'version', 'publication'))
if name == ARGV[3] then return ARGV[1] - 1 end
current = tonumber(current or '0')
if current + 1 ~= tonumber(ARGV[1]) then return current end
redis.call('HSET', KEYS[1], 'version', ARGV[1], 'document', ARGV[2], 'publication', ARGV[3])
redis.call('PUBLISH', ARGV[4], ARGV[1])
return current
`);
