/**
 * The name under which a client address is counted. IPv4 is counted by address, also when it is written as
 * v4-mapped IPv6 (`::ffff:192.0.2.1`). IPv6 is counted by its /56, because that is what one customer commonly gets:
 * by single address a limit would be free to walk around. Text that is no address is counted as it stands.
 *
 * @example
 * clientKey("2001:db8:1:2aff::1"); // "2001:db8:1:2a00::/56"
 */
export function clientKey(ip: string): string {
  if (/^[\d.]+$/.test(ip)) return ip;
  const address = (ip.trim().toLowerCase().split("%")[0] ?? "").replace(/^\[(.*)\]$/, "$1");
  const groups = groupsOf(address);
  if (groups === undefined) return address;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = groups;
  const isMapped = a === 0 && b === 0 && c === 0 && d === 0 && e === 0 && f === 0xffff;
  if (isMapped) return [g >> 8, g & 0xff, h >> 8, h & 0xff].join(".");
  return `${[a, b, c, d & 0xff00].map((group) => group.toString(16)).join(":")}::/56`;
}

/** The eight 16-bit groups of an IPv6 address; nothing when `address` is something else. */
function groupsOf(address: string): readonly number[] | undefined {
  if (!address.includes(":")) return undefined;
  const halves = withHexTail(address).split("::");
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array<string>(missing).fill("0"), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))) return undefined;
  return groups.map((group) => Number.parseInt(group, 16));
}

/** Rewrites a dotted ending (`::ffff:192.0.2.1`) as two hexadecimal groups. */
function withHexTail(address: string): string {
  const dotted = /^(.*:)(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address);
  if (dotted === null) return address;
  const [a = 0, b = 0, c = 0, d = 0] = dotted.slice(2).map(Number);
  if (Math.max(a, b, c, d) > 255) return address;
  return `${dotted[1]}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
}
