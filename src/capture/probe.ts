// What iproute2 asks before it changes a link, and expects to be refused.
import type { Turn } from "./conversation.ts";
import type { Exchange } from "./exchange.ts";

const ENODEV = 19;

/**
 * Is it `ip link`'s question whether this kernel knows RTM_NEWLINK at all? An empty one, of no link: any errno but EOPNOTSUPP says yes
 * (iplink_have_newlink() in ip/iplink.c). iproute2 numbers everything else by the clock.
 * @param exchange a request, and what became of it
 */
export const isProbe = ({ request, error }: Pick<Exchange<Turn>, "request" | "error">): boolean =>
  error === ENODEV &&
  request.name === "RTM_NEWLINK" &&
  request.seq === 0 &&
  // nlmsghdr and an ifinfomsg of zeros.
  request.bytes.length === 32 &&
  request.bytes.subarray(16).every((octet) => octet === 0);

/** What is said of it. */
export const PROBE = "iproute2's probe whether the kernel knows RTM_NEWLINK: expected to be refused";
