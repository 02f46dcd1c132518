import { describe, expect, it } from "vitest";
import { acceptsEventStream, isJsonInUtf8 } from "./media-type.js";

describe("isJsonInUtf8", () => {
  it.each([
    "application/json",
    "Application/JSON; Charset=UTF-8",
    'application/json;charset="utf-8"',
    "application/json ; charset = utf8",
    "application/json; version=1",
  ])("takes %s", (contentType) => expect(isJsonInUtf8(contentType)).toBe(true));

  it.each([
    undefined,
    "",
    "text/plain",
    "application/jsonp",
    "application/json, text/plain",
    "application/json; charset=utf-7",
    "application/json; charset=utf-16",
    "application/json; charset=",
    "application/json; charset=utf-8; charset=utf-16",
    "application/x-www-form-urlencoded",
  ])("refuses %s", (contentType) => expect(isJsonInUtf8(contentType)).toBe(false));
});

describe("acceptsEventStream", () => {
  it.each(["text/event-stream", "application/json, Text/Event-Stream;q=0.5", "text/event-stream ;q=1"])(
    "takes %s",
    (accept) => expect(acceptsEventStream(accept)).toBe(true),
  );

  it.each([undefined, "*/*", "text/*", "application/json", "text/event-stream;q=0", "text/event-streams"])(
    "answers in one piece for %s",
    (accept) => expect(acceptsEventStream(accept)).toBe(false),
  );
});
