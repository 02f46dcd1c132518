/**
 * What the scripts of limits share: a sliding-window log in which amounts that come close together share an entry
 * `{ first, last, amount }`. Nothing is counted shorter than its window, and at most a sixteenth of a window longer; a
 * log has at most 17 entries, whatever the limit is.
 */
export const luaSlidingLog = `
-- The entries that still count, the oldest first, and their sum.
local function readLog(key, window)
  local packed = redis.call('GET', key)
  local log, total = {}, 0
  for _, entry in ipairs(packed and cmsgpack.unpack(packed) or {}) do
    if now - entry[2] < window then
      log[#log + 1] = entry
      total = total + entry[3]
    end
  end
  return log, total
end

-- Milliseconds until the amount fits; 0 when it fits now, a whole window when it never will.
local function waitFor(log, excess, window)
  if excess <= 0 then return 0 end
  for _, entry in ipairs(log) do
    excess = excess - entry[3]
    if excess <= 0 then return math.ceil(entry[2] + window - now) end
  end
  return math.ceil(window)
end

-- Idle logs are forgotten; a minute more, as a clock that was given may differ from the server's.
local function writeLog(key, log, window)
  redis.call('SET', key, cmsgpack.pack(log), 'PX', math.ceil(window) + 60000)
end

-- Counts an amount; tells which entry it is part of.
local function addTo(log, amount, window)
  local newest = log[#log]
  if newest and now - newest[1] < window / 16 then
    newest[2] = math.max(newest[2], now)
    newest[3] = newest[3] + amount
    return newest[1]
  end
  log[#log + 1] = { now, now, amount }
  return now
end
`;
