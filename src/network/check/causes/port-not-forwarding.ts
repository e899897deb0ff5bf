// A port that is up, and that its bridge lets nothing through: the spanning tree has blocked it, or is still learning.
import { BR_STATE } from "../../../attrs/route/bridge-port.ts";
import { commandIn } from "../command.ts";
import type { Cause } from "../finding.ts";
import { attachmentsThatMatter, nameOf, rawName } from "../words.ts";

const WORDS = Object.fromEntries(Object.entries(BR_STATE).map(([name, value]) => [value, name.toLowerCase()]));

export const portNotForwarding: Cause = (situation) => {
  for (const { at, end } of attachmentsThatMatter(situation)) {
    const state = at.port.attrs.linkinfo?.slaveData?.bridge?.state;
    if (at.bridge === undefined || state === undefined || state === BR_STATE.FORWARDING) continue;
    const says = `port ${nameOf(at.port)}, where ${end.label} is connected, is ${WORDS[state] ?? state}: bridge ${nameOf(at.bridge)} passes nothing on`;
    const usesStp = (at.bridge.attrs.linkinfo?.data?.bridge?.stpState ?? 0) !== 0;
    const mend = usesStp
      ? commandIn(situation.host.ref, "ip", "link", "set", rawName(at.bridge), "type", "bridge", "stp_state", "0")
      : commandIn(situation.host.ref, "bridge", "link", "set", "dev", rawName(at.port), "state", "3");
    return { cause: "port-not-forwarding", says, mend };
  }
  return undefined;
};
