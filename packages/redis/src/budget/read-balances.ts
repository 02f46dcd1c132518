import { luaNow } from "../connection/lua-now.js";
import { redisScript } from "../connection/redis-script.js";
import { luaAccount } from "./lua-account.js";

/**
 * How accounts stand. KEYS: one that is not used, then two of each account. ARGV: time, accounts (`counted`).
 * Answers, of each account: used, set aside, oldest window with money.
 */
export const readBalances = redisScript(`${luaNow}${luaAccount}
local answer = {}
for _, account in ipairs(readAccounts(ARGV[2])) do
  freeOverdue(account, now)
  for _, value in ipairs({ balance(account) }) do answer[#answer + 1] = value end
end
return answer
`);
