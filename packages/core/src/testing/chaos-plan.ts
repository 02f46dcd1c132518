/**
 * A reply that breaks off. `after` counts the pieces of a streamed reply that get through first; a reply that is not
 * streamed comes whole or not at all, so there it means nothing, and a reply with fewer pieces fails before its end
 * mark.
 */
export type Interruption =
  /** The connection closes: `provider_cut`, or `provider_unavailable` for a reply that is not streamed. */
  | {
      readonly fault: "cut";
      /** @default 0 */
      readonly after?: number | undefined;
    }
  /** Nothing more comes. */
  | {
      readonly fault: "stall";
      /** @default 0 */
      readonly after?: number | undefined;
      /** Then it goes on, milliseconds later. @default never: it waits for the signal */
      readonly forMs?: number | undefined;
    }
  /** A line that can't be parsed: `provider_malformed`. */
  | {
      readonly fault: "malformed";
      /** @default 0 */
      readonly after?: number | undefined;
    }
  /** An error inside a reply that began with 200. */
  | {
      readonly fault: "in-band";
      /** @default 0 */
      readonly after?: number | undefined;
      /** The HTTP status that the error stands for, 400 to 599. @default 500 */
      readonly status?: number | undefined;
    };

/** What goes wrong in one call. */
export type Fault =
  | Interruption
  /** Every event comes late; a reply that is not streamed comes after all these waits together. */
  | {
      readonly fault: "drip";
      /** Wait before each event, milliseconds. */
      readonly everyMs: number;
    }
  /** The request is refused with this HTTP status; the wrapped provider is not called. */
  | {
      readonly fault: "status";
      /** 400 to 599. */
      readonly status: number;
      /** What the Retry-After of a 429 asks for, milliseconds. @default none */
      readonly retryAfterMs?: number | undefined;
    }
  /** A finished reply of another shape than was asked for. Only where JSON was asked for. */
  | {
      readonly fault: "wrong-json";
      /** What stands in place of the reply. @default "[]" */
      readonly text?: string | undefined;
    };

/** When a fault strikes; without either in every call. */
export interface FaultTime {
  /** Only in calls with these numbers; the first is 1. @default all */
  readonly calls?: readonly number[] | undefined;
  /** In this share of them, 0 to 1, drawn from the seed. @default 1 */
  readonly rate?: number | undefined;
}

/** A fault and when it strikes. */
export type PlannedFault = Fault & FaultTime;

/** In each call the first fault that strikes is played, and only that. */
export type ChaosPlan = readonly PlannedFault[];
