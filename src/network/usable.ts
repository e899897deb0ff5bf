// When an endpoint can be used: carrier, a port that forwards, addresses that are known to be nobody else's.
import type { NetnsRef } from "../socket/netns.ts";
import type { Made } from "./connect.ts";
import type { Host } from "./host.ts";
import { addressesReady, carrierUp, portForwarding } from "./ready.ts";
import type { WaitOptions } from "./watching.ts";

/**
 * Waits until an endpoint can be used. Rows S12 to S16.
 * @param host where
 * @param made the endpoint
 * @param netns its namespace
 * @param dad whether its addresses look first if somebody has them
 * @param options milliseconds, signal
 * @throws NotReady that says what is missing; it names an address that somebody else has
 */
export const usable = async (
  host: Host,
  made: Made,
  netns: NetnsRef,
  dad: boolean,
  options: WaitOptions,
): Promise<void> => {
  await portForwarding(host.rtnl, made.portIndex, options);
  await using inside = host.rtnetlink(netns);
  await carrierUp(inside, made.index, options);
  const { ipv6 } = made.endpoint;
  // Without duplicate address detection an address can be used as soon as it is there.
  if (dad && ipv6 !== undefined) await addressesReady(inside, made.index, [ipv6], options);
};
