// What the running kernel would take: asks with attributes of a wrong length, and compares its policy with our tables.
import { route } from "../../src/attrs/route/messages.ts";
import { Rtnetlink } from "../../src/client/rtnetlink.ts";
import type { AnyCodec, AttrTable, Field } from "../../src/codec/codec.ts";
import { type AttributePolicy, NLM_F, NL_ATTR_TYPE as T } from "../../src/codec/control.ts";
import { enumKey } from "../../src/codec/names.ts";
import { KernelError } from "../../src/socket/errors.ts";
import type { NetnsRef } from "../../src/socket/netns.ts";
import { NOT_ASKED, type Place, placesIn, prepare } from "./places.ts";
import { reached, tablesOf } from "./tables.ts";

export type Verdict = "agrees" | "disagrees" | "no answer";
/** What the kernel said of one attribute. */
export interface Finding {
  readonly table: AttrTable;
  readonly constant: string;
  readonly kernel: string;
  readonly ours: string;
  readonly verdict: Verdict;
  /** Why a difference is none. */
  readonly reason?: string | undefined;
}

/** Lengths that some policy refuses: none, less than u16, less than u32, more than names and addresses, more than anything. */
const LENGTHS = [0, 1, 3, 300, 5000];
/** No such index, namespace, descriptor or process: what is taken by mistake does nothing. */
const FILL = 0x61;

/** Where the kernel's policy differs from what it means, or sends. */
export const ASYMMETRIES: Readonly<Record<string, string>> = {
  IFLA_LINK: "an interface index: int in the kernel, checked as u32",
  IFLA_INET_CONF: "a nest in a request, an array in an answer: LinkInet.conf says so",
};

/** Asks for the policy of every attribute that can be asked for. The namespace is filled with links for it. */
export const askKernel = async (netns: NetnsRef): Promise<Finding[]> => {
  await using rtnl = await Rtnetlink.open({ netns });
  const places = placesIn(await prepare(rtnl));
  const findings: Finding[] = [];
  for (const table of tablesOf(reached([route]))) {
    const own = places.get(table);
    if (own === undefined && !NOT_ASKED.has(table)) throw new Error(`where does the kernel check ${table.prefix}?`);
    for (const field of table.fields) findings.push(judge(table, field, await policyOf(rtnl, field, own ?? [])));
  }
  return findings;
};

const policyOf = async (
  rtnl: Rtnetlink,
  field: Field,
  places: readonly Place[],
): Promise<AttributePolicy | undefined> => {
  for (const place of places) {
    for (const length of LENGTHS) {
      const input = place({ unknown: [{ word: field.id, bytes: new Uint8Array(length).fill(FILL) }] });
      const { connection } = rtnl;
      const isDump = ((input.flags ?? 0) & NLM_F.DUMP) === NLM_F.DUMP && input.name?.includes("_GET") === true;
      const refused = await (isDump ? connection.dump(input) : connection.request(input)).then(
        () => undefined,
        (error: unknown) => {
          if (error instanceof KernelError) return error;
          throw error;
        },
      );
      if (refused?.policy !== undefined && refused.attribute === field.constant) return refused.policy;
    }
  }
  return undefined;
};

const judge = (table: AttrTable, { constant, codec: loose }: Field, policy: AttributePolicy | undefined): Finding => {
  const codec = loose as unknown as AnyCodec;
  const finding = { table, constant, kernel: policyText(policy), ours: codecText(codec) };
  if (policy === undefined) return { ...finding, verdict: "no answer" };
  const reason = ASYMMETRIES[constant];
  return { ...finding, verdict: agree(policy, codec) || reason !== undefined ? "agrees" : "disagrees", reason };
};

const UNSIGNED: readonly number[] = [T.U8, T.U16, T.U32, T.U64];
const SIGNED: readonly number[] = [T.S8, T.S16, T.S32, T.S64];

/** Would the kernel take what this codec writes? */
export const agree = (policy: AttributePolicy, codec: AnyCodec): boolean => {
  const { type = T.INVALID, minLength = 0, maxLength = Number.POSITIVE_INFINITY } = policy;
  if (codec.kind === "repeated") return agree(policy, codec.of as AnyCodec);
  // An IPv4 address is a __be32 to the kernel.
  if (type === T.U32 && codec.kind === "ip") return true;
  if (UNSIGNED.includes(type))
    return codec.kind === "int" && !codec.signed && codec.size === 1 << UNSIGNED.indexOf(type);
  if (SIGNED.includes(type)) return codec.kind === "int" && codec.signed && codec.size === 1 << SIGNED.indexOf(type);
  const fits = (size: number): boolean => size >= minLength && size <= maxLength;
  switch (type) {
    case T.FLAG:
      return codec.kind === "flag";
    case T.UINT:
    case T.SINT:
      return codec.kind === "int" && codec.signed === (type === T.SINT) && codec.size >= 4;
    case T.STRING:
    case T.NUL_STRING:
      return codec.kind === "string";
    case T.NESTED:
    case T.NESTED_ARRAY:
      // "bytes": a nest that is not taken apart.
      return ["attrs", "choice", "indexed", "list", "bytes"].includes(codec.kind);
    case T.BINARY:
      if (codec.kind === "struct") return fits(codec.size);
      if (codec.kind === "ip") return fits(4) || fits(16);
      return ["hardware", "bytes", "string", "array", "tailed", "records", "body", "tlv8"].includes(codec.kind);
    case T.BITFIELD32:
      return codec.kind === "struct" && codec.name === "nla_bitfield32";
    default:
      return false;
  }
};

const bounds = (low: unknown, high: unknown): string =>
  low === undefined && high === undefined ? "" : ` ${low ?? ""}..${high ?? ""}`;

/** "U32 0..4294967295", "STRING ..15", "NESTED" */
export const policyText = (policy: AttributePolicy | undefined): string => {
  if (policy === undefined) return "";
  const { type = T.INVALID, minLength, maxLength, minValueU, maxValueU, minValueS, maxValueS, mask } = policy;
  const name = enumKey({ prefix: "", values: T }, type) ?? String(type);
  const range = bounds(minValueU ?? minValueS, maxValueU ?? maxValueS) + bounds(minLength, maxLength);
  return `${name}${range}${mask === undefined ? "" : ` & 0x${mask.toString(16)}`}`;
};

/** "u32", "be16", "attrs IFLA_INFO_", "struct ifinfomsg" */
export const codecText = (codec: AnyCodec): string => {
  switch (codec.kind) {
    case "int":
      return `${codec.big ? "be" : codec.signed ? "s" : "u"}${codec.size * 8}`;
    case "struct":
      return `struct ${codec.name}`;
    case "attrs":
      return `attrs ${codec.prefix}`;
    case "array":
    case "repeated":
      return `${codec.kind} of ${codecText(codec.of as AnyCodec)}`;
    default:
      return codec.kind;
  }
};
