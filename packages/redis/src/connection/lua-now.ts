/**
 * Begins a script that needs the time: `now` is its first argument, milliseconds, or the server's own time when that is
 * empty. Hosts' clocks differ, the server's is one.
 */
export const luaNow = `
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
`;
