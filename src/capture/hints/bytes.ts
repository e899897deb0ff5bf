// Hints that the bytes of the request give by themselves: wrong widths, wrong headers, wrong flags.
import { NLA_F } from "../../codec/attribute.ts";
import type { Body, Int, Struct } from "../../codec/codec.ts";
import { blamed, type Facts, type Hint, intName, isSilent, type Sent } from "./facts.ts";
import { swapped } from "./swapped.ts";

const NESTS = new Set(["attrs", "choice", "indexed", "list"]);

/** Nests of NETLINK_ROUTE that the kernel reads strictly, though most others it does not. Others are known by what the kernel says. */
const STRICT = new Set(["IFLA_PROP_LIST", "NHA_GROUP", "NHA_RES_GROUP"]);

/** A nest without NLA_F_NESTED, where the kernel wants it since 5.2 (nla_parse_nested). */
export const nestedFlag: Hint = (facts) => {
  const isUnflagged = ({ field, codec }: Sent): boolean =>
    ((field.word ?? 0) & NLA_F.NESTED) === 0 && (NESTS.has(codec?.kind ?? "") || field === facts.at);
  const said = facts.text?.includes("NLA_F_NESTED is missing") === true;
  const found = said
    ? blamed(facts)
    : isSilent(facts) && facts.code === "EINVAL"
      ? facts.sent.find(
          (one) => isUnflagged(one) && (STRICT.has(one.field.constant) || facts.protocol === "NETLINK_GENERIC"),
        )
      : undefined;
  if (found === undefined || !isUnflagged(found)) return undefined;
  const word = found.field.word ?? 0;
  const hex = (n: number): string => `0x${n.toString(16).padStart(4, "0")}`;
  return `${found.field.constant} is a nest without NLA_F_NESTED: nla_type is ${hex(word)}, and ${hex(word | NLA_F.NESTED)} is due`;
};

/** The fixed struct in front of the attributes is too short, or is another one. */
export const headerStruct: Hint = ({ declared, bytes, request }) => {
  const body = declared?.body as Body | undefined;
  if (declared === undefined || body?.kind !== "body") return undefined;
  const { name, size } = body.header as Struct;
  const there = bytes.length - 16;
  if (there < size) return `${declared.name} begins with struct ${name} of ${size} bytes: ${there} are there`;
  const stray = request.children.find(({ constant, issue }) => constant === "" && issue !== undefined);
  if (stray === undefined) return undefined;
  return `the bytes from ${stray.offset} on are no attributes: ${declared.name} begins with struct ${name} of ${size} bytes; was another one sent?`;
};

const isInt = (codec: Sent["codec"]): codec is Int => codec?.kind === "int";

/** An integer attribute of another width. Longer ones are taken, except where the kernel is strict. */
export const intWidth: Hint = (facts) => {
  const wrong = ({ codec, length }: Sent): boolean => isInt(codec) && length !== codec.size;
  const pointed = blamed(facts);
  const found =
    pointed !== undefined && wrong(pointed) ? pointed : isSilent(facts) ? facts.sent.find(wrong) : undefined;
  if (found === undefined || !isInt(found.codec)) return undefined;
  const { size } = found.codec;
  return `${found.field.constant} has ${found.length} bytes: a ${intName(found.codec)} has ${size}`;
};

/** A struct or an address that is too short. */
export const shortPayload: Hint = (facts) => {
  const found = [blamed(facts), ...(isSilent(facts) ? facts.sent : [])].find((one) => {
    if (one === undefined) return false;
    const due = one.codec?.kind === "struct" ? (one.codec as Struct) : undefined;
    return due !== undefined && due.open !== true && one.length < due.size;
  });
  if (found === undefined) return undefined;
  const { name, size } = found.codec as Struct;
  return `${found.field.constant} has ${found.length} bytes: struct ${name} has ${size}`;
};

/** Bytes of text that the kernel has room for: linux/if.h, linux/netdevice.h, linux/netfilter/nf_tables.h, linux/rtnetlink.h. */
const ROOM: Readonly<Record<string, number>> = {
  IFLA_IFNAME: 15,
  IFLA_ALT_IFNAME: 127,
  IFLA_IFALIAS: 255,
  IFLA_QDISC: 15,
  IFA_LABEL: 15,
  TCA_KIND: 15,
  FRA_IIFNAME: 15,
  FRA_OIFNAME: 15,
  NFTA_TABLE_NAME: 255,
  NFTA_CHAIN_NAME: 255,
  NFTA_SET_NAME: 255,
  NFTA_OBJ_NAME: 255,
  NFTA_FLOWTABLE_NAME: 255,
};

/** A name that is longer than the kernel's buffer. */
export const longText: Hint = ({ sent }) => {
  for (const { field, length } of sent) {
    const room = ROOM[field.constant];
    if (room === undefined || typeof field.value !== "string") continue;
    const text = Math.min(length, new TextEncoder().encode(field.value).length);
    if (text > room) return `${field.constant} has ${text} bytes of text: ${room} is the most`;
  }
  return undefined;
};

const limits = ({ policy }: Facts): { low: bigint; high: bigint } | undefined => {
  const low = policy?.minValueU ?? policy?.minValueS;
  const high = policy?.maxValueU ?? policy?.maxValueS;
  return low === undefined || high === undefined ? undefined : { low, high };
};

const integer = (value: unknown): bigint | undefined =>
  typeof value === "bigint" ? value : typeof value === "number" ? BigInt(value) : undefined;

/** A value outside of what the kernel's policy takes; and whether it would be inside the other way round. */
export const outOfRange: Hint = (facts) => {
  const range = limits(facts);
  const found = blamed(facts);
  const value = integer(found?.field.value);
  if (range === undefined || found === undefined || value === undefined) return undefined;
  const { low, high } = range;
  if (value >= low && value <= high) return undefined;
  const said = `${found.field.constant} is ${value}: this kernel takes ${low} to ${high}`;
  const turned = isInt(found.codec) ? swapped(value, found.codec.size) : undefined;
  if (turned === undefined || turned < low || turned > high) return said;
  return `${said}; in the other byte order it would be ${turned}`;
};
