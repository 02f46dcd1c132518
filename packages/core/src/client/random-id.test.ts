import { afterEach, describe, expect, it, vi } from "vitest";
import { requestIdOf } from "../http/request-id.js";
import { randomId } from "./random-id.js";

afterEach(() => void vi.unstubAllGlobals());

describe.each([
  ["everything", () => {}],
  [
    "a page on plain http",
    () => vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) }),
  ],
  ["React Native", () => vi.stubGlobal("crypto", undefined)],
])("with %s", (_name, stub) => {
  it("is another one each time, and one that a server takes", () => {
    stub();
    const ids = Array.from({ length: 100 }, randomId);
    vi.unstubAllGlobals();
    expect(new Set(ids).size).toBe(100);
    for (const id of ids) expect(requestIdOf({ "x-request-id": id })).toBe(id);
  });
});

it("is random where that is possible", () => {
  const getRandomValues = vi.fn((bytes: Uint8Array) => bytes.fill(171));
  vi.stubGlobal("crypto", { getRandomValues });
  expect(randomId()).toBe("ab".repeat(16));
});
