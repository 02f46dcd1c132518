import { describe, expect, it } from "vitest";
import { addMonths, dayAt, isoDay, isoTimeMs, weekdayOf } from "./calendar-day.js";

describe("an ISO time", () => {
  it.each([
    ["2026-03-05", Date.UTC(2026, 2, 5)],
    ["2026-03-05T10:20", Date.UTC(2026, 2, 5, 10, 20)],
    ["2026-03-05 10:20:30", Date.UTC(2026, 2, 5, 10, 20, 30)],
    ["2026-03-05T10:20:30.123Z", Date.UTC(2026, 2, 5, 10, 20, 30)],
    ["2026-03-05T23:30:00-02:00", Date.UTC(2026, 2, 6, 1, 30)],
    ["2026-03-05T00:30:00+0200", Date.UTC(2026, 2, 4, 22, 30)],
    ["2024-02-29", Date.UTC(2024, 1, 29)],
  ])("%s", (text, timeMs) => expect(isoTimeMs(text)).toBe(timeMs));

  it.each([
    "",
    "today",
    "2026-02-29",
    "2026-13-01",
    "2026-3-5",
    "2026-03-05T10",
    "2026-03-05T10:61",
    "0026-03-05",
  ])("is not %j", (text) => expect(isoTimeMs(text)).toBeUndefined());
});

describe("a day", () => {
  const day = (text: string) => Math.floor((isoTimeMs(text) ?? Number.NaN) / 86_400_000);

  it("is moved by months, to the last day of a shorter one", () => {
    expect(isoDay(addMonths(day("2026-03-31"), -1))).toBe("2026-02-28");
    expect(isoDay(addMonths(day("2024-01-31"), 1))).toBe("2024-02-29");
    expect(isoDay(addMonths(day("2026-01-15"), -13))).toBe("2024-12-15");
  });

  it("knows its weekday, before 1970 too", () => {
    expect(weekdayOf(day("2026-03-16"))).toBe(0);
    expect(weekdayOf(day("1969-12-28"))).toBe(6);
  });

  it("has a year of four digits", () => {
    expect(dayAt(999, 1, 1)).toBeUndefined();
    expect(dayAt(10_000, 1, 1)).toBeUndefined();
    expect(isoDay(-400_000)).toBeUndefined();
  });
});
