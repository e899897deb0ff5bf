// The numbers behind names: from the kernel's headers, so that neither nlkit nor strace is asked about itself.
import { readFileSync } from "node:fs";

const headers = JSON.parse(
  readFileSync(new URL("../../fixtures/uapi/constants.json", import.meta.url), "utf8"),
) as Readonly<Record<string, readonly Readonly<Record<string, number>>[]>>;

/** Bits of IFLA_INET6_FLAGS: sent to user space, but defined in include/net/if_inet6.h, which is not. */
const INTERNAL = {
  IF_RA_OTHERCONF: 0x80,
  IF_RA_MANAGED: 0x40,
  IF_RA_RCVD: 0x20,
  IF_RS_SENT: 0x10,
  IF_READY: 0x80000000,
};

const constants: Readonly<Record<string, number>> = Object.assign({}, ...Object.values(headers).flat(), INTERNAL);

/** The number of a C constant or of an errno. */
export const numberOf = (name: string): number => {
  const number = constants[name];
  if (number === undefined) throw new Error(`fixtures/uapi/constants.json has no ${name}`);
  return number;
};
