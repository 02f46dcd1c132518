import { figure, markdownTable } from "./markdown-table.mjs";
import { summary } from "./measured-rounds.mjs";

/**
 * The figures of one job as a table, cheapest first. `columns`: title and figure of each; the first is what contenders are
 * compared by, beside the baseline where there is one. A figure may be divided, for units.
 */
export function figuresTable(figures, { columns, baseline }) {
  const [main] = columns;
  const measured = [...figures].filter(([, own]) => Array.isArray(own));
  const base = figures.get(baseline);
  const cellsOf = ([name, own]) => {
    const compared = summary(own, main.of, base);
    const ratio =
      compared.ratio === undefined ? [] : [figure(compared.ratio), `${Math.round(100 * compared.spread)} %`];
    const [first, ...others] = columns.map(({ of, per = 1 }) => figure(summary(own, of).value / per));
    return { cells: [name, first, ...ratio, ...others], rank: compared.value };
  };
  const rows = measured.map(cellsOf).sort((one, other) => one.rank - other.rank);
  const [firstTitle, ...otherTitles] = columns.map(({ title }) => title);
  const ratioTitles = Array.isArray(base) ? ["x", "±"] : [];
  const table = markdownTable(
    ["", firstTitle, ...ratioTitles, ...otherTitles],
    rows.map(({ cells }) => cells),
  );
  const failures = [...figures].filter(([, own]) => own instanceof Error);
  return [table, ...failures.map(([name, error]) => `Not measured: ${name} (${error.message})`)].join("\n\n");
}
