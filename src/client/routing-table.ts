// Where a message says which routing table it is about.

/** The number, in the header and among the attributes. */
export interface TablePlace {
  /** Of rtmsg and fib_rule_hdr. */
  readonly header: { readonly table?: number };
  /** Of RTA_* and FRA_*. */
  readonly attrs: { readonly table?: number };
}

/**
 * The header has 8 bits for it; a larger number goes in RTA_TABLE or FRA_TABLE.
 * @param table RT_TABLE, or any other number; undefined: nothing is said
 */
export const tableOf = (table: number | undefined): TablePlace =>
  table === undefined
    ? { header: {}, attrs: {} }
    : table < 256
      ? { header: { table }, attrs: {} }
      : { header: { table: 0 }, attrs: { table } };
