// fixtures/uapi: what the kernel's headers say, for tests to ask.
import { readFileSync } from "node:fs";

/** An enum or a family of defines: constants and their numbers. */
export type Group = Readonly<Record<string, number>>;
/** A member of a C struct. */
export interface MemberFact {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
  readonly signed?: boolean;
  /** A big-endian type. */
  readonly be?: boolean;
  /** Of an array: how many. */
  readonly count?: number;
  readonly elemSize?: number;
  /** The member is itself this struct. */
  readonly struct?: string;
}
/** A C struct. */
export interface StructFact {
  readonly header: string;
  readonly size: number;
  readonly members: readonly MemberFact[];
}

const load = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/uapi/${name}.json`, import.meta.url), "utf8"));

const headers = load("constants") as Readonly<Record<string, readonly Group[]>>;
const structs = load("structs") as Readonly<Record<string, StructFact>>;

/** Every enum of every header. */
export const groups: readonly Group[] = Object.values(headers).flat();
/** Every constant. Headers that repeat one agree on it: a test says so. */
export const constants: Group = Object.assign({}, ...groups);

/** A struct, its nested structs in place: `msg.nlmsg_len`. */
export const structFact = (name: string): StructFact | undefined => {
  const fact = structs[name];
  if (fact === undefined) return undefined;
  const members = fact.members.flatMap((member) => {
    if (member.struct === undefined) return [member];
    const inner = structFact(member.struct)?.members ?? [];
    return inner.map((m) => ({ ...m, name: `${member.name}.${m.name}`, offset: member.offset + m.offset }));
  });
  return { ...fact, members };
};
