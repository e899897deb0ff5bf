// The one naming rule: IFLA_ + NUM_TX_QUEUES <-> numTxQueues, ifi_ + index <-> index. It runs both ways.

/** rxPackets -> rx_packets; gsoIpv4MaxSize -> gso_ipv4_max_size */
export const lowerSnake = (property: string): string => property.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
/** numTxQueues -> NUM_TX_QUEUES */
export const upperSnake = (property: string): string => lowerSnake(property).toUpperCase();
/** NUM_TX_QUEUES -> numTxQueues */
export const camelCase = (name: string): string =>
  name.toLowerCase().replace(/_([a-z0-9])/g, (_, c: string) => c.toUpperCase());

/** A set of C constants: `prefix` + key is the constant. Works for enums and for flag words. */
export interface Names {
  /** What the constants have in common: "IFF_". */
  readonly prefix: string;
  /** The rest of each name, and its number. */
  readonly values: Readonly<Record<string, number>>;
}

/** "UP" of { prefix: "IF_OPER_" } for 6, or undefined for a number that has no name. */
export const enumKey = ({ values }: Names, value: number): string | undefined => {
  for (const key in values) if (values[key] === value) return key;
  return undefined;
};
/** "IF_OPER_UP", or undefined for a number that has no name. */
export const enumName = (names: Names, value: number): string | undefined => {
  const key = enumKey(names, value);
  return key === undefined ? undefined : names.prefix + key;
};

/** "IFF_UP|IFF_BROADCAST|0x8000000": every bit shown, those without a name as one number. */
export const flagNames = ({ prefix, values }: Names, value: number): string => {
  const found: string[] = [];
  let rest = value;
  for (const key in values) {
    const bit = values[key] as number;
    if (bit !== 0 && (value & bit) >>> 0 === bit >>> 0) {
      found.push(prefix + key);
      rest &= ~bit;
    }
  }
  if (rest !== 0) found.push(`0x${(rest >>> 0).toString(16)}`);
  return found.join("|");
};
