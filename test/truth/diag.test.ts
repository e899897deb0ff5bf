// What fixtures/uapi says of NETLINK_SOCK_DIAG and the generic comparison cannot hold: bitfields, structs behind structs, arrays with
// names for their indexes.
import { describe, expect, test } from "vitest";
import { inetBytecode } from "../../src/attrs/diag/bytecode.ts";
import { inetSockopt } from "../../src/attrs/diag/inet-parts.ts";
import { socketMemory } from "../../src/attrs/diag/socket.ts";
import { tcpInfo } from "../../src/attrs/diag/tcp-info.ts";
import { readerOf, Writer } from "../../src/codec/bytes.ts";
import type { Struct } from "../../src/codec/codec.ts";
import { constants, structFact } from "./facts.ts";

interface BitFact {
  readonly name: string;
  readonly offset: number;
  readonly bitOffset?: number;
  readonly bitSize?: number;
}

describe.each([tcpInfo, inetSockopt] as Struct[])("bitfields of $name", (struct) => {
  const facts = (structFact(struct.name)?.members ?? []) as readonly BitFact[];
  const fields = struct.members.filter(({ codec }) => codec.kind === "int" && codec.width !== undefined);

  test("are all there", () => {
    const theirs = facts.filter(({ bitSize, name }) => bitSize !== undefined && !/unused|options2/.test(name));
    expect(fields.map(({ constant }) => constant)).toEqual(theirs.map(({ name }) => name));
    expect(fields.length).toBeGreaterThan(3);
  });

  test.each(fields.map((field) => [field.constant, field] as const))("%s: its bits and no others", (name, field) => {
    const { bitOffset = -1, bitSize = -1 } = facts.find((fact) => fact.name === name) ?? {};
    const mask = (1 << bitSize) - 1;
    const w = new Writer();
    (struct as Struct<object>).write(w, { [field.name]: mask }, {}, "");
    expect(w.u8[field.offset]).toBe(mask << bitOffset);
    // The compiler of a big-endian machine begins at the other end of the byte.
    const big = new Writer({ byteOrder: "big" });
    (struct as Struct<object>).write(big, { [field.name]: mask }, {}, "");
    expect(big.u8[field.offset]).toBe(mask << (8 - bitOffset - bitSize));
    const r = readerOf(w.since(0));
    const all = (struct as Struct<Record<string, unknown>>).read(r, 0, w.pos, {}) ?? {};
    const set = Object.keys(all).filter((key) => fields.some((f) => f.name === key) && all[key] !== 0);
    expect(set).toEqual([field.name]);
  });
});

test("memory of a socket: each member stands at its index", () => {
  const indexes = socketMemory.members.map(({ constant, offset }) => [constant, offset / 4]);
  expect(indexes).toEqual(socketMemory.members.map(({ constant }) => [constant, constants[constant]]));
  expect(socketMemory.size).toBe(4 * (constants["SK_MEMINFO_VARS"] ?? 0));
});

/** What stands behind inet_diag_bc_op, member by member; the addresses are the flexible array at inet_diag_hostcond's end. */
const BEHIND: Readonly<Record<string, readonly (readonly [struct: string, member: string])[]>> = {
  "inet_diag_bc_op + port": [["inet_diag_bc_op", "no"]],
  "inet_diag_bc_op + inet_diag_markcond": [
    ["inet_diag_markcond", "mark"],
    ["inet_diag_markcond", "mask"],
  ],
};
const HOST = ["family", "prefix_len", "port", "addr"].map((member) => ["inet_diag_hostcond", member] as const);

describe("instructions", () => {
  const cases = inetBytecode.cases.map(({ struct, is }) => [struct.name, struct, is] as const);
  test.each(cases)("%s: is laid out as in C", (name, struct) => {
    const first = structFact("inet_diag_bc_op");
    const [ops, rest] = [struct.members.slice(0, 3), struct.members.slice(3)];
    expect(ops.map(({ constant, offset, size }) => [constant, offset, size])).toEqual(
      first?.members.map((fact) => [fact.name, fact.offset, fact.size]),
    );
    const behind = BEHIND[name] ?? (name.includes("hostcond") ? HOST.slice(0, rest.length) : []);
    const theirs = behind.map(([of, member]) => {
      const fact = structFact(of)?.members.find((m) => m.name === member);
      return [(first?.size ?? 0) + (fact?.offset ?? Number.NaN), fact?.signed ?? false];
    });
    if (theirs.length > 0) {
      const ours = rest.map(({ offset, codec }) => [offset, codec.kind === "int" && codec.signed]);
      expect(ours).toEqual(theirs);
    } else {
      expect(rest.every(({ offset }) => offset === first?.size)).toBe(true);
    }
  });

  test("every code has one", () => {
    const codes = new Set(cases.flatMap(([, , is]) => is["code"] ?? []));
    const theirs = Object.entries(constants).filter(([name]) => name.startsWith("INET_DIAG_BC_"));
    expect([...codes].sort((a, b) => a - b)).toEqual(theirs.map(([, value]) => value).sort((a, b) => a - b));
  });
});
