// conntrack(8): what it says, as the messages a person would write. It flags every nest, as nlkit does by itself.
import {
  type AnyInput,
  type ConntrackAttrs,
  type ConntrackMessageType,
  type ConntrackProtoinfo,
  type ConntrackTuple,
  IPPROTO,
  IPS,
  NFPROTO,
  NLM_F,
  TCP_CONNTRACK,
} from "../../src/index.ts";
import type { Case, Leftovers } from "./conntrack-suite.ts";

type Input = AnyInput<ConntrackMessageType>;

const DUMP = NLM_F.REQUEST | NLM_F.DUMP;
const DO = NLM_F.REQUEST | NLM_F.ACK;
const CREATE = DO | NLM_F.CREATE | NLM_F.EXCL;
const ipv4 = { family: NFPROTO.IPV4 };

const tuple = (v4Src: string, v4Dst: string, num: number, srcPort: number, dstPort: number): ConntrackTuple => ({
  ip: { v4Src, v4Dst },
  proto: { num, srcPort, dstPort },
});
const web = tuple("10.0.0.1", "10.0.0.2", IPPROTO.TCP, 1000, 80);
const webReply = tuple("10.0.0.2", "10.0.0.1", IPPROTO.TCP, 80, 1000);
/** conntrack makes every TCP flow be liberal about windows. */
const liberal = { flags: 10, mask: 10 };
const flags: ConntrackProtoinfo = { tcp: { flagsOriginal: liberal, flagsReply: liberal } };

const icmp = (v4Src: string, v4Dst: string, icmpType: number): ConntrackTuple => ({
  ip: { v4Src, v4Dst },
  proto: { num: IPPROTO.ICMP, icmpCode: 0, icmpType, icmpId: 77 },
});
const createIcmp: Input = {
  name: "IPCTNL_MSG_CT_NEW",
  flags: CREATE,
  header: ipv4,
  attrs: { tupleOrig: icmp("10.0.0.1", "10.0.0.3", 8), tupleReply: icmp("10.0.0.3", "10.0.0.1", 0), timeout: 100 },
};
const udp6 = (v6Src: string, v6Dst: string, srcPort: number, dstPort: number): ConntrackTuple => ({
  ip: { v6Src, v6Dst },
  proto: { num: IPPROTO.UDP, srcPort, dstPort },
});

const list = (family: number, attrs: ConntrackAttrs = {}): Input => {
  return { name: "IPCTNL_MSG_CT_GET", flags: DUMP, header: { family }, attrs };
};
const stats: Input = { name: "IPCTNL_MSG_CT_GET_STATS_CPU", flags: DUMP };

