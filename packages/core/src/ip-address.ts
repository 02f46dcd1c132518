/** An IP address as 16-bit groups: two are IPv4, eight are IPv6. */
export type IpGroups = readonly number[];

/** Longer text is no address, whatever it holds. */
const maxTextLength = 100;
/** As proxies write an address with a port: `192.0.2.1:443`, `[2001:db8::1]:443`; the brackets also come alone. */
const withPort = /^(?:\[([^[\]]+)\](?::\d{1,5})?|([\d.]+):\d{1,5})$/;
const dotted = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

/** An address without the port, brackets and zone that proxies and sockets may write around it, in lower case. */
export function bareAddress(text: string): string {
  if (text.length > maxTextLength) return text;
  const trimmed = text.trim().toLowerCase();
  const [, version6, version4] = withPort.exec(trimmed) ?? [];
  return (version6 ?? version4 ?? trimmed).replace(/%.*$/s, "");
}

/**
 * Reads an address as {@link bareAddress} leaves it. One that is written as v4-mapped IPv6 (`::ffff:192.0.2.1`) is the
 * IPv4 address that it stands for. Nothing when the text is no address.
 */
export function readIpGroups(address: string): IpGroups | undefined {
  if (address.length > maxTextLength) return undefined;
  if (!address.includes(":")) return readVersion4(address);
  const groups = readVersion6(address);
  const isMapped = groups?.[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0);
  return isMapped ? groups?.slice(6) : groups;
}

/** An IPv4 address in dots. */
export const writeVersion4 = ([high = 0, low = 0]: IpGroups): string =>
  `${high >> 8}.${high & 0xff}.${low >> 8}.${low & 0xff}`;

function readVersion4(text: string): IpGroups | undefined {
  const [whole, ...octets] = dotted.exec(text) ?? [];
  // A leading zero is octal to some and decimal to others.
  if (whole === undefined || octets.some((octet) => Number(octet) > 255 || /^0\d/.test(octet)))
    return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = octets.map(Number);
  return [(a << 8) | b, (c << 8) | d];
}

function readVersion6(text: string): IpGroups | undefined {
  const address = withHexTail(text);
  const halves = address.split("::");
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array<string>(missing).fill("0"), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.map((group) => Number.parseInt(group, 16));
}

/** Rewrites a dotted ending (`::ffff:192.0.2.1`) as two hexadecimal groups. */
function withHexTail(address: string): string {
  const start = address.lastIndexOf(":") + 1;
  const groups = readVersion4(address.slice(start));
  if (groups === undefined) return address;
  return address.slice(0, start) + groups.map((group) => group.toString(16)).join(":");
}
