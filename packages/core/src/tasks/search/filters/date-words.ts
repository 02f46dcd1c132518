// Words of dates, lower case.

/** 1 to 12. Short names are listed in {@link shortDateWords} too. */
export const monthNumbers: ReadonlyMap<string, number> = new Map(
  [
    ["january", "jan"],
    ["february", "feb"],
    ["march", "mar"],
    ["april", "apr"],
    ["may"],
    ["june", "jun"],
    ["july", "jul"],
    ["august", "aug"],
    ["september", "sep", "sept"],
    ["october", "oct"],
    ["november", "nov"],
    ["december", "dec"],
  ].flatMap((names, index) => names.map((name): [string, number] => [name, index + 1])),
);

/** 0 is Monday. */
export const weekdayNumbers: ReadonlyMap<string, number> = new Map(
  [
    ["monday", "mon"],
    ["tuesday", "tue", "tues"],
    ["wednesday", "wed"],
    ["thursday", "thu", "thur", "thurs"],
    ["friday", "fri"],
    ["saturday", "sat"],
    ["sunday", "sun"],
  ].flatMap((names, index) => names.map((name): [string, number] => [name, index])),
);

/** Words that mean something else as well, so alone they are no date: "may" and "march" do, and all short names. */
export const shortDateWords: ReadonlySet<string> = new Set(
  [...monthNumbers.keys(), ...weekdayNumbers.keys()].filter(
    (name) => name.length < 5 && !["june", "july"].includes(name),
  ),
).add("march");

/** Spelt-out counts. */
export const countWords: ReadonlyMap<string, number> = new Map(
  [
    ["a", "an", "one"],
    ["two"],
    ["three"],
    ["four"],
    ["five"],
    ["six"],
    ["seven"],
    ["eight"],
    ["nine"],
    ["ten"],
    ["eleven"],
    ["twelve"],
  ].flatMap((names, index) => names.map((name): [string, number] => [name, index + 1])),
);

/** What periods are counted in. */
export type PeriodUnit = "hour" | "day" | "week" | "month" | "quarter" | "year";

export const periodUnits: ReadonlyMap<string, PeriodUnit> = new Map(
  (["hour", "day", "week", "month", "quarter", "year"] as const).flatMap((unit): [string, PeriodUnit][] => [
    [unit, unit],
    [`${unit}s`, unit],
  ]),
);

/** Which of several periods: 0 is the one that today lies in. */
export const periodOffsets: ReadonlyMap<string, number> = new Map([
  ["last", -1],
  ["previous", -1],
  ["this", 0],
  ["current", 0],
  ["next", 1],
]);

/** Days from today. */
export const namedDays: ReadonlyMap<string, number> = new Map([
  ["today", 0],
  ["yesterday", -1],
  ["tomorrow", 1],
]);

export const quarterWords: ReadonlyMap<string, number> = new Map([
  ["first", 1],
  ["second", 2],
  ["third", 3],
  ["fourth", 4],
  ["1st", 1],
  ["2nd", 2],
  ["3rd", 3],
  ["4th", 4],
]);
