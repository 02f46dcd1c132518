import { luaNow } from "../connection/lua-now.js";
import { redisScript } from "../connection/redis-script.js";
import { luaSlidingLog } from "./lua-sliding-log.js";

/**
 * Sets tokens aside in all limits at once, or in none when one is in the way.
 *
 * KEYS: the log of each limit. ARGV: time, tokens, then of each limit: limit, window.
 *
 * Answers 1 and which entry of each log the tokens are part of; or 0, which limit is full longest, from 1, and how long
 * that is.
 */
export const reserveTokens = redisScript(`${luaNow}${luaSlidingLog}
local tokens = tonumber(ARGV[2])
local logs = {}
local fullest, longest = 0, 0
for index, key in ipairs(KEYS) do
  local limit, window = tonumber(ARGV[1 + 2 * index]), tonumber(ARGV[2 + 2 * index])
  local log, total = readLog(key, window)
  logs[index] = log
  local wait = waitFor(log, total + tokens - limit, window)
  if wait > longest then fullest, longest = index, wait end
end
if fullest > 0 then return { 0, fullest, longest } end
local entries = { 1 }
for index, key in ipairs(KEYS) do
  local window = tonumber(ARGV[2 + 2 * index])
  entries[1 + index] = addTo(logs[index], tokens, window)
  writeLog(key, logs[index], window)
end
return entries
`);
