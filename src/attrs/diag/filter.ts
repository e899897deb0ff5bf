// From a condition that a person writes to the instructions that the kernel runs: the same ones that `ss` sends for it.
import { ipBytes } from "../../codec/address.ts";
import { EncodeError } from "../../codec/errors.ts";
import { checkList, checkRecord } from "../../codec/expect.ts";
import { plain } from "../../codec/text.ts";
import { AF } from "../families.ts";
import { INET_DIAG_BC, type InetBytecode } from "./bytecode.ts";

/** Ports: all members that are given must hold. */
export interface PortRange {
  /** This port or a higher one. */
  readonly ge?: number | undefined;
  /** This port or a lower one. */
  readonly le?: number | undefined;
  /** This port. */
  readonly eq?: number | undefined;
}
/** Which sockets: one of these. */
export type InetFilter =
  | {
      /** All of these hold; of none: always. */
      readonly and: readonly InetFilter[];
    }
  | {
      /** One of these holds; of none: never. */
      readonly or: readonly InetFilter[];
    }
  | {
      /** This does not hold. */
      readonly not: InetFilter;
    }
  | {
      /** Local port. */
      readonly sport: PortRange | number;
    }
  | {
      /** Peer's port. */
      readonly dport: PortRange | number;
    }
  | {
      /** Local address or network: "10.0.0.0/8", "::1". One of IPv4 also takes sockets of IPv6 that talk IPv4. */
      readonly src: string;
      /** And the local port. */
      readonly port?: number | undefined;
    }
  | {
      /** Peer's address or network. */
      readonly dst: string;
      /** And the peer's port. */
      readonly port?: number | undefined;
    }
  | {
      /** Bound to the link of this index; 0: to none. */
      readonly ifindex: number;
    }
  | {
      /** SO_MARK. */
      readonly mark: number;
      /** Bits of it that count. Default: all. */
      readonly mask?: number | undefined;
    }
  | {
      /** Of the control group of this inode. */
      readonly cgroup: bigint;
    }
  | {
      /** Whose local port no program chose: also that of accepted connections, which `ss` leaves out of "autobound" by itself. */
      readonly auto: true;
    };

const PORTS = {
  sport: { ge: INET_DIAG_BC.S_GE, le: INET_DIAG_BC.S_LE, eq: INET_DIAG_BC.S_COND },
  dport: { ge: INET_DIAG_BC.D_GE, le: INET_DIAG_BC.D_LE, eq: INET_DIAG_BC.D_COND },
} as const;

const lengthOf = (program: readonly InetBytecode[]): number => program.reduce((sum, { yes }) => sum + yes, 0);

/** One condition: on if it holds, out of the program if not. */
const one = (code: number, length: number, rest: Partial<InetBytecode>): InetBytecode[] => [
  { code, yes: length, no: length + 4, ...rest },
];
/** JMP past `length` bytes behind it. */
const jump = (length: number): InetBytecode => ({ code: INET_DIAG_BC.JMP, yes: 4, no: length + 4 });

/** Both: what left the first program leaves both. */
const both = (first: readonly InetBytecode[], second: readonly InetBytecode[]): InetBytecode[] => {
  const more = lengthOf(second);
  let left = lengthOf(first);
  const moved = first.map((op) => {
    const out = op.no === left + 4 ? { ...op, no: op.no + more } : op;
    left -= op.yes;
    return out;
  });
  return [...moved, ...second];
};
/** Either: what leaves the first program begins the second, what comes to its end jumps over that. */
const either = (first: readonly InetBytecode[], second: readonly InetBytecode[]): InetBytecode[] => [
  ...first,
  jump(lengthOf(second)),
  ...second,
];

const ports = (end: "sport" | "dport", range: PortRange | number): InetBytecode[] => {
  if (typeof range !== "number") checkRecord("a port, or a range", range, end);
  const { ge, le, eq } = typeof range === "number" ? { eq: range } : (range as PortRange);
  const tests = [
    ge === undefined ? [] : one(PORTS[end].ge, 8, { port: ge }),
    le === undefined ? [] : one(PORTS[end].le, 8, { port: le }),
    // S_EQ and D_EQ came with 5.10. `ss` leaves room for an address that is none, and so do we.
    eq === undefined ? [] : one(PORTS[end].eq, 16, { family: AF.UNSPEC, port: eq }),
  ];
  return tests.reduce(both);
};

const host = (code: number, network: string, port = -1): InetBytecode[] => {
  const [addr = "", prefix, ...more] = String(network).split("/");
  const bytes = ipBytes(addr);
  const prefixLen = prefix === undefined ? bytes.length * 8 : Number(prefix);
  if (
    ![4, 16].includes(bytes.length) ||
    more.length > 0 ||
    !/^\d+$/.test(prefix ?? "0") ||
    prefixLen > bytes.length * 8
  ) {
    throw new EncodeError("BAD_ADDRESS", `"${plain(String(network))}" is no address or network`);
  }
  const family = bytes.length === 4 ? AF.INET : AF.INET6;
  return one(code, 12 + bytes.length, { family, prefixLen, port, addr });
};

/**
 * The instructions that take the sockets of which a condition holds: for `bytecode` of a request.
 * @param filter the condition
 * @throws EncodeError for an address that is none, or a condition that is none
 * @example
 * inetFilter({ and: [{ sport: { ge: 1024 } }, { dst: "10.0.0.0/8" }] })
 */
export const inetFilter = (filter: InetFilter): InetBytecode[] => {
  const program = compile(filter);
  // The kernel refuses a program without instructions.
  return program.length > 0 ? program : [{ code: INET_DIAG_BC.NOP, yes: 4, no: 0 }];
};

const all = (filters: readonly InetFilter[]): InetBytecode[][] => {
  checkList(filters);
  return filters.map(compile);
};

const compile = (filter: InetFilter): InetBytecode[] => {
  checkRecord("a condition", filter);
  if ("and" in filter) return all(filter.and).reduceRight<InetBytecode[]>((rest, a) => both(a, rest), []);
  if ("or" in filter) {
    const programs = all(filter.or);
    // Nothing of which none holds: never.
    return programs.length === 0 ? [jump(4)] : programs.reduceRight((rest, a) => either(a, rest));
  }
  if ("not" in filter) return [...compile(filter.not), jump(4)];
  if ("sport" in filter) return ports("sport", filter.sport);
  if ("dport" in filter) return ports("dport", filter.dport);
  if ("src" in filter) return host(INET_DIAG_BC.S_COND, filter.src, filter.port);
  if ("dst" in filter) return host(INET_DIAG_BC.D_COND, filter.dst, filter.port);
  if ("ifindex" in filter) return one(INET_DIAG_BC.DEV_COND, 8, { ifindex: filter.ifindex });
  if ("mark" in filter) {
    return one(INET_DIAG_BC.MARK_COND, 12, { mark: filter.mark, mask: filter.mask ?? 0xffffffff });
  }
  if ("cgroup" in filter) return one(INET_DIAG_BC.CGROUP_COND, 12, { cgroup: filter.cgroup });
  if ("auto" in filter) return one(INET_DIAG_BC.AUTO, 4, {});
  throw new EncodeError("BAD_VALUE", `{ ${plain(Object.keys(filter).join(", "))} } is no condition`);
};
