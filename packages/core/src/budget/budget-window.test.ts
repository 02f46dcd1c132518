import { expect, it } from "vitest";
import { budgetWindows, resetsAtMs, type WindowKind } from "./budget-window.js";

const at = (text: string) => Date.parse(text);

it.each<[string, WindowKind, string, string, string]>([
  ["UTC", "day", "2026-12-31T23:59:59.999Z", "2026-12-31", "2027-01-01T00:00:00Z"],
  ["UTC", "month", "2026-12-31T23:59:59.999Z", "2026-12", "2027-01-01T00:00:00Z"],
  ["UTC", "month", "2028-02-01T00:00:00Z", "2028-02", "2028-03-01T00:00:00Z"],
  ["Europe/London", "month", "2026-03-01T00:00:00Z", "2026-03", "2026-03-31T23:00:00Z"],
  ["Europe/London", "month", "2026-10-01T00:00:00Z", "2026-10", "2026-11-01T00:00:00Z"],
  ["America/Los_Angeles", "day", "2026-03-08T08:00:00Z", "2026-03-08", "2026-03-09T07:00:00Z"],
  ["America/Los_Angeles", "day", "2026-11-01T07:00:00Z", "2026-11-01", "2026-11-02T08:00:00Z"],
  ["Pacific/Kiritimati", "day", "2026-01-01T09:59:59Z", "2026-01-01", "2026-01-01T10:00:00Z"],
  ["Australia/Lord_Howe", "day", "2026-04-04T13:00:00Z", "2026-04-05", "2026-04-05T13:30:00Z"],
  // Clocks went back at midnight: 23:00 to 24:00 came twice on the 17th.
  ["America/Sao_Paulo", "day", "2018-02-17T12:00:00Z", "2018-02-17", "2018-02-18T03:00:00Z"],
  // The island crossed the date line: no 30 December.
  ["Pacific/Apia", "day", "2011-12-29T12:00:00Z", "2011-12-29", "2011-12-30T10:00:00Z"],
])("%s, %s at %s is %s until %s", (timeZone, kind, now, id, end) => {
  const window = budgetWindows(timeZone)({ window: kind, spanMs: 0 }, at(now));
  expect(window.id).toBe(id);
  expect(new Date(window.endsAtMs)).toEqual(new Date(end));
});

it("goes back with a clock that is set back", () => {
  const find = budgetWindows("UTC");
  expect(find({ window: "day", spanMs: 0 }, at("2026-01-02T00:00:01Z")).id).toBe("2026-01-02");
  expect(find({ window: "day", spanMs: 0 }, at("2026-01-01T23:59:59Z")).id).toBe("2026-01-01");
  expect(find({ window: "day", spanMs: 0 }, at("2026-01-02T12:00:00Z")).id).toBe("2026-01-02");
});

it("takes fractions of a millisecond", () => {
  const find = budgetWindows("UTC");
  expect(find({ window: "day", spanMs: 0 }, at("2026-01-01T23:59:59.999Z") + 0.9).endsAtMs).toBe(
    at("2026-01-02T00:00:00Z"),
  );
});

it("finds a known window without a search", () => {
  const find = budgetWindows("Europe/London");
  const first = find({ window: "month", spanMs: 0 }, at("2026-05-01T00:00:00Z"));
  expect(find({ window: "month", spanMs: 0 }, at("2026-05-31T22:59:59.999Z"))).toBe(first);
});

it("a rolling window counts its 24 steps and the one that began before them", () => {
  const find = budgetWindows("UTC");
  const spanMs = 24 * 3_600_000;
  const window = find({ window: "rolling", spanMs }, at("2026-01-02T10:30:00Z"));
  expect(window.counted).toHaveLength(25);
  expect(window.counted.at(-1)).toBe(window.id);
  expect(window.counted[0]).toBe(find({ window: "rolling", spanMs }, at("2026-01-01T10:00:00Z")).id);
  expect(window.endsAtMs).toBe(at("2026-01-02T11:00:00Z"));
});

it("rolling windows of two lengths are apart, and none loses a millisecond to rounding", () => {
  const find = budgetWindows("UTC");
  for (const spanMs of [24_000, 24_001, 86_399_999]) {
    const stepMs = Math.ceil(spanMs / 24);
    const first = find({ window: "rolling", spanMs }, 1_000 * stepMs);
    // Spent in the last millisecond of a step, it still counts `spanMs` later.
    const later = find({ window: "rolling", spanMs }, 1_001 * stepMs - 1 + spanMs - 1);
    expect(later.counted).toContain(first.id);
  }
  const ids = [24_000, 24_001].map((spanMs) => find({ window: "rolling", spanMs }, 5e9).id);
  expect(new Set(ids).size).toBe(2);
});

it("a cap opens when its window ends, a rolling one when its oldest money leaves", () => {
  const find = budgetWindows("UTC");
  const spanMs = 24_000;
  const window = find({ window: "rolling", spanMs }, 1_000_000);
  expect(resetsAtMs(window, spanMs, (index) => index === 0)).toBe(1_001_000);
  expect(resetsAtMs(window, spanMs, (index) => index >= 7)).toBe(1_008_000);
  expect(resetsAtMs(window, spanMs, () => false)).toBe(1_001_000);
  const day = find({ window: "day", spanMs: 0 }, at("2026-01-02T10:30:00Z"));
  expect(resetsAtMs(day, 0, () => false)).toBe(at("2026-01-03T00:00:00Z"));
});
