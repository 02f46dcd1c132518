import { expect, it } from "vitest";
import { answeredMarks } from "./answered-marks.js";

it("marks are taken once each, oldest first, and faster than they come", () => {
  const marks = answeredMarks();
  const all = Array.from({ length: 40 }, (_, index) => `mark ${index}`);
  for (const mark of all) marks.add(mark);
  const taken = [marks.take(), marks.take(), marks.take()];
  expect(taken.map(({ length }) => length)).toEqual([16, 16, 8]);
  expect(taken.flat()).toEqual(all);
  expect(marks.take()).toEqual([]);
});
