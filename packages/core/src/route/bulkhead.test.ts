import { beforeEach, describe, expect, it } from "vitest";
import { isGatewayError } from "../errors/gateway-error.js";
import { type ManualClock, manualClock } from "../testing/manual-clock.js";
import { createBulkhead } from "./bulkhead.js";

const never = new AbortController().signal;
const settle = () => new Promise((resolve) => setImmediate(resolve));

let clock: ManualClock;
beforeEach(() => {
  clock = manualClock();
});

describe("createBulkhead", () => {
  it("lets the given number in and the next one when a place is free", async () => {
    const bulkhead = createBulkhead(2, manualClock());
    const leaveFirst = await bulkhead.enter(never, 1000);
    await bulkhead.enter(never, 1000);
    let entered = false;
    void bulkhead.enter(never, 1000).then(() => {
      entered = true;
    });
    await settle();
    expect(entered).toBe(false);
    leaveFirst();
    await settle();
    expect(entered).toBe(true);
  });

  it("refuses when ten times as many wait", async () => {
    const bulkhead = createBulkhead(1, clock);
    await bulkhead.enter(never, 1000);
    for (let waiting = 0; waiting < 10; waiting++) void bulkhead.enter(new AbortController().signal, 1000);
    await expect(bulkhead.enter(never, 1000)).rejects.toSatisfy((error) =>
      isGatewayError(error, "provider_busy"),
    );
  });

  it("gives up waiting when the caller aborts, and keeps the place for the next", async () => {
    const bulkhead = createBulkhead(1, clock);
    const leave = await bulkhead.enter(never, 1000);
    const controller = new AbortController();
    const waiting = bulkhead.enter(controller.signal, 1000);
    const reason = new Error("gone");
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    leave();
    await expect(bulkhead.enter(never, 1000)).resolves.toBeTypeOf("function");
  });

  it("lets nobody wait longer than the limit", async () => {
    const bulkhead = createBulkhead(1, clock);
    const leave = await bulkhead.enter(never, 0);
    const waiting = bulkhead.enter(never, 1000);
    waiting.catch(() => {});
    await clock.advance(1000);
    await expect(waiting).rejects.toSatisfy((error) => isGatewayError(error, "provider_busy"));
    leave();
    await expect(bulkhead.enter(never, 0)).resolves.toBeTypeOf("function");
  });

  it("does not count those who gave up as waiting", async () => {
    const bulkhead = createBulkhead(1, clock);
    await bulkhead.enter(never, 0);
    for (let waiting = 0; waiting < 10; waiting++) {
      const gone = new AbortController();
      bulkhead.enter(gone.signal, 1000).catch(() => {});
      gone.abort();
    }
    let refused = false;
    bulkhead.enter(never, 1000).catch(() => {
      refused = true;
    });
    await settle();
    expect(refused).toBe(false);
  });
});
