/** A stretch of time that a cap is for: of the calendar, or the last hours. */
export type WindowKind = "day" | "month" | "rolling";

/** The window of a moment: what is spent now is entered under `id`, and what stands under all of `counted` counts. */
export interface BudgetWindow {
  readonly kind: WindowKind;
  /** `2026-03-29` or `2026-03`, in the budget's time zone; of a rolling window its length and step: `3600000/118`. */
  readonly id: string;
  /** The ids whose spending counts now, `id` the last: itself alone, or the steps of a rolling window. */
  readonly counted: readonly string[];
  /** When the next one begins, milliseconds since the epoch; of a rolling window its next step. */
  readonly endsAtMs: number;
}

/** Finds the window that a moment belongs to. `spanMs` is the length of a rolling one. */
export type FindWindow = (
  of: { readonly window: WindowKind; readonly spanMs: number },
  nowMs: number,
) => BudgetWindow;

type CalendarKind = Exclude<WindowKind, "rolling">;

/** Steps of a rolling window: what was spent leaves it at most one of them late. */
const stepsPerWindow = 24;

const stepOf = (spanMs: number) => Math.ceil(spanMs / stepsPerWindow);

function rollingWindow(spanMs: number, nowMs: number): BudgetWindow {
  const stepMs = stepOf(spanMs);
  const step = Math.floor(nowMs / stepMs);
  const idOf = (index: number) => `${spanMs}/${index}`;
  const counted = Array.from({ length: stepsPerWindow + 1 }, (_, back) => idOf(step - stepsPerWindow + back));
  return { kind: "rolling", id: idOf(step), counted, endsAtMs: (step + 1) * stepMs };
}

const hourMs = 3_600_000;
/** Surely in a later window, but not two windows later: the longest day has 25 hours or so, the longest month 31 days. */
const surelyLaterMs: Readonly<Record<CalendarKind, number>> = { day: 47 * hourMs, month: 33 * 24 * hourMs };

/**
 * Calendar windows of a time zone (an IANA name such as `Europe/London`), and rolling ones, which need none.
 *
 * @throws `RangeError` when there is no such time zone.
 */
export function budgetWindows(timeZone: string): FindWindow {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  const latest = new Map<CalendarKind | number, BudgetWindow & { readonly foundAtMs: number }>();

  function idAt(kind: CalendarKind, atMs: number): string {
    const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
    const month = `${parts.get("year")}-${parts.get("month")}`;
    return kind === "month" ? month : `${month}-${parts.get("day")}`;
  }

  /**
   * The first millisecond with another id. Searched, not computed: where clocks change at midnight a day begins at
   * 01:00, and days have 23 or 25 hours.
   */
  function endOf(kind: CalendarKind, id: string, nowMs: number): number {
    let inside = nowMs;
    let outside = nowMs + surelyLaterMs[kind];
    while (outside - inside > 1) {
      const middle = Math.floor((inside + outside) / 2);
      if (idAt(kind, middle) === id) inside = middle;
      else outside = middle;
    }
    return outside;
  }

  function calendarWindow(kind: CalendarKind, nowMs: number): BudgetWindow {
    const id = idAt(kind, nowMs);
    return { kind, id, counted: [id], endsAtMs: endOf(kind, id, nowMs) };
  }

  return ({ window: kind, spanMs }, now) => {
    const nowMs = Math.floor(now);
    const name = kind === "rolling" ? spanMs : kind;
    const known = latest.get(name);
    if (known !== undefined && known.foundAtMs <= nowMs && nowMs < known.endsAtMs) return known;
    const window = kind === "rolling" ? rollingWindow(spanMs, nowMs) : calendarWindow(kind, nowMs);
    const found = { ...window, foundAtMs: nowMs };
    latest.set(name, found);
    return found;
  };
}

/**
 * When a cap may open: at the end of its window; of a rolling one when the oldest step with money in it leaves.
 * `hasMoney` is asked about places in `window.counted`.
 */
export function resetsAtMs(
  window: BudgetWindow,
  spanMs: number,
  hasMoney: (index: number) => boolean,
): number {
  const oldest = window.kind === "rolling" ? window.counted.findIndex((_, index) => hasMoney(index)) : 0;
  return window.endsAtMs + Math.max(0, oldest) * stepOf(spanMs);
}
