// ss(8): what it says, as the messages a person would write.
import {
  AF,
  type AnyInput,
  INET_DIAG_EXT as EXT,
  type InetFilter,
  IPPROTO,
  inetFilter,
  NDIAG_PROTO_ALL,
  NDIAG_SHOW,
  NLM_F,
  PACKET_SHOW,
  type SockDiagMessageType,
  TCPF,
  UDIAG_SHOW,
} from "../../src/index.ts";
import type { Case, Leftovers } from "./conntrack-suite.ts";

type Input = AnyInput<SockDiagMessageType>;

const DUMP = NLM_F.REQUEST | NLM_F.DUMP;
/** `ss -a`: every state that it knew when this bit mask was written. */
const ALL = 0xfff;

const inet = (family: number, protocol: number, ext: number, filter?: InetFilter, states = ALL): Input => ({
  name: "SOCK_DIAG_BY_FAMILY",
  flags: DUMP,
  inetRequest: {
    header: { family, protocol, ext, states },
    attrs: filter === undefined ? {} : { bytecode: inetFilter(filter) },
  },
});
/** IPv4, then IPv6. */
const both = (protocol: number, ext: number, filter?: InetFilter): Input[] =>
  [AF.INET, AF.INET6].map((family) => inet(family, protocol, ext, filter));

const INFO = EXT.INFO | EXT.VEGASINFO | EXT.CONG;
const MEMORY = INFO | EXT.MEMINFO | EXT.SKMEMINFO;
/** `ss` without -a: neither listening nor unconnected, nor what is only half there. */
const CONNECTED = ALL & ~(TCPF.LISTEN | TCPF.CLOSE | TCPF.TIME_WAIT | TCPF.SYN_RECV);

export const cases: readonly Case<SockDiagMessageType>[] = [
  { file: "tcp-empty", requests: both(IPPROTO.TCP, INFO) },
  { file: "tcp", requests: both(IPPROTO.TCP, INFO) },
  { file: "udp", requests: both(IPPROTO.UDP, MEMORY) },
  // An answer to the second request was not waited for: the first one's error is the same.
  { file: "raw", requests: [inet(AF.INET, IPPROTO.RAW, 0)] },
  {
    file: "unix",
    requests: [
      {
        name: "SOCK_DIAG_BY_FAMILY",
        flags: DUMP,
        unixRequest: {
          header: {
            family: AF.UNIX,
            states: ALL,
            show: UDIAG_SHOW.NAME | UDIAG_SHOW.VFS | UDIAG_SHOW.PEER | UDIAG_SHOW.ICONS | UDIAG_SHOW.RQLEN,
          },
        },
      },
    ],
  },
  {
    file: "netlink",
    requests: [
      {
        name: "SOCK_DIAG_BY_FAMILY",
        flags: DUMP,
        netlinkRequest: {
          header: { family: AF.NETLINK, protocol: NDIAG_PROTO_ALL, show: NDIAG_SHOW.MEMINFO | NDIAG_SHOW.GROUPS },
        },
      },
    ],
  },
  {
    file: "packet",
    requests: [
      {
        name: "SOCK_DIAG_BY_FAMILY",
        flags: DUMP,
        packetRequest: { header: { family: AF.PACKET, show: 0x3f & ~PACKET_SHOW.MCLIST } },
      },
    ],
  },
  { file: "filter-port", requests: both(IPPROTO.TCP, 0, { sport: 5555 }) },
  {
    file: "filter-and-or",
    requests: both(IPPROTO.TCP, 0, {
      or: [{ and: [{ sport: { ge: 5000 } }, { not: { dport: 80 } }] }, { src: "127.0.0.0/8" }],
    }),
  },
  { file: "filter-host6", requests: both(IPPROTO.TCP, 0, { dst: "::1", port: 6666 }) },
  { file: "filter-mark", requests: both(IPPROTO.TCP, 0, { mark: 0x10, mask: 0xff }) },
  { file: "filter-not", requests: both(IPPROTO.TCP, 0, { not: { or: [{ sport: { le: 1024 } }, { auto: true }] } }) },
  {
    file: "destroy",
    requests: [
      inet(AF.INET6, IPPROTO.TCP, 0, { and: [{ dst: "::1" }, { dport: 6666 }] }, CONNECTED),
      {
        name: "SOCK_DESTROY",
        flags: NLM_F.REQUEST | NLM_F.ACK,
        inetRequest: {
          header: {
            family: AF.INET6,
            protocol: IPPROTO.TCP,
            sport: 56284,
            dport: 6666,
            src: "::1",
            dst: "::1",
            cookie: 163n,
          },
        },
      },
    ],
  },
];

/** Padding inside inet_diag_hostcond. */
export const leftovers: Leftovers = {
  "filter-port 1": [[0x52, "02"]],
  "filter-host6 1": [[0x52, "02"]],
};
