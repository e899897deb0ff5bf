// The one table: a row a measure, a column a contender, bars with their verdicts.
import { isNoisy, median, ratio, type Series } from "./rounds.ts";

/** Contenders, in the order of the columns. */
export const COLUMNS = {
  floor: "C floor",
  libmnl: "C libmnl",
  nlkit: "nlkit",
  ip: "ip",
  go: "Go",
  pyroute2: "pyroute2",
  npm: "npm netlink",
  node: "node -e 0",
  tshark: "tshark",
  cat: "cat",
} as const;
export type Column = keyof typeof COLUMNS;

/** What the issue asks of nlkit's figure. */
export interface Bar {
  readonly limit: number;
  /** Compared with whose figure; absent: the figure itself. */
  readonly over?: Column;
}
export interface Row {
  readonly measure: string;
  readonly unit: "ms" | "µs" | "ns" | "MiB" | "M/s";
  readonly cells: Partial<Record<Column, Series>>;
  /** Whose figure the ratios stand for; default: the C floor, where the row has one. */
  readonly base?: Column;
  readonly bars?: readonly Bar[];
  /** What else was seen: overruns. */
  readonly note?: string;
}

const figure = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

const verdict = ({ cells, unit }: Row, { limit, over }: Bar): string => {
  const bar = over === undefined ? `≤ ${limit} ${unit}` : `≤ ${limit} × ${COLUMNS[over]}`;
  const base = over === undefined ? undefined : cells[over];
  if (cells.nlkit === undefined || (over !== undefined && base === undefined)) return `${bar}: not measured`;
  const value = base === undefined ? median(cells.nlkit) : ratio(cells.nlkit, base);
  return `${bar}: ${value <= limit ? "pass" : "MISS"}${base === undefined ? "" : ` (${value.toFixed(2)})`}`;
};

const cellsOf = (row: Row, columns: readonly Column[]): string[] => {
  const base = row.cells[row.base ?? "floor"];
  const shown = columns.map((column) => {
    const series = row.cells[column];
    if (series === undefined) return "";
    const single = series.length > 1 && series.filter((value) => value !== undefined).length === 1 ? "¹" : "";
    const noisy = isNoisy(series) ? "~" : "";
    const times = base === undefined || base === series ? "" : ` ×${ratio(series, base).toFixed(2)}`;
    return `${figure(median(series))}${single}${noisy}${times}`;
  });
  const bars = (row.bars ?? []).map((bar) => verdict(row, bar)).join("; ");
  return [row.measure, row.unit, ...shown, bars, row.note ?? ""];
};

/** As Markdown that can be read as it stands: a terminal and a file get the same. Columns that nobody filled are left out. */
export const tableOf = (rows: readonly Row[]): string => {
  const columns = (Object.keys(COLUMNS) as Column[]).filter((column) => rows.some(({ cells }) => column in cells));
  const head = ["measure", "unit", ...columns.map((column) => COLUMNS[column]), "bar", "note"];
  const all = [head, ...rows.map((row) => cellsOf(row, columns))];
  const widths = head.map((_, i) => Math.max(3, ...all.map((line) => [...(line[i] ?? "")].length)));
  const text = (line: readonly string[]): string =>
    `| ${line.map((cell, i) => cell + " ".repeat((widths[i] ?? 0) - [...cell].length)).join(" | ")} |`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [text(head), rule, ...all.slice(1).map(text)].join("\n");
};

/** How many bars there are, and how many were missed. */
export const tally = (rows: readonly Row[]): string => {
  const verdicts = rows.flatMap((row) => (row.bars ?? []).map((bar) => verdict(row, bar)));
  const missed = verdicts.filter((text) => text.includes("MISS")).length;
  const unmeasured = verdicts.filter((text) => text.includes("not measured")).length;
  return `${verdicts.length} bars: ${verdicts.length - missed - unmeasured} passed, ${missed} missed, ${unmeasured} not measured`;
};
