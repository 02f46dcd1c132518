import { setTimeout as delay } from "node:timers/promises";
import type { BudgetAlert } from "@levqor/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually, type OwnServer, ownServer } from "../own-server.test-support.js";
import { clientKinds, ownPrefix } from "../test-clients.test-support.js";
import { type RedisBudgetOptions, redisBudget } from "./redis-budget.js";

const call = { task: "chat", caller: { userId: "u" } };
const dollar = 1_000_000;

describe.each(clientKinds)("redisBudget on $kind, when Redis fails", ({ open }) => {
  let server: OwnServer;
  beforeAll(async () => {
    server = await ownServer();
  });
  afterAll(() => server.close());

  async function subject(options: Partial<RedisBudgetOptions> = {}) {
    const given = { client: await open(server.url), prefix: ownPrefix(), timeoutMs: 300 };
    const budget = redisBudget({ ...given, gateway: { dailyUsd: 1 }, ...options });
    const reserve = async (microUsd: number) => {
      const verdict = await eventually(() => budget.reserve({ ...call, microUsd }));
      if (!verdict.granted) throw new Error("The money is not granted.");
      return verdict.reservation;
    };
    const figures = async () => {
      const [usage] = await eventually(() => budget.usage());
      return { used: usage?.usedMicroUsd, reserved: usage?.reservedMicroUsd };
    };
    return { budget, reserve, figures, ...given };
  }

  it("a settlement that was sent and not answered is charged once, and its alert told once", async () => {
    const alerts: BudgetAlert[] = [];
    const { budget, reserve, figures } = await subject({ onAlert: (alert) => void alerts.push(alert) });
    const reservation = await reserve(0.9 * dollar);
    await server.command("CLIENT", "PAUSE", "700", "ALL");
    await reservation.settle(0.85 * dollar);
    expect(budget.pending).toBe(1);
    await eventually(() => budget.flush());
    expect(budget.pending).toBe(0);
    expect(await figures()).toEqual({ used: 0.85 * dollar, reserved: 0 });
    expect(alerts).toMatchObject([{ scope: "gateway", window: "day", usedMicroUsd: 0.85 * dollar }]);
    expect(reservation.balances?.after).toMatchObject([{ usedMicroUsd: 0.85 * dollar, reservedMicroUsd: 0 }]);
  });

  it("settlements of an outage land in their order when it is over, without a flush", async () => {
    const { budget, reserve, figures } = await subject();
    const reservations = [await reserve(100_000), await reserve(200_000), await reserve(300_000)];
    await server.kill();
    for (const reservation of reservations) await reservation.settle(50_000);
    expect(budget.pending).toBe(3);
    await expect(budget.flush()).rejects.toMatchObject({ code: "store_unavailable" });
    await server.start();
    await eventually(async () => expect(budget.pending).toBe(0));
    expect(await figures()).toEqual({ used: 150_000, reserved: 0 });
  });

  it("a reservation that was sent and not answered is given back", async () => {
    const { budget, reserve, figures } = await subject();
    await reserve(1);
    await server.command("CLIENT", "PAUSE", "700", "ALL");
    await expect(budget.reserve({ ...call, microUsd: 0.9 * dollar })).rejects.toMatchObject({
      code: "store_unavailable",
    });
    await eventually(async () => {
      await budget.flush();
      expect(await figures()).toEqual({ used: 0, reserved: 1 });
    });
    // Also when it arrives only now.
    await delay(100);
    expect(await figures()).toEqual({ used: 0, reserved: 1 });
  });

  it("the queue has a bound: beyond it a settlement rejects, and its lease frees it", async () => {
    const { budget, reserve } = await subject({ maxPending: 2 });
    const reservations = [await reserve(1), await reserve(1), await reserve(1)];
    await server.kill();
    await reservations[0]?.settle(1);
    await reservations[1]?.settle(1);
    await expect(reservations[2]?.settle(1)).rejects.toMatchObject({ code: "store_unavailable" });
    expect(budget.pending).toBe(2);
    await expect(budget.close()).rejects.toMatchObject({ code: "store_unavailable" });
    await server.start();
  });

  it("one that Redis refuses keeps no other from landing", async () => {
    const { budget, reserve, figures, prefix } = await subject({ task: { odd: { dailyUsd: 1 } } });
    const odd = await budget.reserve({ ...call, task: "odd", microUsd: 100 });
    const reservation = await reserve(1_000);
    const keys = (await server.command("KEYS", `*${prefix}*`)) as string[];
    const oddKey = await keyHeldBy(
      keys.filter((key) => key.endsWith(":m")),
      1,
    );
    await server.command("RENAME", oddKey, `${oddKey}:aside`);
    await server.command("SET", oddKey, "spoilt");
    if (odd.granted) await odd.reservation.settle(100);
    expect(budget.pending).toBe(1);
    await reservation.settle(1_000);
    expect(budget.pending).toBe(1);
    expect(await figures()).toEqual({ used: 1_000, reserved: 100 });
    await server.command("RENAME", `${oddKey}:aside`, oddKey);
    await eventually(() => budget.close());
    expect(await figures()).toEqual({ used: 1_100, reserved: 0 });
  });

  /** The key that so many reservations are entered in. */
  async function keyHeldBy(keys: readonly string[], reservations: number): Promise<string> {
    for (const key of keys) {
      const fields = (await server.command("HKEYS", key)) as string[];
      if (fields.filter((field) => field.startsWith("h ")).length === reservations) return key;
    }
    throw new Error("No key holds so many reservations.");
  }
});
