import { BlockList, isIPv4 } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ipNetworks } from "./ip-networks.js";

const of = (...networks: string[]) => {
  const made = ipNetworks();
  for (const network of networks) expect(made.add(network), network).toBe(true);
  return made;
};

describe("ipNetworks", () => {
  it.each([
    ["192.0.2.0/24", "192.0.2.255", true],
    ["192.0.2.0/24", "192.0.3.0", false],
    ["192.0.2.77/24", "192.0.2.1", true],
    ["192.0.2.1", "192.0.2.1", true],
    ["192.0.2.1", "::ffff:192.0.2.1", true],
    ["192.0.2.1", "::ffff:c000:201", true],
    ["::ffff:192.0.2.0/120", "192.0.2.9", true],
    ["::ffff:192.0.2.1", "192.0.2.1:443", true],
    ["0.0.0.0/0", "8.8.8.8", true],
    ["0.0.0.0/0", "2001:db8::1", false],
    ["2001:db8::/32", "2001:db8:ffff::1", true],
    ["2001:db8::/32", "2001:db9::1", false],
    ["2001:db8::1", "[2001:DB8:0::1]:443", true],
    ["fe80::/10", "fe80::1%eth0", true],
    ["::/0", "192.0.2.1", false],
  ])("%s holds %s: %s", (network, address, expected) => expect(of(network).has(address)).toBe(expected));

  it.each([
    "",
    "garbage",
    "192.0.2.0/33",
    "192.0.2.0/",
    "192.0.2.0/-1",
    "192.0.2.0/1/2",
    "2001:db8::/129",
    "::ffff:10.0.0.0/90",
    "10.0.0.0/1e1",
  ])("%j is no network", (text) => {
    const networks = ipNetworks();
    expect([networks.add(text), networks.size]).toEqual([false, 0]);
  });

  it("holds nothing that is no address", () => {
    const networks = of("0.0.0.0/0", "::/0");
    for (const text of ["", "unknown", "1.2.3", "x".repeat(10_000)]) expect(networks.has(text)).toBe(false);
  });

  it("counts what is in it twice once", () => {
    expect(of("10.0.0.0/8", "10.1.0.0/8", "10.0.0.0/9", "2001:db8::/32").size).toBe(3);
  });

  it("says what the runtime's own block list says", () => {
    const network = fc.oneof(
      fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })),
      // Theirs counts IPv4 as a part of IPv6's `::/95` and wider.
      fc.tuple(
        fc.ipV6().filter((text) => /^[1-9a-f]/i.test(text)),
        fc.integer({ min: 16, max: 128 }),
      ),
    );
    const address = fc.oneof(fc.ipV4(), fc.ipV6());
    fc.assert(
      fc.property(fc.array(network, { maxLength: 20 }), fc.array(address), (networks, addresses) => {
        const theirs = new BlockList();
        const ours = of(...networks.map(([net, length]) => `${net}/${length}`));
        for (const [net, length] of networks) theirs.addSubnet(net, length, isIPv4(net) ? "ipv4" : "ipv6");
        for (const each of [...addresses, ...networks.map(([net]) => net)])
          expect(ours.has(each), each).toBe(theirs.check(each, isIPv4(each) ? "ipv4" : "ipv6"));
      }),
    );
  });
});
