// What a check finds, and what finds it.
import type { Situation } from "./situation.ts";

/** Why two namespaces do not reach each other. */
export interface Finding {
  /** Which cause, for programs: "isolated". Stays as it is. */
  readonly cause: string;
  /** One line for people; names are escaped. */
  readonly says: string;
  /** The command that mends it, for a shell; undefined where no command can. */
  readonly mend?: string | undefined;
}
/** Looks for one cause. */
export type Cause = (situation: Situation) => Finding | undefined;
