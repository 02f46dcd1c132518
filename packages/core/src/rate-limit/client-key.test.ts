import { expect, it } from "vitest";
import { clientKey } from "./client-key.js";

it.each([
  ["192.0.2.1", "192.0.2.1"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["::FFFF:c000:0201", "192.0.2.1"],
  ["0:0:0:0:0:ffff:192.0.2.1", "192.0.2.1"],
  ["2001:db8:1:2aff::1", "2001:db8:1:2a00::/56"],
  ["2001:0DB8:0001:2A00:ffff:ffff:ffff:ffff", "2001:db8:1:2a00::/56"],
  ["[2001:db8:1:2a01::1]", "2001:db8:1:2a00::/56"],
  ["2001:db8::", "2001:db8:0:0::/56"],
  ["::1", "0:0:0:0::/56"],
  ["fe80::1%eth0", "fe80:0:0:0::/56"],
  [" 192.0.2.1 ", "192.0.2.1"],
  ["192.0.2.1:51234", "192.0.2.1"],
  ["[2001:db8:1:2a01::1]:443", "2001:db8:1:2a00::/56"],
  ["[::ffff:192.0.2.1%eth0]:443", "192.0.2.1"],
])("%s is counted as %s", (ip, key) => expect(clientKey(ip)).toBe(key));

it.each([
  "",
  "unknown",
  "1:2:3",
  "::1::2",
  "1:2:3:4:5:6:7:8::",
  "12345::",
  "::ffff:1.2.3.999",
  "g::1",
  "1.2.3.4:x",
])("%j is no address and counted as it stands", (text) => expect(clientKey(text)).toBe(text));

it("is stable when applied twice", () => {
  for (const ip of ["::ffff:192.0.2.1", "2001:db8:1:2aff::1"]) {
    expect(clientKey(clientKey(ip))).toBe(clientKey(ip));
  }
});
