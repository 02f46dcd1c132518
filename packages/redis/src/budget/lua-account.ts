/**
 * What the scripts of a budget share: how one account is kept. An account is a hash (`m`) and a sorted set (`l`).
 *
 * In the hash: `u <window>` used and `r <window>` set aside, micro-dollars by window id; `h <reservation>` what one
 * reservation has set aside and where, `<amount> <window>`; `p` where windows that no longer count were last removed.
 * In the set: reservations by the end of their lease. A lease that is over is seen, in every account by itself,
 * whenever the account is looked at: so no script needs a key that it is not given.
 */
export const luaAccount = `
local function holding(account, id)
  local held = redis.call('HGET', account.m, 'h ' .. id)
  if not held then return nil end
  local amount, window = held:match('^(%d+) (.*)$')
  return { amount = tonumber(amount), window = window }
end

local function change(account, field, amount)
  if amount == 0 then return end
  if redis.call('HINCRBY', account.m, field, string.format('%.0f', amount)) == 0 then
    redis.call('HDEL', account.m, field)
  end
end

local function free(account, id)
  local held = holding(account, id)
  if held then
    change(account, 'r ' .. held.window, -held.amount)
    redis.call('HDEL', account.m, 'h ' .. id)
  end
  redis.call('ZREM', account.l, id)
end

local function freeOverdue(account, now)
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', account.l, '-inf', now)) do free(account, id) end
end

-- Used and set aside in all windows that count, and the place of the oldest one with money in it, from 0; -1 for none.
local function balance(account)
  local fields = {}
  for _, window in ipairs(account.counted) do
    fields[#fields + 1] = 'u ' .. window
    fields[#fields + 1] = 'r ' .. window
  end
  local values = redis.call('HMGET', account.m, unpack(fields))
  local used, reserved, oldest = 0, 0, -1
  for index = 1, #values, 2 do
    local u, r = tonumber(values[index] or 0), tonumber(values[index + 1] or 0)
    if oldest < 0 and (u ~= 0 or r ~= 0) then oldest = (index - 1) / 2 end
    used, reserved = used + u, reserved + r
  end
  return used, reserved, oldest
end

local function counts(account, window)
  for _, counted in ipairs(account.counted) do
    if counted == window then return true end
  end
  return false
end

-- Steps of a rolling window are numbered: those long before the first that counts are removed, once in each step.
local function prune(account)
  local first = tonumber((account.counted[1] or ''):match('/(%d+)$'))
  if not first or redis.call('HGET', account.m, 'p') == account.counted[1] then return end
  redis.call('HSET', account.m, 'p', account.counted[1])
  for _, field in ipairs(redis.call('HKEYS', account.m)) do
    local step = tonumber(field:match('^[ur] .*/(%d+)$'))
    if step and step < first - #account.counted then redis.call('HDEL', account.m, field) end
  end
end

-- Prolongs the life of the account's keys; never shortens it.
local function keep(account)
  for _, key in ipairs({ account.m, account.l }) do
    if redis.call('PTTL', key) < account.ttl then redis.call('PEXPIRE', key, account.ttl) end
  end
end

-- The accounts of a call: two keys each, from the second key on; the rest is JSON. A script that fails half way has half
-- its effect: each of them looks at all accounts first, which fails when a key is of another type, and writes then.
local function readAccounts(text)
  local accounts = cjson.decode(text)
  for index, account in ipairs(accounts) do
    account.m, account.l = KEYS[index * 2], KEYS[index * 2 + 1]
  end
  return accounts
end
`;
