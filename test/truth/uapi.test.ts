// Every number and every layout that nlkit states, against fixtures/uapi: what the kernel's own headers say.
import { constants as os } from "node:os";
import { describe, expect, it } from "vitest";
import { INET_DIAG_EXT } from "../../src/attrs/diag/inet-header.ts";
import { genericTypes } from "../../src/attrs/generic/messages.ts";
import type { AttrTable, Choice, Member, Struct } from "../../src/codec/codec.ts";
import { ERRNO, errnoName } from "../../src/codec/errno.ts";
import { camelCase, upperSnake } from "../../src/codec/names.ts";
import type { Registry } from "../../src/codec/registry.ts";
import { constants, groups, type MemberFact, structFact } from "./facts.ts";
import {
  exportsOf,
  isNames,
  isRegistry,
  isStruct,
  isTable,
  namedInts,
  reached,
  structsOf,
  tablesOf,
} from "./tables.ts";

const found = await exportsOf("codec", "attrs");
// Families of generic netlink have a number only while they are loaded: any will do.
const FAMILIES = new Map(["ethtool", "wireguard", "macsec"].map((name, i) => [100 + i, name]));
const registries = [...found.map(({ value }) => value).filter(isRegistry), genericTypes(FAMILIES) as Registry];
const codecs = reached(registries);
const tables = tablesOf(codecs);
const structs = structsOf(codecs);

/** Constants in an enum of attributes that are none, or not one of their own. */
const NO_ATTRIBUTE = /_(UNSPEC|UNUSED\d*|PAD|NONE)$|_MAX$|^__|^NUM_/;
const SYNONYMS: Readonly<Record<string, string>> = {
  IFLA_IF_NETNSID: "IFLA_TARGET_NETNSID",
  CTA_NAT_SEQ_ADJ_ORIG: "CTA_SEQ_ADJ_ORIG",
  CTA_NAT_SEQ_ADJ_REPLY: "CTA_SEQ_ADJ_REPLY",
};
/** Nests that hold only some of an enum, by their properties. */
const PARTIAL: Readonly<Record<string, string>> = {
  "IFLA_: altIfname": "IFLA_PROP_LIST holds names alone",
  "IFLA_MACVLAN_: macaddr": "IFLA_MACVLAN_MACADDR_DATA holds addresses alone",
  "TCA_PEDIT_: keyEx": "TCA_PEDIT_KEYS_EX holds keys alone",
  "IFLA_OFFLOAD_XSTATS_: l3Stats": "IFLA_OFFLOAD_XSTATS_HW_S_INFO holds those that hardware may have",
  "IFLA_STATS_: linkOffloadXstats": "IFLA_STATS_GET_FILTERS holds a mask for nests that take one",
  "ETHTOOL_A_STATS_GRP_: histBktLow histBktHi histVal": "ETHTOOL_A_STATS_GRP_HIST_RX and TX hold ranges alone",
  "AF_: mpls": "IFLA_STATS_AF_SPEC: the families that have counters of a link",
  "AF_: inet inet6 mctp": "IFLA_AF_SPEC: the families that have settings of a link",
};
const nest = (table: AttrTable): string => `${table.prefix}: ${table.fields.map((f) => f.name).join(" ")}`;

/** Does a struct stand inside another that is found, member by member? Then its layout is held against the kernel's there. */
const isInside = ({ members }: Struct): boolean =>
  structs.some((outer) =>
    outer.members.some(({ offset }) => {
      const base = offset - (members[0]?.offset ?? 0);
      return members.every((member) =>
        outer.members.some(
          (one) => one.offset === base + member.offset && new RegExp(`(^|\\.)${member.constant}$`).test(one.constant),
        ),
      );
    }),
  );

