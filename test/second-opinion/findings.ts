// What comes out of holding another program's reading against ours.

/** Sorted, so that it compares with a list that a person wrote. */
export type Listed<Reason extends string> = { readonly [R in Reason]?: readonly string[] };

export interface Findings<Reason extends string> {
  /** How many attributes and members both name the same. */
  names: number;
  /** How many values both read the same. */
  values: number;
  /** "where: what it says, what we say". */
  readonly disagreements: string[];
  /** Constants that the other program does not read, by the reason. */
  readonly unread: Map<Reason, Set<string>>;
  /** Constants whose value it does read. */
  readonly read: Set<string>;
}

export const noFindings = <Reason extends string>(): Findings<Reason> => ({
  names: 0,
  values: 0,
  disagreements: [],
  unread: new Map(),
  read: new Set(),
});

export const addTo = <K>(sets: Map<K, Set<string>>, key: K, constant: string): void => {
  const set = sets.get(key) ?? new Set<string>();
  sets.set(key, set.add(constant));
};

/** As `Listed`. */
export const listed = <Reason extends string>(sets: ReadonlyMap<Reason, ReadonlySet<string>>): Listed<Reason> =>
  Object.fromEntries([...sets].map(([reason, set]) => [reason, [...set].sort()])) as Record<Reason, string[]>;

/** Constants that are read here and not there: an entry of the list would hide the places where they are not. */
export const sometimesRead = <Reason extends string>({ unread, read }: Findings<Reason>): string[] =>
  [...unread.values()].flatMap((set) => [...set].filter((constant) => read.has(constant)));
