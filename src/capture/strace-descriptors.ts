// Which descriptor of which process is a netlink socket of which protocol, as far as a strace log tells.
import { protocolConstant, protocolOf } from "../attrs/netlink-protocols.ts";
import { type StraceCall, unquoted } from "./strace-line.ts";

/** A descriptor, with what -y and -yy say about it: 3<NETLINK:[ROUTE:22486]>, 3<socket:[985746]>. */
const DESCRIPTOR = /^(\d+)(?:<((?:[^<>]|<[^<>]*>|->)*)>)?/;
const NAMED = /^NETLINK:\[(\w+):/;

/** Names by which strace calls message types, where nothing else tells the protocol. */
const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/nlmsg_type=RTM_/, "NETLINK_ROUTE"],
  [/nlmsg_type=(NFNL_|CTNL_|IPSET_)/, "NETLINK_NETFILTER"],
  [/nlmsg_type=(SOCK_DIAG_|TCPDIAG_|DCCPDIAG_)/, "NETLINK_SOCK_DIAG"],
  [/nlmsg_type=(nlctrl|CTRL_)/, "NETLINK_GENERIC"],
  [/nlmsg_type=XFRM_/, "NETLINK_XFRM"],
  [/nlmsg_type=AUDIT_/, "NETLINK_AUDIT"],
  [/nlmsg_type=SELNL_/, "NETLINK_SELINUX"],
  [/nlmsg_type=CRYPTO_/, "NETLINK_CRYPTO"],
];

/** A netlink socket. */
export interface Descriptor {
  /** pid and descriptor of who made it: "1234:3". */
  readonly socket: string;
  /** Its protocol; undefined: the log does not say. */
  readonly protocol: string | undefined;
}
/** What a log has told so far. */
export interface Descriptors {
  /** A call that may make, copy or close descriptors. */
  note(call: StraceCall): void;
  /** The socket that is a call's first argument; undefined: it is none of netlink. */
  of(pid: string, args: string): Descriptor | undefined;
}

const constant = (text: string): string | undefined => {
  const number = protocolOf(text.startsWith("0x") ? Number(text) : text);
  return number === undefined ? undefined : protocolConstant(number);
};

/** The protocol of a socket() that opens a netlink socket. */
const opened = (args: string): string | undefined => {
  const [family = "", , protocol = ""] = args.split(",").map((arg) => arg.trim().replace(/ .*/, ""));
  return /^(AF_NETLINK|PF_NETLINK|0x10|16)$/.test(family) ? (constant(protocol) ?? "NETLINK_ROUTE") : undefined;
};

/** Follows descriptors through socket, dup, fcntl, clone, fork and close. */
export const descriptors = (): Descriptors => {
  /** Threads share the table of their process. */
  const tables = new Map<string, Map<number, Descriptor>>();
  /** By what -y says inside the angle brackets, which is the socket's own. */
  const byName = new Map<string, Descriptor>();
  const tableOf = (pid: string): Map<number, Descriptor> => {
    const known = tables.get(pid);
    if (known !== undefined) return known;
    const made = new Map<number, Descriptor>();
    tables.set(pid, made);
    return made;
  };
  const copy = (pid: string, from: string, to: number): void => {
    const found = tableOf(pid).get(Number(DESCRIPTOR.exec(from)?.[1]));
    if (found === undefined) tableOf(pid).delete(to);
    else tableOf(pid).set(to, found);
  };
  return {
    note({ pid, name, args, result, tail }) {
      if (name === "close") {
        tableOf(pid).delete(Number(DESCRIPTOR.exec(args)?.[1]));
        return;
      }
      if (result === undefined) return;
      if (name === "socket") {
        const protocol = opened(args);
        const label = /^<(.*?)>( <[\d.]+>)?$/.exec(tail)?.[1];
        if (protocol === undefined) tableOf(pid).delete(result);
        else {
          const made = { socket: `${pid}:${result}`, protocol };
          tableOf(pid).set(result, made);
          if (label !== undefined) byName.set(label, made);
        }
      } else if (/^dup[23]?$/.test(name) || (name === "fcntl" && /, F_DUPFD/.test(args))) copy(pid, args, result);
      else if (/^(clone3?|v?fork)$/.test(name)) {
        const mine = tableOf(pid);
        tables.set(String(result), /CLONE_FILES/.test(unquoted(args)) ? mine : new Map(mine));
      }
    },
    of(pid, args) {
      const [, digits, label] = DESCRIPTOR.exec(args) ?? [];
      if (digits === undefined) return undefined;
      const number = Number(digits);
      const table = tableOf(pid);
      const known = (label === undefined ? undefined : byName.get(label)) ?? table.get(number);
      const [, family] = NAMED.exec(label ?? "") ?? [];
      const socket = known?.socket ?? `${pid}:${number}`;
      const said = family === undefined ? known?.protocol : (constant(family) ?? known?.protocol);
      if (said === undefined && label !== undefined && !/^(NETLINK|socket):/.test(label)) return undefined;
      const bare = unquoted(args);
      const protocol = said ?? SIGNS.find(([sign]) => sign.test(bare))?.[1];
      if (protocol === undefined && !/nlmsg_len=|sa_family=AF_NETLINK/.test(bare)) return undefined;
      const found = known !== undefined && known.protocol === protocol ? known : { socket, protocol };
      if (label !== undefined) byName.set(label, found);
      table.set(number, found);
      return found;
    },
  };
};
