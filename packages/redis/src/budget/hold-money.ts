import { luaNow } from "../connection/lua-now.js";
import { redisScript } from "../connection/redis-script.js";
import { luaAccount } from "./lua-account.js";

/**
 * Makes an amount what a reservation has set aside, in every account at once, and renews its lease; or changes nothing
 * when one is in the way. Running it twice is running it once.
 *
 * KEYS: the reservation's mark of being settled, then two of each account. ARGV: time, reservation, amount, length of
 * the lease, accounts (`window`, `counted`, `limit`, `ttl`).
 *
 * Answers -1 when the reservation is settled already, else whether it was granted, then of each account what it had
 * before: used, set aside, oldest window with money, whether it is in the way.
 */
export const holdMoney = redisScript(`${luaNow}${luaAccount}
if redis.call('EXISTS', KEYS[1]) == 1 then return { -1 } end
local id, amount, lease = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local accounts = readAccounts(ARGV[5])
local answer = { 1 }
for _, account in ipairs(accounts) do
  freeOverdue(account, now)
  account.held = holding(account, id)
  local used, reserved, oldest = balance(account)
  local missing = amount
  if account.held and counts(account, account.held.window) then missing = amount - account.held.amount end
  local isFull = account.limit <= 0 or used + reserved + missing > account.limit
  if isFull then answer[1] = 0 end
  for _, value in ipairs({ used, reserved, oldest, isFull and 1 or 0 }) do answer[#answer + 1] = value end
end
if answer[1] == 0 then return answer end
for _, account in ipairs(accounts) do
  if account.held then free(account, id) end
  prune(account)
  change(account, 'r ' .. account.window, amount)
  redis.call('HSET', account.m, 'h ' .. id, string.format('%.0f', amount) .. ' ' .. account.window)
  redis.call('ZADD', account.l, now + lease, id)
  keep(account)
end
return answer
`);
