// What every section is given.
import type { Networks } from "../namespaces.ts";
import type { Row } from "../table.ts";
import type { Tools } from "../tools.ts";

export interface Lab {
  readonly networks: Networks;
  readonly tools: Tools;
  readonly quick: boolean;
  /** How often each contender is measured. */
  readonly rounds: number;
  /** Says what could not be measured. */
  note(text: string): void;
}
export type Section = (lab: Lab) => Promise<Row[]>;
