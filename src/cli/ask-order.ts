// Exchanges in the order in which they were asked, though they end in another.

/** Exchanges that wait for an earlier one: of more, what has ended is given as it is. */
const MOST = 16_384;

/** Puts them in order. */
export interface AskOrder<E> {
  /** Exchanges that begin. */
  ask(begun: readonly E[]): void;
  /** Exchanges that have ended; those that may be shown now, in their order. */
  take(ended: readonly E[]): E[];
}

/**
 * A buffer in which exchanges wait for earlier ones.
 * @param atOnce do not wait: somebody is reading along, and some requests are never answered
 */
export const askOrder = <E extends object>(atOnce: boolean): AskOrder<E> => {
  if (atOnce) return { ask: () => {}, take: (ended) => [...ended] };
  let waiting: E[] = [];
  const over = new Set<E>();
  return {
    ask: (begun) => void waiting.push(...begun),
    take(ended) {
      for (const one of ended) over.add(one);
      const open = waiting.findIndex((one) => !over.has(one));
      const isFull = waiting.length > MOST;
      const ready = isFull
        ? waiting.filter((one) => over.has(one))
        : waiting.slice(0, open < 0 ? waiting.length : open);
      waiting = isFull ? waiting.filter((one) => !over.has(one)) : waiting.slice(ready.length);
      for (const one of ready) over.delete(one);
      return ready;
    },
  };
};
