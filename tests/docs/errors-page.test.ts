import { readFileSync } from "node:fs";
import { type ErrorCode, type ErrorEntry, errorTable } from "@levqor/core";
import { describe, expect, it } from "vitest";

/** What a row of the page says of a code. */
interface Row extends ErrorEntry {
  readonly meaning: string;
  readonly advice: string;
}

const page = readFileSync(new URL("../../docs/guide/errors.md", import.meta.url), "utf8");

/** The rows of the page's tables of codes; the first table's messages reach the caller. */
function rowsOf(text: string): Map<string, Row> {
  const rows = new Map<string, Row>();
  for (const section of text.split("\n## ")) {
    const exposed = section.startsWith("The caller's own");
    for (const line of section.split("\n")) {
      const [, code, status, retryable, meaning, advice] =
        /^\| `(\w+)` \| (\d{3})(, retryable)? \| (.+) \| (.+) \|$/.exec(line) ?? [];
      if (code === undefined) continue;
      expect(rows.has(code), `${code} has one row`).toBe(false);
      rows.set(code, {
        ...{ status: Number(status), retryable: retryable !== undefined, exposed },
        ...{ meaning: meaning ?? "", advice: advice ?? "" },
      });
    }
  }
  return rows;
}

describe("the page of errors", () => {
  const rows = rowsOf(page);

  it.each(Object.keys(errorTable) as ErrorCode[])(
    "says of %s what the table says, and what to do",
    (code) => {
      const row = rows.get(code);
      expect(row).toMatchObject(errorTable[code]);
      expect(row?.meaning.length).toBeGreaterThan(8);
      expect(row?.advice.length).toBeGreaterThan(6);
    },
  );

  it("names no code that there is not", () => {
    expect([...rows.keys()].filter((code) => !(code in errorTable))).toEqual([]);
  });
});
