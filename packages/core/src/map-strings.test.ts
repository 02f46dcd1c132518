import { describe, expect, it } from "vitest";
import { mapStrings } from "./map-strings.js";

const shout = (text: string) => text.toUpperCase();

describe("mapStrings", () => {
  it("maps strings at every depth and leaves all else", () => {
    const date = new Date(0);
    const value = { a: "x", list: ["y", 1, null, { b: "z" }], date, bytes: new Uint8Array(2), yes: true };
    expect(mapStrings(value, shout)).toEqual({ ...value, a: "X", list: ["Y", 1, null, { b: "Z" }] });
    expect((mapStrings(value, shout) as typeof value).date).toBe(date);
  });

  it("shares what did not change", () => {
    const value = { loud: { a: "X" }, quiet: { a: "x" } };
    const mapped = mapStrings(value, shout);
    expect(mapped.loud).toBe(value.loud);
    expect(value.quiet.a).toBe("x");
    expect(mapStrings(value.loud, shout)).toBe(value.loud);
  });

  it("works on frozen values", () => {
    const value = Object.freeze({ list: Object.freeze(["a"]) });
    expect(mapStrings(value, shout)).toEqual({ list: ["A"] });
  });

  it("maps keys too when it is told how, each before its value", () => {
    const seen: string[] = [];
    const note = (text: string) => {
      seen.push(text);
      return text === "b" ? "B" : text;
    };
    const value = { a: { b: "c" }, d: { e: "f" } };
    const mapped = mapStrings(value, note, note);
    expect(seen).toEqual(["a", "b", "c", "d", "e", "f"]);
    expect(mapped).toEqual({ a: { B: "c" }, d: { e: "f" } });
    expect(mapped.d).toBe(value.d);
  });

  it("tells the path", () => {
    const paths: string[] = [];
    mapStrings({ a: ["x", { b: "y" }] }, (text, path) => {
      paths.push(path.join("."));
      return text;
    });
    expect(paths).toEqual(["a.0", "a.1.b"]);
  });

  it("keeps own __proto__ keys and prototypes what they are", () => {
    const value: unknown = JSON.parse('{ "__proto__": { "polluted": "yes" } }');
    const mapped = mapStrings(value, shout) as object;
    expect(Object.getPrototypeOf(mapped)).toBe(Object.prototype);
    expect(JSON.stringify(mapped)).toBe('{"__proto__":{"polluted":"YES"}}');
    expect({}).not.toHaveProperty("polluted");
    const bare: object = mapStrings(Object.assign(Object.create(null), { a: "x" }), shout);
    expect(Object.getPrototypeOf(bare)).toBeNull();
  });

  it("stops at a cycle and at 128 levels", () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    const nest = (levels: number) => {
      let value: unknown = "x";
      for (let level = 0; level < levels; level += 1) value = [value];
      return value;
    };
    expect(() => mapStrings(cycle, shout)).toThrow(expect.objectContaining({ code: "too_complex" }));
    expect(() => mapStrings(nest(129), shout)).toThrow(expect.objectContaining({ code: "too_complex" }));
    expect(JSON.stringify(mapStrings(nest(128), shout))).toContain('"X"');
  });
});
