// Between two bridges the host routes, if it is told to: net.ipv4.ip_forward, and of IPv6 its own.
import { AF } from "../../../attrs/families.ts";
import type { Link } from "../../../client/links.ts";
import { commandIn } from "../command.ts";
import type { Cause } from "../finding.ts";
import { cameThrough } from "../situation.ts";
import { textOf } from "../ways.ts";
import { nameOf } from "../words.ts";

/** Item 0 is forwarding, in both: IPV4_DEVCONF_FORWARDING is 1, and counted from there; DEVCONF_FORWARDING is 0. */
const forwards = ({ attrs }: Link, family: number): boolean | undefined => {
  const conf = family === AF.INET ? attrs.afSpec?.inet?.conf : attrs.afSpec?.inet6?.conf;
  return conf?.[0] === undefined ? undefined : conf[0] !== 0;
};

export const forwardingOff: Cause = ({ a, b, host, ways }) => {
  for (const way of ways) {
    if (way.shared !== undefined || way.there.route === undefined || cameThrough(way)) continue;
    const { oif, gateway } = way.there.route.attrs;
    // Another router than the host may stand on the bridge.
    if (!host.addresses.some((one) => textOf(one) === gateway)) continue;
    const bridge = a.attachments.find(({ link }) => link.header.index === oif)?.bridge;
    if (bridge === undefined || forwards(bridge, way.family) !== false) continue;
    const setting = way.family === AF.INET ? "net.ipv4.ip_forward" : "net.ipv6.conf.all.forwarding";
    return {
      cause: "forwarding-off",
      says: `the host does not forward what comes in by ${nameOf(bridge)}: ${a.label} and ${b.label} are on different bridges, and ${setting} is 0`,
      mend: commandIn(host.ref, "sysctl", "-w", `${setting}=1`),
    };
  }
  return undefined;
};