describe("attributes", () => {
  it("are found: no table stands outside the registries", () => {
    const lost = found.filter(
      ({ value }) =>
        (isTable(value) || isStruct(value)) && !codecs.has(value as never) && !(isStruct(value) && isInside(value)),
    );
    expect(lost.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
    expect(tables.length).toBeGreaterThan(20);
  });

  it.each(tables.map((table) => [nest(table).slice(0, 60), table] as const))(
    "%s: have the kernel's numbers",
    (_, t) => {
      expect(t.fields.map((f) => [f.constant, f.id])).toEqual(t.fields.map((f) => [f.constant, constants[f.constant]]));
    },
  );

  it("are named by the rule; a table names a constant only where the rule does not lead to it", () => {
    const odd = tables.flatMap(({ prefix, fields }) =>
      fields
        .filter(
          ({ constant, name }) => !constant.startsWith(prefix) || camelCase(constant.slice(prefix.length)) !== name,
        )
        .filter(({ name, id }) => constants[prefix + upperSnake(name)] === id)
        .map(({ constant, name }) => `${constant} ${name}`),
    );
    expect(odd).toEqual([]);
  });

  it("are all there: what an enum of the header has, its table has", () => {
    const missing = tables
      .filter((table) => PARTIAL[nest(table)] === undefined)
      .flatMap((table) => {
        const own = new Set(table.fields.map((field) => field.constant));
        const enums = groups.filter((group) => Object.keys(group).some((constant) => own.has(constant)));
        return enums
          .flatMap((group) => Object.keys(group))
          .filter((name) => !own.has(name) && !NO_ATTRIBUTE.test(name) && !own.has(SYNONYMS[name] ?? ""));
      });
    expect(missing).toEqual([]);
    const nests = tables.map(nest);
    expect(Object.keys(PARTIAL).filter((key) => !nests.includes(key))).toEqual([]);
    for (const [name, other] of Object.entries(SYNONYMS)) expect(constants[name]).toBe(constants[other]);
  });

  it("a choice by header has cases for values that have names", () => {
    const choices = [...codecs].filter(
      (codec): codec is Choice => codec.kind === "choice" && codec.header !== undefined,
    );
    expect(choices.length).toBeGreaterThan(0);
    for (const { cases, header } of choices) {
      expect(Object.keys(header?.values ?? {}).map(camelCase)).toEqual(expect.arrayContaining(Object.keys(cases)));
    }
  });
});

/** Not structs of the kernel's C: bare numbers, no header at all, udevd's, an array with names for its indexes (diag.test.ts). */
const NO_STRUCT = ["int", "nothing", "sk_meminfo", "udev_monitor_netlink_header"];
/** Members that no table names: padding, what is reserved, and a flexible array that is a codec of its own. */
const NO_MEMBER = /pad\d?$|(^|_)(res[12]|resvd2?|reserved[12]?)$|^version$|^rtvia_addr$|^unused$|^tcpi_options2$/;
/** Declared as two words in C, and one number to who reads them. */
const WORDS_AS_NUMBER = /diag_cookie$/;
/** Declared as octets in C, and one number to who reads them. */
const OCTETS_AS_NUMBER = ["ifla_bridge_id.prio"];

const layout = ({ constant, offset, size, codec }: Member): unknown =>
  codec.kind === "int"
    ? { name: constant, offset, size, signed: codec.signed, be: codec.big, octets: false }
    : // An IPv4 address is a __be32 to the kernel.
      codec.address !== undefined && size === 4
      ? { name: constant, offset, size, signed: false, be: true, octets: false }
      : { name: constant, offset, size, signed: false, be: false, octets: true };
const layoutOf = (struct: string, fact: MemberFact | undefined): unknown => {
  if (fact === undefined) return undefined;
  const { name, offset, size, signed = false, be = false, count } = fact;
  return OCTETS_AS_NUMBER.includes(`${struct}.${name}`)
    ? { name, offset, size, signed, be: true, octets: false }
    : {
        name,
        offset,
        size,
        signed,
        be: be && count === undefined,
        octets: count !== undefined && !WORDS_AS_NUMBER.test(name),
      };
};

describe("structs", () => {
  // What has "+" in its name is two structs, one behind the other: diag.test.ts.
  const compared = structs.filter(({ name }) => !NO_STRUCT.includes(name) && !name.includes("+"));
  it.each(compared.map((struct) => [struct.name, struct] as const))("%s: is laid out as in C", (name, s: Struct) => {
    const fact = structFact(name);
    expect(s.size).toBe(fact?.size);
    const members = new Map(fact?.members.map((member) => [member.name, member]));
    expect(s.members.map(layout)).toEqual(s.members.map((m) => layoutOf(name, members.get(m.constant))));
    const own = new Set(s.members.map((member) => member.constant));
    expect([...members.keys()].filter((member) => !own.has(member) && !NO_MEMBER.test(member))).toEqual([]);
  });
});

/** The header counts these bits; a table has them shifted. */
const BIT_NUMBERS = ["BR_BOOLOPT"];
/** The header counts these bits from 1, under names that are attributes too. */
const ONE_LESS: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries(INET_DIAG_EXT).map(([key]) => [
    `INET_DIAG_EXT_${key}`,
    1 << ((constants[`INET_DIAG_${key}`] ?? 0) - 1),
  ]),
);
const numberOf = (prefix: string, constant: string): number | undefined => {
  if (ONE_LESS[constant] !== undefined) return ONE_LESS[constant];
  const value = constants[constant];
  return value !== undefined && BIT_NUMBERS.includes(prefix.replace(/_$/, "")) ? 1 << value : value;
};