export const cases: readonly Case<ConntrackMessageType>[] = [
  { file: "list-empty", requests: [list(NFPROTO.UNSPEC)] },
  { file: "stats-idle", requests: [stats] },
  {
    file: "create-tcp",
    requests: [
      {
        name: "IPCTNL_MSG_CT_NEW",
        flags: CREATE,
        header: ipv4,
        attrs: {
          tupleOrig: web,
          tupleReply: webReply,
          status: IPS.SEEN_REPLY | IPS.ASSURED | IPS.CONFIRMED,
          timeout: 1000,
          mark: 7,
          protoinfo: { tcp: { state: TCP_CONNTRACK.ESTABLISHED, flagsOriginal: liberal, flagsReply: liberal } },
        },
      },
    ],
  },
  {
    file: "create-udp-nat",
    requests: [
      {
        name: "IPCTNL_MSG_CT_NEW",
        flags: CREATE,
        header: ipv4,
        attrs: {
          tupleOrig: tuple("10.0.0.1", "10.0.0.2", IPPROTO.UDP, 5000, 53),
          tupleReply: tuple("10.0.0.2", "10.0.0.1", IPPROTO.UDP, 53, 5000),
          timeout: 100,
          natDst: { v4Minip: "10.9.9.9", proto: { portMin: 5353, portMax: 5353 } },
        },
      },
    ],
  },
  { file: "create-icmp", requests: [createIcmp] },
  {
    file: "create-udp6",
    requests: [
      {
        name: "IPCTNL_MSG_CT_NEW",
        flags: CREATE,
        header: { family: NFPROTO.IPV6 },
        attrs: {
          tupleOrig: udp6("2001:db8::1", "2001:db8::2", 5000, 53),
          tupleReply: udp6("2001:db8::2", "2001:db8::1", 53, 5000),
          timeout: 100,
          zone: 3,
        },
      },
    ],
  },
  { file: "create-exists", requests: [createIcmp] },
  { file: "list", requests: [list(NFPROTO.UNSPEC)] },
  { file: "list-ipv6", requests: [list(NFPROTO.IPV6)] },
  { file: "list-mark", requests: [list(NFPROTO.UNSPEC, { mark: 7, markMask: 0xff })] },
  { file: "list-status", requests: [list(NFPROTO.UNSPEC, { status: IPS.ASSURED, statusMask: IPS.ASSURED })] },
  {
    file: "get",
    requests: [{ name: "IPCTNL_MSG_CT_GET", flags: DO, header: ipv4, attrs: { tupleOrig: web, protoinfo: flags } }],
  },
  {
    file: "update-mark",
    requests: [
      list(NFPROTO.IPV4),
      { name: "IPCTNL_MSG_CT_NEW", flags: DO, header: ipv4, attrs: { tupleOrig: web, mark: 9, protoinfo: flags } },
      { name: "IPCTNL_MSG_CT_GET", flags: DO, header: ipv4, attrs: { tupleOrig: web, mark: 9, protoinfo: flags } },
    ],
  },
  { file: "count", requests: [{ name: "IPCTNL_MSG_CT_GET_STATS", flags: NLM_F.REQUEST }] },
  { file: "stats", requests: [stats] },
  {
    file: "create-expect",
    requests: [
      {
        name: "IPCTNL_MSG_EXP_NEW",
        flags: CREATE,
        header: ipv4,
        attrs: {
          // 11: conntrack read the name of the wrong option.
          tuple: { ip: { v4Src: "10.0.0.2", v4Dst: "10.0.0.1" }, proto: { num: 11 } },
          master: web,
          mask: tuple("255.255.255.255", "255.255.255.255", IPPROTO.TCP, 0, 65535),
          timeout: 100,
        },
      },
    ],
  },
  { file: "list-expect", requests: [{ name: "IPCTNL_MSG_EXP_GET", flags: DUMP, header: ipv4 }] },
  {
    file: "delete",
    requests: [
      list(NFPROTO.IPV4),
      {
        name: "IPCTNL_MSG_CT_DELETE",
        flags: DO,
        header: ipv4,
        attrs: {
          tupleOrig: web,
          tupleReply: webReply,
          status: IPS.SEEN_REPLY | IPS.ASSURED | IPS.CONFIRMED,
          timeout: 999,
          mark: 9,
          protoinfo: {
            tcp: {
              state: TCP_CONNTRACK.ESTABLISHED,
              flagsOriginal: { flags: 10, mask: 0 },
              flagsReply: { flags: 10, mask: 0 },
              wscaleOriginal: 0,
              wscaleReply: 0,
            },
          },
          synproxy: { isn: 0, its: 0, tsoff: 0 },
        },
      },
    ],
  },
  { file: "list-zero", requests: [{ name: "IPCTNL_MSG_CT_GET_CTRZERO", flags: DUMP }] },
  { file: "flush", requests: [{ name: "IPCTNL_MSG_CT_DELETE", flags: DO }] },
];

/** Padding behind an attribute of one byte. */
export const leftovers: Leftovers = {
  "create-tcp 0": [
    [0x69, "10"],
    [0xa1, "10"],
  ],
  "create-udp-nat 0": [[0x69, "10"]],
  "create-icmp 0": [
    [0x71, "20"],
    [0x81, "60"],
  ],
  "create-exists 0": [
    [0x71, "20"],
    [0x81, "60"],
  ],
  "create-udp6 0": [[0x99, "72"]],
};
