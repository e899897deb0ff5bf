// `tc`.
import { TC_ACT, TC_H, TC_LINKLAYER } from "../../src/index.ts";
import { CREATE, DUMP, type GoldenCase, type GoldenRequest, ip, ipLinks } from "./programs.ts";

const item = (name: string, command: string, requests: GoldenRequest[]): GoldenCase => ({
  file: `iproute2/${name}.txt`,
  command,
  requests,
});
/** tc looks all links up before anything else. */
const tc = (name: string, command: string, request: GoldenRequest): GoldenCase =>
  item(name, command, [ipLinks(), request]);

/** 1: and ffff: as handles. */
const MAJOR = 0x10000;
const INGRESS = 0xffff0000;

export const cases: GoldenCase[] = [
  tc(
    "qdisc-add-htb",
    "tc qdisc add dev br0 root handle 1: htb default 30 r2q 20",
    ip({
      name: "RTM_NEWQDISC",
      flags: CREATE,
      header: { ifindex: 2, handle: MAJOR, parent: TC_H.ROOT },
      attrs: {
        kind: "htb",
        options: { htb: { init: { version: 3, rate2quantum: 20, defcls: 0x30, debug: 0, directPkts: 0 } } },
      },
    }),
  ),
  tc(
    "qdisc-add-tbf",
    "tc qdisc add dev vp0 root tbf rate 1mbit burst 32kbit latency 400ms",
    ip({
      name: "RTM_NEWQDISC",
      flags: CREATE,
      header: { ifindex: 8, parent: TC_H.ROOT },
      attrs: {
        kind: "tbf",
        options: {
          tbf: {
            parms: {
              rateCellLog: 3,
              rateLinklayer: TC_LINKLAYER.ETHERNET,
              rateOverhead: 0,
              rateCellAlign: -1,
              rateMpu: 0,
              rateRate: 125_000,
              peakrateCellLog: 0,
              peakrateLinklayer: 0,
              peakrateOverhead: 0,
              peakrateCellAlign: 0,
              peakrateMpu: 0,
              peakrateRate: 0,
              limit: 54_096,
              buffer: 512_000,
              mtu: 0,
            },
            burst: 4096,
            // 8 bytes at 125,000 a second are 64 microseconds: 1000 ticks. Twice tc's floating point comes out one short of a microsecond.
            rtab: Array.from({ length: 256 }, (_, cell) => (cell + 1) * 1000 - (cell === 248 || cell === 250 ? 16 : 0)),
          },
        },
      },
    }),
  ),
  tc(
    "qdisc-add-ingress",
    "tc qdisc add dev vp0 ingress",
    ip({
      name: "RTM_NEWQDISC",
      flags: CREATE,
      header: { ifindex: 8, handle: INGRESS, parent: TC_H.INGRESS },
      attrs: { kind: "ingress" },
    }),
  ),
  tc(
    "qdisc-add-clsact",
    "tc qdisc add dev br-veth1 clsact",
    ip({
      name: "RTM_NEWQDISC",
      flags: CREATE,
      header: { ifindex: 5, handle: INGRESS, parent: TC_H.INGRESS },
      attrs: { kind: "clsact" },
    }),
  ),
  tc(
    "filter-add-u32",
    "tc filter add dev vp0 parent ffff: protocol ip prio 10 u32 match ip dst 10.0.0.0/8 action mirred egress redirect dev br0",
    ip({
      name: "RTM_NEWTFILTER",
      flags: CREATE,
      // ETH_P_IP in network order below the priority.
      header: { ifindex: 8, parent: INGRESS, info: (10 << 16) | 0x0008 },
      attrs: {
        kind: "u32",
        options: {
          u32: {
            act: [
              {
                kind: "mirred",
                options: {
                  mirred: {
                    parms: { index: 0, capab: 0, action: TC_ACT.STOLEN, refcnt: 0, bindcnt: 0, eaction: 1, ifindex: 2 },
                  },
                },
              },
            ],
            sel: {
              flags: 1,
              offshift: 0,
              nkeys: 1,
              offmask: 0,
              off: 0,
              offoff: 0,
              hoff: 0,
              hmask: 0,
              keys: [{ mask: 0xff000000, val: 0x0a000000, off: 16, offmask: 0 }],
            },
          },
        },
      },
    }),
  ),
  tc("qdisc-show", "tc -s qdisc show", ip({ name: "RTM_GETQDISC", flags: DUMP })),
];
