import { redisScript } from "../connection/redis-script.js";

/*
 * A stream is a hash (`state`: running, over or outgrown; `bytes`; `owner`, the channel of the process that writes it;
 * `stop`, when that was asked for) and the list of its events. KEYS of each script: the hash, the list.
 */

/** Begins a stream. ARGV: state, owner, length of the lease. */
export const beginStream = redisScript(`
redis.call('HSET', KEYS[1], 'state', ARGV[1], 'owner', ARGV[2], 'bytes', '0')
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return redis.call('DEL', KEYS[2])
`);

/**
 * Adds events, those of them that are not there yet: running it twice is running it once.
 *
 * ARGV: id of the first event, bytes of all, most bytes of the stream, length of the lease, channel, the events.
 *
 * Answers `kept`, `outgrown`, or `gone` when the stream is no longer there or events are missing; then whether it shall
 * stop.
 */
export const writeEvents = redisScript(`
local state, bytes, stop = unpack(redis.call('HMGET', KEYS[1], 'state', 'bytes', 'stop'))
if not state then return { 'gone', '' } end
if state == 'outgrown' then return { 'outgrown', stop or '' } end
local first, count = tonumber(ARGV[1]), redis.call('LLEN', KEYS[2])
if count < first - 1 then return { 'gone', '' } end
if bytes + ARGV[2] > tonumber(ARGV[3]) then
  redis.call('HSET', KEYS[1], 'state', 'outgrown')
  redis.call('DEL', KEYS[2])
  redis.call('PUBLISH', ARGV[5], 'outgrown')
  return { 'outgrown', stop or '' }
end
if count == first - 1 then
  for index = 6, #ARGV do redis.call('RPUSH', KEYS[2], ARGV[index]) end
  redis.call('HINCRBY', KEYS[1], 'bytes', ARGV[2])
end
for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, ARGV[4]) end
redis.call('PUBLISH', ARGV[5], 'written')
return { 'kept', stop or '' }
`);

/** Keeps a stream that runs for longer. ARGV: length of the lease. Answers with whether it shall stop. */
export const keepStream = redisScript(`
for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, ARGV[1]) end
return redis.call('HGET', KEYS[1], 'stop') or ''
`);

/** Ends a stream; one that is outgrown is forgotten. ARGV: for how long it is kept, channel. */
export const endStream = redisScript(`
if redis.call('HGET', KEYS[1], 'state') == 'running' then
  redis.call('HSET', KEYS[1], 'state', 'over')
  for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, ARGV[1]) end
else
  redis.call('DEL', KEYS[1], KEYS[2])
end
return redis.call('PUBLISH', ARGV[2], 'over')
`);

/** Forgets a stream. ARGV: channel. */
export const forgetStream = redisScript(`
redis.call('DEL', KEYS[1], KEYS[2])
return redis.call('PUBLISH', ARGV[1], 'gone')
`);

/** A page of events. ARGV: how many the reader has, most of a page or 0 for none. Answers: state, number of events, the page. */
export const readEvents = redisScript(`
local state = redis.call('HGET', KEYS[1], 'state')
if not state then return { 'gone', 0 } end
local page = ARGV[2] == '0' and {} or redis.call('LRANGE', KEYS[2], ARGV[1], ARGV[1] + ARGV[2] - 1)
return { state, redis.call('LLEN', KEYS[2]), unpack(page) }
`);

/** Asks the process that writes a stream to stop it, unless it is over. ARGV: stream. */
export const askToStop = redisScript(`
local state, owner = unpack(redis.call('HMGET', KEYS[1], 'state', 'owner'))
if not state or state == 'over' then return 0 end
redis.call('HSET', KEYS[1], 'stop', '1')
return redis.call('PUBLISH', owner, ARGV[1])
`);
