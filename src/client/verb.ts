// The flags that make a NEW message an addition or a replacement, for every table alike.
import { NLM_F } from "../codec/control.ts";

/** Flags of the verbs: what `ip … add`, `replace` and `del` send. */
export const VERB: Readonly<Record<"ADD" | "REPLACE" | "DELETE", number>> = {
  ADD: NLM_F.CREATE | NLM_F.EXCL,
  REPLACE: NLM_F.CREATE | NLM_F.REPLACE,
  DELETE: 0,
};
