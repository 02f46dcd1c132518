import { luaNow } from "../connection/lua-now.js";
import { redisScript } from "../connection/redis-script.js";
import { luaAccount } from "./lua-account.js";

/**
 * Ends a reservation: frees what it still has set aside and charges what was used. Running it twice charges once and
 * answers with the same alerts, so one whose answer was lost can be run again.
 *
 * KEYS: the reservation's mark of being settled, two of each account, then marks that nobody will ask for any more.
 * ARGV: time, reservation, amount used, how long the mark is kept, accounts (`window`, `counted`, `alertAt`, `ttl`).
 *
 * Answers, of each account: used and set aside now, oldest window with money, whether `alertAt` was reached by this.
 */
export const settleMoney = redisScript(`${luaNow}${luaAccount}
local id, used, keptFor = ARGV[2], tonumber(ARGV[3]), ARGV[4]
local accounts = readAccounts(ARGV[5])
for index = 2 + 2 * #accounts, #KEYS do redis.call('DEL', KEYS[index]) end
local told = redis.call('GET', KEYS[1])
local answer, alerts = {}, ''
for _, account in ipairs(accounts) do
  freeOverdue(account, now)
  account.before = balance(account)
end
for index, account in ipairs(accounts) do
  free(account, id)
  if not told and used > 0 then
    change(account, 'u ' .. account.window, used)
    keep(account)
  end
  local after, reserved, oldest = balance(account)
  local isAlert = account.before < account.alertAt and after >= account.alertAt
  if told then isAlert = told:sub(index, index) == '1' end
  alerts = alerts .. (isAlert and '1' or '0')
  for _, value in ipairs({ after, reserved, oldest, isAlert and 1 or 0 }) do answer[#answer + 1] = value end
end
redis.call('SET', KEYS[1], told or alerts, 'PX', keptFor)
return answer
`);
