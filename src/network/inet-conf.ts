// IPv4's settings of one link (net.ipv4.conf.LINK.*) as an attribute of RTM_NEWLINK: no entering of the namespace, no file, and in the
// message that changes the link anyway.
import type { LinkAttrs } from "../attrs/route/link.ts";
import { NLA_F } from "../codec/attribute.ts";

/**
 * IPV4_DEVCONF_* of linux/ip.h, by what each is called below net.ipv4.conf.
 * @enum
 */
export const IPV4_CONF = {
  forwarding: 1,
  mc_forwarding: 2,
  proxy_arp: 3,
  accept_redirects: 4,
  secure_redirects: 5,
  send_redirects: 6,
  shared_media: 7,
  rp_filter: 8,
  accept_source_route: 9,
  bootp_relay: 10,
  log_martians: 11,
  tag: 12,
  arp_filter: 13,
  medium_id: 14,
  disable_xfrm: 15,
  disable_policy: 16,
  force_igmp_version: 17,
  arp_announce: 18,
  arp_ignore: 19,
  promote_secondaries: 20,
  arp_accept: 21,
  arp_notify: 22,
  accept_local: 23,
  src_valid_mark: 24,
  proxy_arp_pvlan: 25,
  route_localnet: 26,
  igmpv2_unsolicited_report_interval: 27,
  igmpv3_unsolicited_report_interval: 28,
  ignore_routes_with_linkdown: 29,
  drop_unicast_in_l2_multicast: 30,
  drop_gratuitous_arp: 31,
  bc_forwarding: 32,
  arp_evict_nocarrier: 33,
} as const;
/** Settings of IPv4 on a link, by their sysctls' names. */
export type Ipv4Conf = { readonly [K in keyof typeof IPV4_CONF]?: number | undefined };

/** IFLA_INET_CONF, a nest. */
const CONF = 1 | NLA_F.NESTED;

/**
 * The attributes that set them on a link: for `links.set`, or for `links.add`, which sends them in its
 * second message (a creation with them is refused: EAFNOSUPPORT).
 *
 * The kernel stores the numbers and does nothing else (inet_set_link_af): what a write to the sysctl does beside that does not happen.
 * Nobody is told (RTM_NEWNETCONF), `forwarding` leaves large receive offload on, and where `route_localnet` or `accept_local` goes
 * to 0, routes that are cached already stay good.
 * @param conf values, whole numbers of 32 bits, as the sysctls take them
 * @throws RangeError for a name that is no setting, or a value that is no whole number of 32 bits
 * @example
 * await rtnl.links.set("br0", ipv4ConfAttrs({ route_localnet: 1, rp_filter: 0 }));
 */
export const ipv4ConfAttrs = (conf: Ipv4Conf): LinkAttrs => {
  const entries = Object.entries(conf).filter((entry): entry is [string, number] => entry[1] !== undefined);
  const bytes = new Uint8Array(8 * entries.length);
  entries.forEach(([name, value], i) => {
    const number = Object.hasOwn(IPV4_CONF, name) ? IPV4_CONF[name as keyof Ipv4Conf] : undefined;
    if (number === undefined) throw new RangeError(`${JSON.stringify(name)} is no setting of net.ipv4.conf`);
    if (!Number.isInteger(value) || value < -0x80000000 || value > 0xffffffff) {
      throw new RangeError(`${name} is ${value}, no whole number of 32 bits`);
    }
    // struct nlattr and a u32, in the machine's order.
    new Uint16Array(bytes.buffer, 8 * i, 2).set([8, number]);
    new Uint32Array(bytes.buffer, 8 * i + 4, 1)[0] = value;
  });
  return { afSpec: { inet: { unknown: [{ word: CONF, bytes }] } } };
};
