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
const expected = ["one", "two\n indented\n", "é漢😀"];

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
  expect(parse("\n")).toEqual(["a"]);
  expect(parse("\n\n")).toEqual([]);
});

it("treats mixed line ends as line ends", () => {
  expect(parseAll(["data: a\r\n\rdata: b\n\r\ndata: c\r\r"])).toEqual(["a", "b", "c"]);
});
