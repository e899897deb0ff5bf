// What the running kernel says it would take for each attribute, against the tables: `npm run ask-kernel` prints the same.
import { release } from "node:os";
import { describe, expect, it } from "vitest";
import type { AnyCodec } from "../../src/codec/codec.ts";
import { NL_ATTR_TYPE as T } from "../../src/codec/control.ts";
import { s32, u16, u32, u64 } from "../../src/codec/int.ts";
import { flag, ip, string } from "../../src/codec/scalars.ts";
import { struct } from "../../src/codec/struct.ts";
import { live, withNetns } from "../support/live.ts";
import { ASYMMETRIES, agree, askKernel, policyText } from "./policy.ts";

/** How many attributes of each table Linux 6.18 answered for, where it answered at all. */
const ANSWERED: Readonly<Record<string, number>> = {
  // 46 of a link, and the name in IFLA_PROP_LIST.
  IFLA_: 47,
  IFLA_BR_: 35,
  IFLA_BRPORT_: 26,
  IFLA_VXLAN_: 29,
  IFLA_MACVLAN_: 8,
  IFLA_INET_: 1,
  IFLA_INET6_: 1,
  IFA_: 8,
  RTA_: 20,
  NDA_: 14,
  NFEA_: 2,
  NETNSA_: 4,
};
const [major = 0, minor = 0] = release().split(".").map(Number);
const counted = major > 6 || (major === 6 && minor >= 12);

live("the kernel's policies", () => {
  it("agree with every table", async () => {
    const findings = await withNetns(askKernel);
    const wrong = findings.filter((finding) => finding.verdict === "disagrees");
    expect(wrong.map(({ constant, kernel, ours }) => `${constant}: kernel ${kernel}, we ${ours}`)).toEqual([]);

    const answered = findings.filter((finding) => finding.verdict === "agrees");
    expect(answered.length).toBeGreaterThan(0);
    if (!counted) return;
    for (const [prefix, least] of Object.entries(ANSWERED)) {
      const count = answered.filter((finding) => finding.table.prefix === prefix).length;
      expect([prefix, count]).toEqual([prefix, Math.max(count, least)]);
    }
    // An excuse that nothing needs any more is none.
    const excused = answered.filter((finding) => finding.reason !== undefined).map((finding) => finding.constant);
    expect(excused.sort()).toEqual(Object.keys(ASYMMETRIES).sort());
  });
});

describe("a policy and a codec", () => {
  const four = struct<{ a: number }>("four", "", 4, () => ({ a: [0, u32] }));
  it.each([
    [{ type: T.U32 }, u32, true],
    [{ type: T.U32 }, s32, false],
    [{ type: T.U32 }, u16, false],
    [{ type: T.U32 }, ip, true],
    [{ type: T.UINT }, u64, true],
    [{ type: T.FLAG }, flag, true],
    [{ type: T.STRING, maxLength: 15 }, string, true],
    [{ type: T.NESTED }, string, false],
    [{ type: T.BINARY, minLength: 4, maxLength: 4 }, four, true],
    [{ type: T.BINARY, minLength: 8, maxLength: 8 }, four, false],
    [{ type: T.BINARY, minLength: 16, maxLength: 16 }, ip, true],
  ] as [{ type: number }, AnyCodec, boolean][])("%j and a codec", (policy, codec, verdict) => {
    expect(agree(policy, codec)).toBe(verdict);
    expect(policyText(policy)).toContain(Object.keys(T)[policy.type]);
  });
});
