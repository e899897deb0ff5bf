// Who is told when an AbortSignal aborts. A signal gets one listener, however many requests, streams and connections wait under it: Node
// warns of a leak at the eleventh.

interface Listening {
  readonly runs: Set<() => void>;
  readonly listener: () => void;
}
const listening = new WeakMap<AbortSignal, Listening>();

const listen = (signal: AbortSignal): Listening => {
  const runs = new Set<() => void>();
  const listener = (): void => {
    listening.delete(signal);
    // As with listeners: who is taken away by one before is not called any more.
    for (const run of [...runs]) if (runs.has(run)) run();
  };
  signal.addEventListener("abort", listener, { once: true });
  const made = { runs, listener };
  listening.set(signal, made);
  return made;
};

/**
 * Calls back when a signal aborts.
 * @param signal not aborted yet
 * @param run must not throw
 * @returns forgets it; behind the last one no listener is left
 */
export const onAbort = (signal: AbortSignal, run: () => void): (() => void) => {
  const { runs, listener } = listening.get(signal) ?? listen(signal);
  runs.add(run);
  return () => {
    if (!runs.delete(run) || runs.size > 0) return;
    signal.removeEventListener("abort", listener);
    if (listening.get(signal)?.runs === runs) listening.delete(signal);
  };
};
