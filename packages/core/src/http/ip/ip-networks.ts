import { bareAddress, type IpGroups, readIpGroups } from "../../ip-address.js";

/** Networks and single addresses, IPv4 and IPv6, of which one asks whether they hold an address. */
export interface IpNetworks {
  /** Adds `192.0.2.1`, `192.0.2.0/24` or `2001:db8::/32`; false when the text is none of these. */
  add(network: string): boolean;
  has(address: string): boolean;
  /** Different networks in it. */
  readonly size: number;
}

/** The same number of bits first: one set of prefixes for each length, so that a look-up costs no more in a long list. */
interface Version {
  readonly bits: 32 | 128;
  readonly prefixes: Map<number, Set<bigint>>;
}

/** Makes an empty one. */
export function ipNetworks(): IpNetworks {
  const version4: Version = { bits: 32, prefixes: new Map() };
  const version6: Version = { bits: 128, prefixes: new Map() };
  const versionOf = (groups: IpGroups) => (groups.length === 2 ? version4 : version6);

  return {
    add(network) {
      const read = readNetwork(network);
      if (read === undefined) return false;
      const { bits, prefixes } = versionOf(read.groups);
      const prefix = toNumber(read.groups) >> BigInt(bits - read.length);
      const known = prefixes.get(read.length);
      if (known === undefined) prefixes.set(read.length, new Set([prefix]));
      else known.add(prefix);
      return true;
    },
    has(address) {
      const groups = readIpGroups(bareAddress(address));
      if (groups === undefined) return false;
      const { bits, prefixes } = versionOf(groups);
      if (prefixes.size === 0) return false;
      const value = toNumber(groups);
      for (const [length, known] of prefixes) if (known.has(value >> BigInt(bits - length))) return true;
      return false;
    },
    get size() {
      return [version4, version6]
        .flatMap(({ prefixes }) => [...prefixes.values()])
        .reduce((sum, known) => sum + known.size, 0);
    },
  };
}

/** An address of `/length`, which is that of its own version: `::ffff:10.0.0.0/104` is `10.0.0.0/8`. */
export function readNetwork(
  network: string,
): { readonly groups: IpGroups; readonly length: number } | undefined {
  const [address = "", suffix, ...more] = network.split("/");
  const groups = readIpGroups(address);
  if (groups === undefined || more.length > 0) return undefined;
  const bits = groups.length * 16;
  if (suffix === undefined) return { groups, length: bits };
  const mapped = bits === 32 && address.includes(":") ? 96 : 0;
  const length = Number(suffix) - mapped;
  return /^\d{1,3}$/.test(suffix) && length >= 0 && length <= bits ? { groups, length } : undefined;
}

const toNumber = (groups: IpGroups): bigint =>
  groups.length === 2
    ? BigInt((groups[0] ?? 0) * 0x1_0000 + (groups[1] ?? 0))
    : BigInt(`0x${groups.map((group) => group.toString(16).padStart(4, "0")).join("")}`);
