import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isGatewayError } from "../../errors/gateway-error.js";
import { clientAddressReader, type TrustedProxies } from "./client-address-reader.js";

const proxy = "10.0.0.1";
const client = "203.0.113.9";

const read = (trusted: TrustedProxies, forwardedFor?: string, remoteAddress: string | undefined = proxy) =>
  clientAddressReader("test", trusted)({ remoteAddress, forwardedFor });

describe("F21: the client's address", () => {
  it("is the connection's when no proxy is trusted, whatever the header says", () => {
    expect(read(0, "198.51.100.1")).toBe(proxy);
    expect(read([], "198.51.100.1")).toBe(proxy);
  });

  it.each<[string, TrustedProxies, string, string]>([
    ["one proxy", 1, client, client],
    ["one proxy, forged before", 1, `198.51.100.1, ${client}`, client],
    ["two proxies", 2, `198.51.100.1, ${client}, 10.0.0.2`, client],
    ["two are trusted, one has written", 2, client, client],
    ["networks", ["10.0.0.0/8"], `198.51.100.1,${client},10.9.9.9`, client],
    ["networks, all of the header inside", ["10.0.0.0/8"], "10.0.0.3, 10.0.0.2", "10.0.0.3"],
    ["a proxy written as v4-mapped", ["10.0.0.0/8"], `${client}, ::ffff:10.0.0.2`, client],
    ["the connection is outside of the networks", ["192.168.0.0/16"], client, proxy],
    ["a client that claims to be a proxy", ["10.0.0.0/8"], `10.0.0.7, ${client}`, client],
  ])("counts from the trusted hop: %s", (_case, trusted, header, expected) => {
    expect(read(trusted, header)).toBe(expected);
  });

  it.each([
    ["203.0.113.9:51234", client],
    ["::ffff:203.0.113.9", client],
    ["[2001:db8::9]:443", "2001:db8::9"],
    ["[2001:DB8::9]", "2001:db8::9"],
    ["fe80::1%eth0", "fe80::1"],
    [" 203.0.113.9 ", client],
  ])("is read with port, brackets and zone: %j", (hop, expected) => expect(read(1, hop)).toBe(expected));

  it.each([
    "garbage",
    "unknown",
    "<script>",
    "999.1.1.1",
    "1.2.3.4, ",
    "01.2.3.4",
    "_hidden",
    "%",
    "x".repeat(16_000),
  ])("is the trusted proxy's when that wrote no address: %j", (hop) => expect(read(1, hop)).toBe(proxy));

  it("is the last readable trusted hop's when one further out wrote no address", () => {
    expect(read(3, `${client}, garbage, 10.0.0.2`)).toBe("10.0.0.2");
  });

  it("costs next to nothing in a list of 1,000, and of a list nobody could send", () => {
    expect(read(1, `${"198.51.100.1, ".repeat(1_000)}${client}`)).toBe(client);
    expect(read(["10.0.0.0/8"], `${"10.0.0.1,".repeat(1_000)}`.slice(0, -1))).toBe("10.0.0.1");
    const before = process.cpuUsage().user;
    expect(read(1, `${",".repeat(1_000_000)}${client}`)).toBe(client);
    expect((process.cpuUsage().user - before) / 1000).toBeLessThan(50);
  });

  it("is one name for all of whom the proxies tell nothing, so that limits hold for them too", () => {
    expect(read(1, undefined, "")).toBe("unknown");
    expect(read(1, "garbage", "not an address")).toBe("unknown");
    expect(
      clientAddressReader("test", 0)({ remoteAddress: undefined, forwardedFor: client }),
    ).toBeUndefined();
  });

  it("is found behind a proxy also where the server does not know the connection's address", () => {
    const origin = { remoteAddress: undefined, forwardedFor: `198.51.100.1, ${client}` };
    expect(clientAddressReader("test", 1)(origin)).toBe(client);
    expect(clientAddressReader("test", ["10.0.0.0/8"])(origin)).toBe(client);
  });

  it("never is what the client wrote, and never throws", () => {
    const header = fc.array(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string(), fc.constant("")), { maxLength: 20 });
    fc.assert(
      fc.property(header, (forged) => {
        expect(read(1, [...forged, client].join(","))).toBe(client);
        expect(read([`${proxy}/32`], [...forged, client].join(","))).toBe(client);
      }),
    );
  });
});

describe("F48: trustedProxies", () => {
  it.each<[unknown, string]>([
    [true, "trustedProxies: say how many"],
    ["1", "trustedProxies: say how many"],
    [-1, "trustedProxies: say how many"],
    [1.5, "trustedProxies: say how many"],
    [Number.POSITIVE_INFINITY, "trustedProxies: say how many"],
    [["10.0.0.0/8", "sk-secret"], "trustedProxies.1: must be an address"],
    [["10.0.0.0/33"], "trustedProxies.0: must be an address"],
    [[4], "trustedProxies.0: must be an address"],
    [["0.0.0.0/0"], "trustedProxies.0: trusts everybody"],
    [["::/0"], "trustedProxies.0: trusts everybody"],
  ])("%j is refused at start", (trusted, problem) => {
    const error = (() => {
      try {
        return clientAddressReader("test", trusted as TrustedProxies);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(isGatewayError(error, "invalid_config")).toBe(true);
    expect(String(error)).toContain(problem);
    expect(String(error)).not.toContain("sk-secret");
  });
});
