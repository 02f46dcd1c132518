import { describe, expect, it } from "vitest";
import { stem } from "./stem.js";

describe("stem", () => {
  it.each([
    ["workflow workflows"],
    ["cancel cancels cancelled cancelling cancellation"],
    ["create creates created creating creation creator"],
    ["query queries queried"],
    ["process processes processed processing"],
    ["index indexes indexed indexing"],
    ["validate validates validated validation validator"],
    ["pay pays paying"],
    ["stop stops stopped stopping"],
    ["quick quickly"],
    ["dark darkness"],
    ["delete deletes deletion"],
    ["connect connection connections connected"],
    ["configure configuration configured"],
    ["document documents documentation"],
    ["parse parser parsing"],
    ["match matches matched matching"],
  ])("brings together: %s", (forms) => {
    expect(new Set(forms.split(" ").map(stem)).size).toBe(1);
  });

  it.each([
    ["user", "use"],
    ["string", "str"],
    ["status", "state"],
    ["thing", "the"],
    ["king", "k"],
    ["class", "clas"],
    ["format", "form"],
  ])("keeps apart: %s and %s", (left, right) => expect(stem(left)).not.toBe(stem(right)));

  it.each(["", "a", "io", "sha256", "привет", "搜索", "😀"])("leaves %j as it is", (word) =>
    expect(stem(word)).toBe(word),
  );
});
