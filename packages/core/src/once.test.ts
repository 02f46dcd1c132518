import { expect, it } from "vitest";
import { once } from "./once.js";

it("makes nothing before it is asked, and one value however often it is", () => {
  let made = 0;
  const value = once(() => {
    made += 1;
    return made === 1 ? undefined : "another";
  });
  expect(made).toBe(0);
  expect([value(), value(), made]).toEqual([undefined, undefined, 1]);
});

it("tries again when making it has failed", () => {
  let tries = 0;
  const value = once(() => {
    tries += 1;
    if (tries === 1) throw new Error("not yet");
    return "made";
  });
  expect(value).toThrow("not yet");
  expect([value(), value(), tries]).toEqual(["made", "made", 2]);
});