/** The header counts from 0 in each subsystem of netfilter; nlmsg_type has the subsystem in its upper byte. */
const NETFILTER = 12;
const numberIn = (type: number): number => type & 0xff;

/** Of an errno that has another already: EAGAIN, EDEADLK, EBADMSG, EUCLEAN. */
const SECOND_NAMES = ["EWOULDBLOCK", "EDEADLOCK", "EFSBADCRC", "EFSCORRUPTED"];

/** Two enums that count apart under one prefix: of requests, and of answers. */
const DIRECTION = /(?<=^ETHTOOL_MSG)_(USER|KERNEL)$/;

/** Messages without constants: those of generic netlink are called as their families, the connector's as their struct. */
const NO_CONSTANTS = ["NETLINK_GENERIC", "NETLINK_CONNECTOR"];

describe("names of numbers", () => {
  const exported = found.filter(({ name, value }) => isNames(value) && name !== "ERRNO");
  it.each(exported.map(({ file, name, value }) => [name, file, value as Record<string, number>] as const))(
    "%s of %s",
    (name, file, values) => {
      // The names of messages are whole constants.
      const constantOf = (key: string) =>
        file.endsWith("/message-numbers.ts") ? key : `${name.replace(DIRECTION, "")}_${key}`;
      const theirs = Object.keys(values).map((key) => [key, numberOf(name, constantOf(key))]);
      expect(Object.entries(values)).toEqual(theirs);
    },
  );

  it("a codec's names, prefix and all", () => {
    const wrong = namedInts(codecs).flatMap(({ names: { prefix, values } }) =>
      Object.entries(values)
        .filter(
          ([key, value]) => values !== ERRNO && values !== INET_DIAG_EXT && numberOf(prefix, prefix + key) !== value,
        )
        .map(([key, value]) => `${prefix}${key} ${value}`),
    );
    expect(wrong).toEqual([]);
  });

  it("message types and protocols", () => {
    for (const { name, protocol, byName } of registries) {
      // A negative one stands for every protocol: NLMSG_*.
      if (protocol >= 0) expect([name, protocol]).toEqual([name, constants[name]]);
      if (NO_CONSTANTS.includes(name)) continue;
      const types = [...byName.values()].map((message) => [
        message.name,
        protocol === NETFILTER ? numberIn(message.type) : message.type,
      ]);
      expect(types).toEqual([...byName.keys()].map((constant) => [constant, constants[constant]]));
    }
  });

  it("errno: every number of asm-generic, and Node's own", () => {
    const theirs = Object.entries(constants).filter(([name]) => /^E[A-Z0-9]+$/.test(name));
    const first = theirs.filter(([name]) => !SECOND_NAMES.includes(name));
    expect(Object.fromEntries(first.map(([name, value]) => [name, -value]))).toEqual(ERRNO);
    for (const [name, value] of first) expect(errnoName(value)).toBe(name);
    for (const [name, value] of Object.entries(os.errno)) {
      // ENOTSUP is EOPNOTSUPP to Linux.
      if (name in ERRNO) expect([name, ERRNO[name]]).toEqual([name, -value]);
    }
  });
});
