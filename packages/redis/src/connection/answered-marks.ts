/**
 * Marks in Redis by which a command that is sent again is known. Once its answer has come nobody sends it again, so its
 * mark need not stay there until it expires: the next command takes it away.
 */
export interface AnsweredMarks {
  add(mark: string): void;
  /** Some of them, to be deleted now; more than one command adds, so that deleting keeps up. */
  take(): readonly string[];
}

const takenAtOnce = 16;

/** Makes an empty list of marks. */
export function answeredMarks(): AnsweredMarks {
  let marks: string[] = [];
  return {
    add: (mark) => void marks.push(mark),
    take() {
      const taken = marks.slice(0, takenAtOnce);
      marks = marks.slice(taken.length);
      return taken;
    },
  };
}
