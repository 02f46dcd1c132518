import { bareAddress, readIpGroups, writeVersion4 } from "../ip-address.js";

/**
 * The name under which a client address is counted. IPv4 is counted by address, also when it is written as
 * v4-mapped IPv6 (`::ffff:192.0.2.1`) or with a port. IPv6 is counted by its /56, because that is what one customer
 * commonly gets: by single address a limit would be free to walk around. Text that is no address is counted as it stands.
 *
 * @example
 * clientKey("2001:db8:1:2aff::1"); // "2001:db8:1:2a00::/56"
 */
export function clientKey(ip: string): string {
  if (/^[\d.]+$/.test(ip)) return ip;
  const address = bareAddress(ip);
  const groups = readIpGroups(address);
  if (groups === undefined) return address;
  if (groups.length === 2) return writeVersion4(groups);
  const [a = 0, b = 0, c = 0, d = 0] = groups;
  return `${[a, b, c, d & 0xff00].map((group) => group.toString(16)).join(":")}::/56`;
}
