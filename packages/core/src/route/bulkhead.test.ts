import { describe, expect, it } from "vitest";
import { isGatewayError } from "../errors/gateway-error.js";
import { createBulkhead } from "./bulkhead.js";

const never = new AbortController().signal;
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("createBulkhead", () => {
  it("lets the given number in and the next one when a place is free", async () => {
    const bulkhead = createBulkhead(2);
    const leaveFirst = await bulkhead.enter(never);
    await bulkhead.enter(never);
    let entered = false;
    void bulkhead.enter(never).then(() => {
      entered = true;
    });
    await settle();
    expect(entered).toBe(false);
    leaveFirst();
    await settle();
    expect(entered).toBe(true);
  });

  it("refuses when ten times as many wait", async () => {
    const bulkhead = createBulkhead(1);
    await bulkhead.enter(never);
    for (let waiting = 0; waiting < 10; waiting++) void bulkhead.enter(new AbortController().signal);
    await expect(bulkhead.enter(never)).rejects.toSatisfy((error) => isGatewayError(error, "provider_busy"));
  });

  it("gives up waiting when the caller aborts, and keeps the place for the next", async () => {
    const bulkhead = createBulkhead(1);
    const leave = await bulkhead.enter(never);
    const controller = new AbortController();
    const waiting = bulkhead.enter(controller.signal);
    const reason = new Error("gone");
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    leave();
    await expect(bulkhead.enter(never)).resolves.toBeTypeOf("function");
  });
});
