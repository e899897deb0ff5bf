// `ip link`, `ip link property`, and the refusals that iproute2 gets for them.
import { MACVLAN_MODE, NLM_F } from "../../src/index.ts";
import {
  DO,
  type GoldenCase,
  type GoldenRequest,
  ip,
  ipAddLink,
  ipLinkByName,
  ipProbe,
  ipSetLink,
} from "./programs.ts";

const link = (name: string, command: string, requests: GoldenRequest[]): GoldenCase => ({
  file: `iproute2/${name}.txt`,
  command,
  requests,
});

const LONG = "bridge-with-a-very-long-alternative-name";

export const cases: GoldenCase[] = [
  link(
    "link-add-bridge-stp",
    "ip link add brs type bridge stp_state 1 forward_delay 400 hello_time 200 max_age 2000 ageing_time 15000 priority 4096 group_fwd_mask 8 mcast_snooping 0",
    [
      ipProbe(),
      ipAddLink({
        ifname: "brs",
        linkinfo: {
          kind: "bridge",
          data: {
            bridge: {
              stpState: 1,
              forwardDelay: 400,
              helloTime: 200,
              maxAge: 2000,
              ageingTime: 15000,
              priority: 4096,
              groupFwdMask: 8,
              mcastSnooping: 0,
            },
          },
        },
      }),
    ],
  ),
  link(
    "link-add-veth-peer-options",
    "ip link add vp0 mtu 1400 txqueuelen 77 numtxqueues 2 numrxqueues 2 address 02:00:00:00:01:01 type veth peer name vp1 mtu 1300 address 02:00:00:00:01:02 netns cns1",
    [
      ipProbe(),
      // Options in the order of the command line, the name behind them.
      ipAddLink({
        mtu: 1400,
        txqlen: 77,
        numTxQueues: 2,
        numRxQueues: 2,
        address: "02:00:00:00:01:01",
        ifname: "vp0",
        linkinfo: {
          kind: "veth",
          data: {
            veth: { peer: { attrs: { mtu: 1300, address: "02:00:00:00:01:02", netNsFd: 4, ifname: "vp1" } } },
          },
        },
      }),
    ],
  ),
  link(
    "link-add-vxlan",
    "ip link add vx0 type vxlan id 42 remote 192.0.2.1 local 192.0.2.2 dstport 4789 ttl 64 dev br0 nolearning",
    [
      ipProbe(),
      ipLinkByName("br0"),
      // What stands on the command line goes out at once; id, addresses and the port only when it is read to its end.
      ipAddLink({
        ifname: "vx0",
        linkinfo: {
          kind: "vxlan",
          data: {
            vxlan: { ttl: 64, link: 2, id: 42, local: "192.0.2.2", group: "192.0.2.1", learning: 0, port: 4789 },
          },
        },
      }),
    ],
  ),
  link("link-add-macvlan", "ip link add mv0 link br0 type macvlan mode private", [
    ipProbe(),
    ipLinkByName("br0"),
    ipAddLink({
      link: 2,
      ifname: "mv0",
      linkinfo: { kind: "macvlan", data: { macvlan: { mode: MACVLAN_MODE.PRIVATE } } },
    }),
  ]),
  link("link-add-ifb", "ip link add ifb9 type ifb", [
    ipProbe(),
    ipAddLink({ ifname: "ifb9", linkinfo: { kind: "ifb" } }),
  ]),
  link("link-set-group", "ip link set br0 group 7", [ipProbe(), ipLinkByName("br0"), ipSetLink(2, { group: 7 })]),
  link("altname-add", `ip link property add dev br0 altname ${LONG}`, [
    ipProbe(),
    ipLinkByName("br0"),
    ip({
      name: "RTM_NEWLINKPROP",
      flags: DO | NLM_F.EXCL | NLM_F.CREATE | NLM_F.APPEND,
      header: { index: 2 },
      attrs: { propList: { altIfname: [LONG] } },
    }),
  ]),
  link("altname-del", `ip link property del dev br0 altname ${LONG}`, [
    ipProbe(),
    ipLinkByName("br0"),
    ip({
      name: "RTM_DELLINKPROP",
      flags: DO,
      header: { index: 2 },
      attrs: { propList: { altIfname: [LONG] } },
    }),
  ]),
  link("link-del", "ip link del br0", [
    ipProbe(),
    ipLinkByName("br0"),
    ip({ name: "RTM_DELLINK", flags: DO, header: { index: 2 } }),
  ]),

  // Refused by iproute2 itself once it had tried the kernel.
  link("link-get-vf", "ip link show dev br0 vf 0", [ipProbe()]),
  link("error-extack-attr", "ip link add vxbad type vxlan id 16777216 dstport 0", [ipProbe()]),
  // Refused by the kernel.
  link("error-exists", "ip link add br0 type bridge", [
    ipProbe(),
    ipAddLink({ ifname: "br0", linkinfo: { kind: "bridge" } }),
  ]),
  link("error-nodev", "ip link set nosuch0 up", [ipProbe(), ipLinkByName("nosuch0")]),
  link("error-invalid-mtu", "ip link set vp0 mtu 70000", [
    ipProbe(),
    ipLinkByName("vp0"),
    ipSetLink(8, { mtu: 70000 }),
  ]),
  link("error-unknown-kind", "ip link add zz0 type nosuchkind", [
    ipProbe(),
    ipAddLink({ ifname: "zz0", linkinfo: { kind: "nosuchkind" } }),
  ]),
];
