// What the running kernel says it would take for the attributes of connection tracking, queues and logs; and that none of the headers'
// names is forgotten.
import { describe, expect, it } from "vitest";
import type { Attrs } from "../../src/codec/attribute.ts";
import type { AnyCodec, AttrTable } from "../../src/codec/codec.ts";
import {
  conntrackAttrs,
  conntrackIp,
  conntrackNat,
  conntrackNatPorts,
  conntrackProto,
  conntrackTcp,
  conntrackTuple,
  expectationAttrs,
  IPPROTO,
  logConfigAttrs,
  NFPROTO,
  NLM_F,
  netfilter,
  queueAttrs,
  queueConfigAttrs,
} from "../../src/index.ts";
import { Connection } from "../../src/socket/connection.ts";
import { KernelError } from "../../src/socket/errors.ts";
import { live, withNetns } from "../support/live.ts";
import { groups } from "./facts.ts";
import { agree, policyText } from "./policy.ts";
import { exportsOf, isNames } from "./tables.ts";

/** Lengths that some policy refuses. */
const LENGTHS = [0, 1, 3, 300, 5000];
const tuple = { ip: { v4Src: "10.0.0.1", v4Dst: "10.0.0.2" }, proto: { num: IPPROTO.TCP, srcPort: 1, dstPort: 2 } };
type Place = readonly [table: AttrTable, name: string, attrs: (bad: Attrs) => object];
const place = <A>(table: AttrTable<A>, name: string, attrs: Place[2]): Place => [table as AttrTable, name, attrs];
/** Where the kernel checks each table. */
const PLACES: readonly Place[] = [
  place(conntrackAttrs, "IPCTNL_MSG_CT_GET", (bad) => bad),
  place(conntrackTuple, "IPCTNL_MSG_CT_GET", (bad) => ({ tupleOrig: bad })),
  place(conntrackIp, "IPCTNL_MSG_CT_GET", (ip) => ({ tupleOrig: { ...tuple, ip } })),
  place(conntrackProto, "IPCTNL_MSG_CT_GET", (bad) => ({
    tupleOrig: { ...tuple, proto: { num: IPPROTO.TCP, ...bad } },
  })),
  place(conntrackNat, "IPCTNL_MSG_CT_NEW", (natSrc) => ({ tupleOrig: tuple, tupleReply: tuple, timeout: 9, natSrc })),
  place(conntrackNatPorts, "IPCTNL_MSG_CT_NEW", (proto) => ({
    tupleOrig: tuple,
    tupleReply: tuple,
    timeout: 9,
    natSrc: { v4Minip: "10.0.0.9", proto },
  })),
  place(conntrackTcp, "IPCTNL_MSG_CT_NEW", (tcp) => ({
    tupleOrig: tuple,
    tupleReply: tuple,
    timeout: 9,
    protoinfo: { tcp },
  })),
  place(expectationAttrs, "IPCTNL_MSG_EXP_GET", (bad) => bad),
  place(queueAttrs, "NFQNL_MSG_VERDICT", (bad) => bad),
  place(queueConfigAttrs, "NFQNL_MSG_CONFIG", (bad) => bad),
  place(logConfigAttrs, "NFULNL_MSG_CONFIG", (bad) => bad),
] as unknown as Place[];
/** How many attributes Linux 6.18 answered for: nests are checked without a word. */
const ANSWERED = 39;

live("the kernel's policies of conntrack, queues and logs", () => {
  it("agree with the tables", async () => {
    const wrong: string[] = [];
    const answered = new Set<string>();
    await withNetns(async (netns) => {
      await using connection = Connection.open(netfilter, { netns });
      for (const [table, name, attrs] of PLACES) {
        for (const { id, constant, codec } of table.fields) {
          for (const length of LENGTHS) {
            const bad = { unknown: [{ word: id, bytes: new Uint8Array(length).fill(0x61) }] };
            const flags = name.endsWith("NEW") ? NLM_F.CREATE | NLM_F.EXCL : 0;
            const input = { name, flags, header: { family: NFPROTO.IPV4 }, attrs: attrs(bad) };
            const error: unknown = await connection.request(input as never).catch((e: unknown) => e);
            if (!(error instanceof KernelError) || error.policy === undefined || error.attribute !== constant) continue;
            answered.add(constant);
            if (!agree(error.policy, codec as AnyCodec)) wrong.push(`${constant}: ${policyText(error.policy)}`);
            break;
          }
        }
      }
    });
    expect(wrong).toEqual([]);
    expect([...answered].length).toBeGreaterThanOrEqual(ANSWERED);
  });
});

/** Names of no value of their own: counts, masks, numbers of bits that have a name themselves, other names. */
const NO_VALUE =
  /^__|_MAX$|_MASK$|_BIT$|_NUMBER$|_TIMEOUT_MAX$|^IP_CT_(IS_REPLY|NEW_REPLY|EXP_|TCP_SIM)|^NFQA_SKB_INFO$|^TCP_CONNTRACK_(LISTEN|IGNORE|RETRANS|UNACK)$/;

describe("the headers, from end to end", () => {
  const names = groups.flatMap((group) => Object.keys(group));

  it("every message is in the registry", () => {
    const all = names.filter((name) => /^(IPCTNL_MSG_(CT|EXP)|NFQNL_MSG|NFULNL_MSG)_/.test(name));
    expect(all.filter((name) => !netfilter.byName.has(name) && !/_MAX$/.test(name))).toEqual([]);
    expect(all.length).toBeGreaterThan(16);
  });

  it("every value has a name", async () => {
    const exported = (await exportsOf("attrs/netfilter")).filter(({ value }) => isNames(value));
    const known = new Set(
      exported.flatMap(({ name, value }) => Object.keys(value as object).map((k) => `${name}_${k}`)),
    );
    const all = names.filter((name) =>
      /^(IPS_|IP_CT_|TCP_CONNTRACK_|SCTP_CONNTRACK_|NF_CT_EXPECT_|NFQNL_C|NFULNL_C|NFQA_CFG_F_|NFQA_SKB_)/.test(name),
    );
    expect(all.filter((name) => !known.has(name) && !NO_VALUE.test(name))).toEqual([]);
    expect(all.length).toBeGreaterThan(70);
  });
});
