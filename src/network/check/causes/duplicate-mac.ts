// Two links with one hardware address: the bridge sends to whichever it heard last.
import { randomBytes } from "node:crypto";
import { hardwareText } from "../../../codec/address.ts";
import { commandIn } from "../command.ts";
import type { Cause } from "../finding.ts";
import { nameOf, rawName } from "../words.ts";

/** Locally administered, for one host. */
const randomMac = (): string => {
  const bytes = new Uint8Array(randomBytes(6));
  bytes[0] = ((bytes[0] as number) & 0xfe) | 2;
  return hardwareText(bytes, 0, 6);
};

export const duplicateMac: Cause = ({ a, b, shared }) => {
  const pair = shared.find((one) => one.a.link.attrs.address === one.b.link.attrs.address);
  if (pair === undefined) return undefined;
  const { link } = pair.b;
  return {
    cause: "duplicate-mac",
    says: `${nameOf(pair.a.link)} of ${a.label} and ${nameOf(link)} of ${b.label} have one hardware address: ${link.attrs.address}`,
    mend: commandIn(b.ref, "ip", "link", "set", rawName(link), "address", randomMac()),
  };
};
