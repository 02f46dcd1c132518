/** A stretch of the calendar that a cap is for. */
export type WindowKind = "day" | "month";

/** One calendar day or month. */
export interface BudgetWindow {
  readonly kind: WindowKind;
  /** `2026-03-29` or `2026-03`, in the budget's time zone. */
  readonly id: string;
  /** When the next one begins, milliseconds since the epoch. */
  readonly endsAtMs: number;
}

/** Finds the window that a moment belongs to. */
export type FindWindow = (kind: WindowKind, nowMs: number) => BudgetWindow;

const hourMs = 3_600_000;
/** Surely in a later window, but not two windows later: the longest day has 25 hours or so, the longest month 31 days. */
const surelyLaterMs: Readonly<Record<WindowKind, number>> = { day: 47 * hourMs, month: 33 * 24 * hourMs };

/**
 * Calendar windows of a time zone (an IANA name such as `Europe/London`).
 *
 * @throws `RangeError` when there is no such time zone.
 */
export function calendarWindows(timeZone: string): FindWindow {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  const latest = new Map<WindowKind, BudgetWindow & { readonly foundAtMs: number }>();

  function idAt(kind: WindowKind, atMs: number): string {
    const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
    const month = `${parts.get("year")}-${parts.get("month")}`;
    return kind === "month" ? month : `${month}-${parts.get("day")}`;
  }

  /**
   * The first millisecond with another id. Searched, not computed: where clocks change at midnight a day begins at
   * 01:00, and days have 23 or 25 hours.
   */
  function endOf(kind: WindowKind, id: string, nowMs: number): number {
    let inside = nowMs;
    let outside = nowMs + surelyLaterMs[kind];
    while (outside - inside > 1) {
      const middle = Math.floor((inside + outside) / 2);
      if (idAt(kind, middle) === id) inside = middle;
      else outside = middle;
    }
    return outside;
  }

  return (kind, now) => {
    const nowMs = Math.floor(now);
    const known = latest.get(kind);
    if (known !== undefined && known.foundAtMs <= nowMs && nowMs < known.endsAtMs) return known;
    const id = idAt(kind, nowMs);
    const found = { kind, id, endsAtMs: endOf(kind, id, nowMs), foundAtMs: nowMs };
    latest.set(kind, found);
    return found;
  };
}
