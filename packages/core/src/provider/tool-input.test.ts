import { describe, expect, it } from "vitest";
import { toolInput } from "./tool-input.js";

describe("toolInput", () => {
  it.each([
    ['{"city":"Oslo"}', { city: "Oslo" }],
    [" {}\n", {}],
  ])("reads the object in %j", (written, input) => {
    expect(toolInput(written)).toEqual(input);
  });

  it.each(["", "Oslo", '{"city":"Os', "[1]", "null", '"Oslo"', "7"])(
    "hands %j back as it was written",
    (written) => {
      expect(toolInput(written)).toEqual({ arguments: written });
    },
  );
});
