// The flags that make a NEW message an addition, one more, or a replacement, for every table alike.
import { NLM_F } from "../codec/control.ts";

/** Flags of the verbs: what `ip … add`, `append`, `replace` and `del` send. */
export const VERB: Readonly<Record<"ADD" | "APPEND" | "REPLACE" | "DELETE", number>> = {
  ADD: NLM_F.CREATE | NLM_F.EXCL,
  APPEND: NLM_F.CREATE | NLM_F.APPEND,
  REPLACE: NLM_F.CREATE | NLM_F.REPLACE,
  DELETE: 0,
};
