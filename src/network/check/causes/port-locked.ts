// A locked port takes frames only from hosts that stand in the bridge's table.
import { commandIn } from "../command.ts";
import type { Cause } from "../finding.ts";
import { attachmentsThatMatter, nameOf, rawName } from "../words.ts";

export const portLocked: Cause = (situation) => {
  const { host } = situation;
  for (const { at, end } of attachmentsThatMatter(situation)) {
    const mac = at.link.attrs.address;
    if (mac === undefined || at.port.attrs.linkinfo?.slaveData?.bridge?.locked !== 1) continue;
    const isKnown = host.fdb.some(
      ({ header, attrs }) =>
        header.ifindex === at.port.header.index && attrs.lladdr === mac && attrs.master === at.bridge?.header.index,
    );
    if (isKnown) continue;
    return {
      cause: "port-locked",
      says: `port ${nameOf(at.port)} is locked, and ${mac}, the address of ${nameOf(at.link)} of ${end.label}, is not in its table`,
      mend: commandIn(host.ref, "bridge", "fdb", "add", mac, "dev", rawName(at.port), "master", "static"),
    };
  }
  return undefined;
};
