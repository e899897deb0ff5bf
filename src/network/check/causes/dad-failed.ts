// IPv6 asks before it uses an address whether somebody has it (RFC 4862 5.4). Somebody has.
import { IFA_F } from "../../../attrs/route/address.ts";
import { commandIn } from "../command.ts";
import type { Cause } from "../finding.ts";
import { textOf } from "../ways.ts";
import { attachmentsThatMatter, rawName } from "../words.ts";

export const dadFailed: Cause = (situation) => {
  for (const { end, at } of attachmentsThatMatter(situation)) {
    const failed = end.addresses.find(
      ({ header, attrs }) =>
        header.index === at.link.header.index && ((attrs.flags ?? header.flags) & IFA_F.DADFAILED) !== 0,
    );
    if (failed === undefined) continue;
    const address = `${textOf(failed)}/${failed.header.prefixlen}`;
    return {
      cause: "dad-failed",
      says: `${textOf(failed)} of ${end.label} is out of use: duplicate address detection found another host that has it`,
      mend: commandIn(end.ref, "ip", "address", "delete", address, "dev", rawName(at.link)),
    };
  }
  return undefined;
};
