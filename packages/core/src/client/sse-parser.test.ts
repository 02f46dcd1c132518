import { describe, expect, it } from "vitest";
import { createSseParser } from "./sse-parser.js";

const transcript = [
  ": keep-alive",
  "",
  "data: one",
  "",
  "id: 7",
  "event: message",
  "data:two",
  "data:  indented",
  "data",
  "",
  "datum: no",
  "retry: 5",
  "",
  "data: é漢😀",
  "",
  "data: cut",
].join("\n");
const expected = [
  { data: "one", id: undefined },
  { data: "two\n indented\n", id: 7 },
  { data: "é漢😀", id: undefined },
];

const parseAll = (chunks: readonly string[]) => chunks.flatMap(createSseParser());

describe.each([
  ["LF", "\n"],
  ["CRLF", "\r\n"],
  ["CR", "\r"],
])("with %s", (_name, lineEnd) => {
  const text = transcript.replaceAll("\n", lineEnd);

  it("reads the same events at every split point", () => {
    for (let at = 0; at <= text.length; at++) {
      expect(parseAll([text.slice(0, at), "", text.slice(at)]), `split at ${at}`).toEqual(expected);
    }
  });

  it("reads the same events one character at a time", () => {
    expect(parseAll([...text])).toEqual(expected);
  });
});

it("tells an event as soon as its blank line is there", () => {
  const parse = createSseParser();
  expect(parse("data: a\n")).toEqual([]);
  expect(parse("\n")).toEqual([{ data: "a", id: undefined }]);
  expect(parse("\n\n")).toEqual([]);
});

it("treats mixed line ends as line ends", () => {
  const events = parseAll(["data: a\r\n\rdata: b\n\r\ndata: c\r\r"]);
  expect(events.map(({ data }) => data)).toEqual(["a", "b", "c"]);
});

it.each([
  ["12", 12],
  ["", undefined],
  ["a1", undefined],
  ["-1", undefined],
  ["1.5", undefined],
  ["9".repeat(16), undefined],
])("takes %j for the number %j", (id, number) => {
  expect(parseAll([`id:${id}\ndata: a\n\n`])).toEqual([{ data: "a", id: number }]);
});

it("numbers only the event that the number is in", () => {
  expect(parseAll(["id: 1\n\ndata: a\n\nid: 2\ndata: b\n\ndata: c\n\n"]).map(({ id }) => id)).toEqual([
    undefined,
    2,
    undefined,
  ]);
});
