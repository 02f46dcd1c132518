import assert from "node:assert/strict";
import type { Clock } from "../../clock.js";
import type { ContractCase } from "../../testing/contract-case.js";
import { manualClock } from "../../testing/manual-clock.js";
import type { IpReputation } from "./ip-reputation.js";

/**
 * Makes one that bans at 3 points for ten minutes, forgets half of a score in a minute, counts `unauthenticated` as 1 and
 * `invalid_input` as nothing, denies `198.51.100.0/24` and `2001:db8:bad::/48`, and always allows `198.51.100.7`.
 */
export type CreateIpReputation = (options: { readonly clock: Clock }) => IpReputation | Promise<IpReputation>;

const minute = 60_000;
const ip = "203.0.113.9";

async function subject(create: CreateIpReputation) {
  const clock = manualClock();
  const reputation = await create({ clock });
  const fail = async (address: string, times: number) => {
    for (let time = 0; time < times; time += 1) await reputation.report(address, "unauthenticated");
  };
  const stateOf = async (address: string) => {
    const verdict = await reputation.check(address);
    return verdict.allowed ? "allowed" : verdict.reason;
  };
  return { clock, reputation, fail, stateOf };
}

/** What every {@link IpReputation} keeps. */
export const ipReputationContract: readonly ContractCase<CreateIpReputation>[] = [
  {
    name: "answers who is on no list and has done nothing",
    async run(create) {
      const { stateOf } = await subject(create);
      for (const address of [ip, "2001:db8::1", "::ffff:203.0.113.9", "unknown", ""])
        assert.equal(await stateOf(address), "allowed", address);
    },
  },
  {
    name: "refuses who is denied, however the address is written, and answers the exceptions",
    async run(create) {
      const { stateOf } = await subject(create);
      for (const address of [
        "198.51.100.1",
        "::ffff:198.51.100.255",
        "198.51.100.1:443",
        "2001:DB8:BAD:1::1",
      ])
        assert.equal(await stateOf(address), "denied", address);
      for (const address of ["198.51.101.1", "198.51.100.7", "2001:db8:bae::1"])
        assert.equal(await stateOf(address), "allowed", address);
    },
  },
  {
    name: "bans at the score, not before, and for its time",
    async run(create) {
      const { clock, fail, stateOf } = await subject(create);
      await fail(ip, 2);
      assert.equal(await stateOf(ip), "allowed");
      await fail(ip, 1);
      assert.equal(await stateOf(ip), "banned");
      await clock.advance(10 * minute - 1);
      assert.equal(await stateOf(ip), "banned");
      await clock.advance(1);
      assert.equal(await stateOf(ip), "allowed");
    },
  },
  {
    name: "forgets: failures far apart never ban",
    async run(create) {
      const { clock, fail, stateOf } = await subject(create);
      for (let time = 0; time < 100; time += 1) {
        await fail(ip, 1);
        assert.equal(await stateOf(ip), "allowed");
        await clock.advance(minute);
      }
    },
  },
  {
    name: "bans the one who goes on after a ban sooner than a newcomer",
    async run(create) {
      const { clock, fail, stateOf } = await subject(create);
      await fail(ip, 30);
      await clock.advance(10 * minute);
      assert.equal(await stateOf(ip), "allowed");
      await fail(ip, 3);
      assert.equal(await stateOf(ip), "banned");
    },
  },
  {
    name: "counts a customer's IPv6 addresses as one, and v4-mapped ones as IPv4",
    async run(create) {
      const { fail, stateOf } = await subject(create);
      for (const last of ["1", "2", "ff"]) await fail(`2001:db8:1:2a${last.padStart(2, "0")}::${last}`, 1);
      assert.equal(await stateOf("2001:db8:1:2a77::1"), "banned");
      assert.equal(await stateOf("2001:db8:1:2b00::1"), "allowed");
      for (const address of [ip, `::ffff:${ip}`, `[::ffff:${ip}]:443`]) await fail(address, 1);
      assert.equal(await stateOf(ip), "banned");
    },
  },
  {
    name: "counts addresses apart, and neither a harmless failure nor an exception",
    async run(create) {
      const { reputation, fail, stateOf } = await subject(create);
      await fail("203.0.113.10", 50);
      await fail("198.51.100.7", 50);
      for (let time = 0; time < 50; time += 1) await reputation.report(ip, "invalid_input");
      assert.equal(await stateOf(ip), "allowed");
      assert.equal(await stateOf("198.51.100.7"), "allowed");
    },
  },
  {
    name: "takes any text for an address",
    async run(create) {
      const { fail, stateOf } = await subject(create);
      for (const text of ["", "__proto__", "x".repeat(10_000), "1.2.3.4, 5.6.7.8", "[", "%"]) {
        await fail(text, 1);
        assert.equal(await stateOf(text), "allowed", text.slice(0, 20));
      }
    },
  },
];
