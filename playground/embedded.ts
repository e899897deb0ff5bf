// What scripts/playground.mjs puts in while it bundles. Named once each: it stands wherever it is named.
declare const EMBEDDED_EXAMPLES: readonly Example[];
declare const EMBEDDED_COMMENTS: Readonly<Record<string, string>>;

/** A recorded exchange of fixtures/. */
export interface Example {
  /** What happens in it. */
  readonly name: string;
  /** Its annotated hexdump. */
  readonly text: string;
}
export const EXAMPLES: readonly Example[] = EMBEDDED_EXAMPLES;
/** What the tables' comments say, by constant: IFLA_MTU. */
export const COMMENTS: Readonly<Record<string, string>> = EMBEDDED_COMMENTS;
