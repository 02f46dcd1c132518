/** A text with JSON in it. */
export interface JsonText {
  readonly text: string;
  /** Where the JSON begins. */
  readonly start: number;
  /** Whether the text may have lost its end; then the last item of a list counts only when it is closed. */
  readonly cutOff: boolean;
}

/** A value that was read leniently, and how its text ended. */
export interface LooseJson {
  readonly value: unknown;
  /**
   * `whole`: with the bracket that closes it. `unclosed`: after an entry that is surely complete, with nothing but
   * brackets missing. `broken`: anywhere else; an entry that the end may have cut is left out.
   */
  readonly end: "whole" | "unclosed" | "broken";
  /** Where the text goes on after the value. */
  readonly endsAt: number;
}

/** Where the reading of one text stands. */
export interface JsonCursor {
  readonly text: string;
  /** Whether the text may have lost its end. */
  readonly cutOff: boolean;
  at: number;
  end: LooseJson["end"];
}
