// One IP address at both ends, or at one end and the bridge.
import { IFA_F } from "../../../attrs/route/address.ts";
import type { Address } from "../../../client/addresses.ts";
import { commandIn } from "../command.ts";
import type { Cause } from "../finding.ts";
import { isForHosts } from "../sides.ts";
import { textOf } from "../ways.ts";
import { nameOf, rawName } from "../words.ts";

/** IPv6 has noticed by itself: dad-failed.ts. */
const isRefused = ({ header, attrs }: Address): boolean => ((attrs.flags ?? header.flags) & IFA_F.DADFAILED) !== 0;

export const duplicateAddress: Cause = ({ a, b, host, shared }) => {
  for (const pair of shared) {
    const on = (addresses: readonly Address[], index: number | undefined): Address[] =>
      addresses.filter((one) => one.header.index === index && isForHosts(one) && !isRefused(one));
    const holders = [
      { who: `${nameOf(pair.a.link)} of ${a.label}`, addresses: on(a.addresses, pair.a.link.header.index) },
      {
        who: `bridge ${pair.a.bridge === undefined ? "" : nameOf(pair.a.bridge)}`,
        addresses: on(host.addresses, pair.a.bridge?.header.index),
      },
    ];
    for (const own of on(b.addresses, pair.b.link.header.index)) {
      const other = holders.find(({ addresses }) => addresses.some((one) => textOf(one) === textOf(own)));
      if (other === undefined) continue;
      const { link } = pair.b;
      return {
        cause: "duplicate-address",
        says: `${textOf(own)} is an address of ${nameOf(link)} of ${b.label} and of ${other.who}`,
        mend: commandIn(
          b.ref,
          "ip",
          "address",
          "delete",
          `${textOf(own)}/${own.header.prefixlen}`,
          "dev",
          rawName(link),
        ),
      };
    }
  }
  return undefined;
};
