// Interleaved rounds, and what is made of their figures.

/** What a contender gave in each round; undefined where it sat out, being slow. */
export type Series = readonly (number | undefined)[];

const known = (series: Series): number[] => series.filter((value) => value !== undefined);
export const median = (series: Series): number => {
  const sorted = known(series).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
};

/**
 * One over the other, round by round, then the median of that: what else ran on the machine in a round slowed both. A contender that
 * sat out is compared by its median.
 */
export const ratio = (over: Series, under: Series): number => {
  const pairs = over.flatMap((value, i) => {
    const base = under[i];
    return value === undefined || base === undefined ? [] : [value / base];
  });
  return pairs.length > 1 ? median(pairs) : median(over) / median(under);
};

/** The slowest round took half as long again as the middle one: something else was running. */
export const isNoisy = (series: Series): boolean => Math.max(...known(series)) > 1.5 * median(series);

/** Who takes longer than this (milliseconds) takes part in one round only. */
const SLOW = 2500;

/**
 * Every contender once a round, in turn, and the other way round in every other round: none is always behind the same one.
 * @param contenders by name
 * @param rounds how many
 * @param run one measurement
 * @param slow milliseconds from which a contender takes part in one round only
 * @returns what each gave, by round
 */
export const interleave = async <K extends string, T>(
  contenders: readonly K[],
  rounds: number,
  run: (contender: K, round: number) => Promise<T>,
  slow: number = SLOW,
): Promise<Map<K, (T | undefined)[]>> => {
  const results = new Map(contenders.map((name) => [name, Array<T | undefined>(rounds).fill(undefined)]));
  const left = new Set<K>();
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? contenders : [...contenders].reverse()) {
      if (left.has(name)) continue;
      const begin = performance.now();
      const result = await run(name, round);
      (results.get(name) as (T | undefined)[])[round] = result;
      if (performance.now() - begin > slow) left.add(name);
    }
  }
  return results;
};
