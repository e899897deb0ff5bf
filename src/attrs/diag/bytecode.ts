// INET_DIAG_REQ_BYTECODE: the program that chooses the sockets of a dump, instruction by instruction.
import { address } from "../../codec/bits.ts";
import type { Sequence, Struct } from "../../codec/codec.ts";
import { enumOf, s32, u8, u16, u32, u64 } from "../../codec/int.ts";
import { sequence } from "../../codec/sequence.ts";
import { type StructSpec, struct } from "../../codec/struct.ts";
import { AF } from "../families.ts";

/**
 * Instructions, INET_DIAG_BC_* of linux/inet_diag.h: S is the local end, D the peer.
 * @enum
 */
export const INET_DIAG_BC = {
  NOP: 0,
  JMP: 1,
  S_GE: 2,
  S_LE: 3,
  D_GE: 4,
  D_LE: 5,
  AUTO: 6,
  S_COND: 7,
  D_COND: 8,
  DEV_COND: 9,
  MARK_COND: 10,
  S_EQ: 11,
  D_EQ: 12,
  CGROUP_COND: 13,
} as const;

/**
 * One instruction: a condition, and where to go on. Offsets count from its own first byte; the end of the program means: take the
 * socket; four bytes beyond the end: do not.
 */
export interface InetBytecode {
  /** INET_DIAG_BC. */
  code: number;
  /** Bytes to go on when the condition holds, and to the next instruction: what is more than this one needs is zeros. */
  yes: number;
  /** Bytes to go on when it does not. JMP goes there always. */
  no: number;
  /** S_GE and its like: the port. S_COND, D_COND: the port, or -1 for any. */
  port?: number | undefined;
  /** S_COND, D_COND: AF of `addr`; UNSPEC: no address. */
  family?: number | undefined;
  /** S_COND, D_COND: bits of `addr` that count. */
  prefixLen?: number | undefined;
  /** S_COND, D_COND: the address. */
  addr?: string | undefined;
  /** DEV_COND: index of the link that the socket is bound to; 0: none. */
  ifindex?: number | undefined;
  /** MARK_COND: what the bits of the mark are. */
  mark?: number | undefined;
  /** MARK_COND: which bits count. */
  mask?: number | undefined;
  /** CGROUP_COND: inode of the control group. */
  cgroup?: bigint | undefined;
}

type Members = Partial<{ readonly [K in keyof InetBytecode]: StructSpec<Required<InetBytecode>>[K] }>;

/** struct inet_diag_bc_op, and what stands behind it. */
/* @__NO_SIDE_EFFECTS__ */
function operation(name: string, size: number, rest: () => Members): Struct<InetBytecode> {
  const spec = (): Members => ({
    code: [0, enumOf(u8, "INET_DIAG_BC_", INET_DIAG_BC)],
    yes: [1, u8],
    no: [2, u16],
    ...rest(),
  });
  return struct<InetBytecode>(name, "", size, spec as () => StructSpec<InetBytecode>);
}
/** struct inet_diag_hostcond without its address. */
const hostcond = (): Members => ({
  family: [4, enumOf(u8, "AF_", AF)],
  prefixLen: [5, u8],
  port: [8, s32],
});

/** struct inet_diag_bc_op. */
export const inetBytecodeOp: Struct<InetBytecode> = /* @__PURE__ */ operation("inet_diag_bc_op", 4, () => ({}));
/** The same with another behind it, whose `no` is a port. */
export const inetBytecodePort: Struct<InetBytecode> = /* @__PURE__ */ operation("inet_diag_bc_op + port", 8, () => ({
  port: [6, u16],
}));
/** The same with struct inet_diag_hostcond and no address behind it. */
export const inetBytecodeAny: Struct<InetBytecode> = /* @__PURE__ */ operation(
  "inet_diag_bc_op + inet_diag_hostcond",
  12,
  hostcond,
);
/** The same with an address of IPv4. */
export const inetBytecodeIp4: Struct<InetBytecode> = /* @__PURE__ */ operation(
  "inet_diag_bc_op + inet_diag_hostcond, 4",
  16,
  () => ({
    ...hostcond(),
    addr: [12, address(4)],
  }),
);
/** The same with an address of IPv6. */
export const inetBytecodeIp6: Struct<InetBytecode> = /* @__PURE__ */ operation(
  "inet_diag_bc_op + inet_diag_hostcond, 16",
  28,
  () => ({
    ...hostcond(),
    addr: [12, address(16)],
  }),
);
/** struct inet_diag_bc_op with a link's index behind it. */
export const inetBytecodeDev: Struct<InetBytecode> = /* @__PURE__ */ operation("inet_diag_bc_op + ifindex", 8, () => ({
  ifindex: [4, u32],
}));
/** struct inet_diag_bc_op with struct inet_diag_markcond behind it. */
export const inetBytecodeMark: Struct<InetBytecode> = /* @__PURE__ */ operation(
  "inet_diag_bc_op + inet_diag_markcond",
  12,
  () => ({
    mark: [4, u32],
    mask: [8, u32],
  }),
);
/** struct inet_diag_bc_op with a control group behind it. */
export const inetBytecodeCgroup: Struct<InetBytecode> = /* @__PURE__ */ operation(
  "inet_diag_bc_op + cgroup",
  12,
  () => ({
    cgroup: [4, u64],
  }),
);

/**
 * A program. Bytes that are none of these instructions from beginning to end stay raw as a whole, in `unknown`; where the offsets lead
 * is not looked at, the kernel does that.
 */
export const inetBytecode: Sequence<InetBytecode> = /* @__PURE__ */ sequence<InetBytecode>(
  "inet_diag_bc_op",
  () => {
    const { NOP, JMP, AUTO, S_GE, S_LE, D_GE, D_LE, S_EQ, D_EQ, S_COND, D_COND } = INET_DIAG_BC;
    const code = [S_COND, D_COND];
    return [
      { struct: inetBytecodeOp as Struct, is: { code: [NOP, JMP, AUTO] } },
      { struct: inetBytecodePort as Struct, is: { code: [S_GE, S_LE, D_GE, D_LE, S_EQ, D_EQ] } },
      { struct: inetBytecodeAny as Struct, is: { code, family: [AF.UNSPEC] } },
      { struct: inetBytecodeIp4 as Struct, is: { code, family: [AF.INET] } },
      { struct: inetBytecodeIp6 as Struct, is: { code, family: [AF.INET6] } },
      { struct: inetBytecodeDev as Struct, is: { code: [INET_DIAG_BC.DEV_COND] } },
      { struct: inetBytecodeMark as Struct, is: { code: [INET_DIAG_BC.MARK_COND] } },
      { struct: inetBytecodeCgroup as Struct, is: { code: [INET_DIAG_BC.CGROUP_COND] } },
    ];
  },
  "yes",
);
