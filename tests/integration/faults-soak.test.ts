import { expect, it } from "vitest";
import { soakEdge } from "../support/edge/soak-edge.js";

// Growth of the heap needs a longer run: `npm run soak`.
it("F29, F43: four seconds of clients that leave at any moment leave nothing behind", async () => {
  const figures = await soakEdge({ seconds: 4, rps: 100 });
  const { sent, completed, left, asked, audited } = figures;
  expect(figures).toMatchObject({ reservedMicroUsd: 0, openUpstream: 0, openConnections: 0 });
  expect(Object.keys(completed)).toEqual(["200"]);
  expect((completed[200] ?? 0) + left).toBe(sent);
  expect(left).toBeGreaterThan(50);
  expect(asked).toBeGreaterThan(200);
  expect(audited).toBeGreaterThanOrEqual(asked);
  expect(audited).toBeLessThanOrEqual(sent);
});
