// Sent and read back: which of the values that went out did not come back.

/** Why an attribute is not sent by the tests: the kernel's own, for requests only… */
export type NotSent = string;
/** A value to send, and what the kernel says instead of taking it. */
export interface Sent<T> {
  readonly value: T;
  /** Errno of a refusal. */
  readonly refused?: string;
}
/** Every attribute of an interface, each either sent or excused: a new one cannot be forgotten. */
export type Cases<T> = { readonly [K in Exclude<keyof T, "unknown" | symbol>]-?: Sent<NonNullable<T[K]>> | NotSent };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);

/** Paths of the values in `sent` that `got` does not have. */
export const lost = (sent: unknown, got: unknown, path: readonly string[] = []): string[] => {
  if (sent === undefined) return [];
  if (isObject(sent)) {
    return Object.entries(sent).flatMap(([key, value]) =>
      lost(value, isObject(got) ? got[key] : undefined, [...path, key]),
    );
  }
  const text = (value: unknown): string =>
    JSON.stringify(value, (_, v: unknown) =>
      typeof v === "bigint" ? `${v}n` : v instanceof Uint8Array ? [...v] : v,
    ) ?? "nothing";
  return text(sent) === text(got) ? [] : [`${path.join(".")}: sent ${text(sent)}, read ${text(got)}`];
};

/** [name, value, refusal] of each case that is sent. */
export const sentCases = <T>(cases: Cases<T>): (readonly [string, unknown, string | undefined])[] =>
  Object.entries<Sent<unknown> | NotSent>(cases).flatMap(([name, one]) =>
    typeof one === "string" ? [] : [[name, one.value, one.refused] as const],
  );

/** "read back", or the errno: what became of a request. */
export const outcome = async (run: () => Promise<string[]>): Promise<string | string[]> => {
  try {
    const missing = await run();
    return missing.length === 0 ? "read back" : missing;
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (typeof code !== "string") throw error;
    return code;
  }
};
