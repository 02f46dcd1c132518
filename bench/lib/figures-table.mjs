import { figure, markdownTable } from "./markdown-table.mjs";
import { summary } from "./measured-rounds.mjs";

/**
 * The figures of one job as a table, lowest in the first column first. A column has a title and a figure, which may be
 * divided by `per` for its unit; with `isCompared` the ratio to the baseline and how much that varies stand beside it.
 * What failed is named below.
 */
export function figuresTable(figures, { columns, baseline }) {
  const base = figures.get(baseline);
  const ratioColumns = Array.isArray(base) ? 2 : 0;
  const cellsOf = (own, { of, per = 1, isCompared = false }) => {
    const { value, ratio, spread } = summary(own, of, base);
    const compared = [figure(ratio), `${Math.round(100 * spread)} %`];
    return [figure(value / per), ...(isCompared ? compared.slice(0, ratioColumns) : [])];
  };
  const titlesOf = ({ title, isCompared = false }) => [
    title,
    ...(isCompared ? ["x", "±"].slice(0, ratioColumns) : []),
  ];
  const measured = [...figures].filter(([, own]) => Array.isArray(own));
  const rank = ([, own]) => summary(own, columns[0].of).value;
  const rows = measured
    .sort((one, other) => rank(one) - rank(other))
    .map(([name, own]) => [name, ...columns.flatMap((column) => cellsOf(own, column))]);
  const failures = [...figures].filter(([, own]) => own instanceof Error);
  return [
    markdownTable(["", ...columns.flatMap(titlesOf)], rows),
    ...failures.map(([name, error]) => `Not measured: ${name} (${error.message})`),
  ].join("\n\n");
}
