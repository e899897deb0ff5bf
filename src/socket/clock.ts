// A clock that only goes forward, of what Node has loaded anyway.

/**
 * Milliseconds by a clock that only goes forward. Not `performance.now()`: Node loads that object when it is first asked for, which is
 * half a millisecond of a process's first request.
 */
export const now = (): number => {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
};
