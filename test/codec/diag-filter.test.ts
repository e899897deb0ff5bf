// What inetFilter makes means what was asked: run as the kernel runs it, and checked as the kernel checks it.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { INET_DIAG_BC as BC, type InetBytecode, type InetFilter, inetFilter } from "../../src/index.ts";

interface Sample {
  readonly sport: number;
  readonly dport: number;
  readonly ifindex: number;
  readonly mark: number;
}

/** net/ipv4/inet_diag.c, inet_diag_bc_run: the end of the program means yes, anything beyond it no. */
const run = (program: readonly InetBytecode[], s: Sample): boolean => {
  const total = program.reduce((sum, { yes }) => sum + yes, 0);
  const at = new Map<number, InetBytecode>();
  let offset = 0;
  for (const op of program) {
    at.set(offset, op);
    offset += op.yes;
  }
  for (let pc = 0; pc < total; ) {
    const op = at.get(pc);
    if (op === undefined) throw new Error(`a jump into the middle of an instruction: ${pc}`);
    const { code, port = 0, ifindex, mark = 0, mask = 0 } = op;
    const holds =
      code === BC.JMP
        ? false
        : code === BC.NOP
          ? true
          : code === BC.S_GE
            ? s.sport >= port
            : code === BC.S_LE
              ? s.sport <= port
              : code === BC.D_GE
                ? s.dport >= port
                : code === BC.D_LE
                  ? s.dport <= port
                  : code === BC.S_COND
                    ? port === -1 || s.sport === port
                    : code === BC.D_COND
                      ? port === -1 || s.dport === port
                      : code === BC.DEV_COND
                        ? s.ifindex === ifindex
                        : (s.mark & mask) >>> 0 === mark;
    pc += holds ? op.yes : op.no;
    if (pc === total) return true;
    if (pc > total) return false;
  }
  return true;
};

/** The same, of the condition itself. */
const means = (f: InetFilter, s: Sample): boolean => {
  if ("and" in f) return f.and.every((one) => means(one, s));
  if ("or" in f) return f.or.some((one) => means(one, s));
  if ("not" in f) return !means(f.not, s);
  if ("ifindex" in f) return s.ifindex === f.ifindex;
  if ("mark" in f) return (s.mark & (f.mask ?? -1)) >>> 0 === f.mark;
  const [range, port] = "sport" in f ? [f.sport, s.sport] : "dport" in f ? [f.dport, s.dport] : [{}, 0];
  const { ge = 0, le = 0xffff, eq = port } = typeof range === "number" ? { eq: range } : range;
  return port >= ge && port <= le && port === eq;
};

const small = fc.integer({ min: 0, max: 3 });
const range = fc.oneof(small, fc.record({ ge: small, le: small, eq: small }, { requiredKeys: [] }));
const { filter } = fc.letrec<{ filter: InetFilter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    range.map((sport) => ({ sport })),
    range.map((dport) => ({ dport })),
    small.map((ifindex) => ({ ifindex })),
    fc.tuple(small, small).map(([mark, mask]) => ({ mark: mark & mask, mask })),
    fc.array(tie("filter"), { maxLength: 3 }).map((and) => ({ and })),
    fc.array(tie("filter"), { maxLength: 3 }).map((or) => ({ or })),
    tie("filter").map((not) => ({ not })),
  ),
}));
const sample = fc.record({ sport: small, dport: small, ifindex: small, mark: small });

test("a program chooses what its condition means", () => {
  fc.assert(
    fc.property(filter, fc.array(sample, { minLength: 8, maxLength: 8 }), (condition, samples) => {
      const program = inetFilter(condition);
      for (const one of samples) expect(run(program, one)).toBe(means(condition, one));
    }),
    { numRuns: 3000 },
  );
});

test("the kernel's own check passes: every jump leads forward, to an instruction or to the end", () => {
  fc.assert(
    fc.property(filter, (condition) => {
      const program = inetFilter(condition);
      const total = program.reduce((sum, { yes }) => sum + yes, 0);
      const starts = new Set([total]);
      let offset = 0;
      for (const { yes } of program) {
        starts.add(offset);
        offset += yes;
      }
      offset = 0;
      for (const { code, yes, no } of program) {
        expect(yes % 4).toBe(0);
        if (code !== BC.NOP) {
          expect(no % 4).toBe(0);
          expect(no).toBeGreaterThanOrEqual(4);
          expect(starts.has(offset + no) || offset + no === total + 4).toBe(true);
        }
        offset += yes;
      }
      expect(program.length).toBeGreaterThan(0);
    }),
    { numRuns: 2000 },
  );
});

describe("what is no condition", () => {
  test.each<[string, unknown, string]>([
    ["an address", { src: "10.0.0" }, "BAD_ADDRESS"],
    ["a prefix beyond the address", { src: "10.0.0.0/33" }, "BAD_ADDRESS"],
    ["two prefixes", { dst: "10.0.0.0/8/8" }, "BAD_ADDRESS"],
    ["octets", { dst: "00:11:22:33:44:55" }, "BAD_ADDRESS"],
    ["a word", { port: 80 }, "BAD_VALUE"],
    ["a bigint under a word that is none", { port: 80n }, "BAD_VALUE"],
    ["nothing", undefined, "BAD_VALUE"],
    ["null inside", { not: null }, "BAD_VALUE"],
    ["one where several are due", { and: { sport: 1 } }, "BAD_VALUE"],
    ["several with one missing", { or: [undefined, { sport: 1 }] }, "BAD_VALUE"],
    ["no port", { sport: null }, "BAD_VALUE"],
    ["text as a port", { dport: "80" }, "BAD_VALUE"],
  ])("%s", (_, condition, code) => {
    expect(() => inetFilter(condition as InetFilter)).toThrow(expect.objectContaining({ name: "EncodeError", code }));
  });
  test("a network", () => {
    expect(inetFilter({ src: "10.0.0.0/8" })).toEqual([
      { code: BC.S_COND, yes: 16, no: 20, family: 2, prefixLen: 8, port: -1, addr: "10.0.0.0" },
    ]);
  });
});
