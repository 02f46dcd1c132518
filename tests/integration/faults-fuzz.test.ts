import { expect, it } from "vitest";
import { fuzzEdge } from "../support/edge/fuzz/fuzz-edge.js";

it("F58: 3,000 mutated requests get documented answers that show, leak and spend nothing they must not", async () => {
  const { replies, problems } = await fuzzEdge({ seed: 20_261_121, requests: 3_000 });
  expect(problems).toEqual([]);
  // The run has been where it should: into the tasks, and to each kind of refusal.
  for (const reply of ["200", "400 invalid_input", "400 invalid_json", "400 too_complex", "404 not_found"])
    expect(replies[reply], reply).toBeGreaterThan(20);
  expect(replies["405 method_not_allowed"]).toBeGreaterThan(20);
  expect(replies["415 unsupported_media_type"]).toBeGreaterThan(20);
}, 180_000);
