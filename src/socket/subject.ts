// Which object a refused request was about, where the kernel's errno says only that there is none, or one already.
import { decodeWith } from "../codec/message.ts";
import type { Registry } from "../codec/registry.ts";
import { quote } from "../codec/text.ts";
import { HOST_ORDER } from "./libc.ts";

/** ENOENT, ESRCH, EEXIST, ENODEV, EADDRINUSE, EADDRNOTAVAIL, EOPNOTSUPP: who reads that asks first: which? */
const ASKS_WHICH: ReadonlySet<number> = new Set([2, 3, 17, 19, 98, 99, 95]);
/** What an object goes by in the headers of all families. */
const INDEXES: readonly string[] = ["index", "ifindex"];
/** Names and addresses of an object; what comes behind them describes it. */
const ENOUGH = 2;

interface Said {
  readonly header?: object;
  readonly attrs?: object;
}
const isSaid = (value: unknown): value is Said => typeof value === "object" && value !== null && "header" in value;

/** A message of generic netlink and the like has its body under the name of a command. */
const bodyOf = (message: object): { readonly command: string | undefined; readonly said: Said } => {
  if (isSaid(message)) return { command: undefined, said: message };
  const [command, said = {}] = Object.entries(message).find(([, value]) => isSaid(value)) ?? [];
  return { command, said };
};

const indexOf = (header: object): string[] =>
  Object.entries(header)
    .filter(([name, value]) => INDEXES.includes(name) && value !== 0)
    .map(([name, value]) => `${name} ${value}`);
/** Numbers that are a name. */
const NUMBERS: readonly string[] = ["id", "priority"];
/** What a key is shown as where it is text. */
const SECRET = /^<secret/;
const namesIn = (attrs: object): string[] =>
  Object.entries(attrs).flatMap(([name, value]) => {
    // The families that have their own header in an attribute name the device there (ETHTOOL_A_…_HEADER).
    if (name === "header" && typeof value === "object" && value !== null) return namesIn(value);
    if (typeof value === "string") return SECRET.test(value) ? [] : [`${name} ${quote(value)}`];
    return NUMBERS.includes(name) ? [`${name} ${value}`] : [];
  });

/**
 * The object that a request names: `index 7`, `ifname "nope"`, `table "nat", name "out"`.
 * @param types the registry by which it was written
 * @param request its bytes
 * @param errno positive
 * @returns undefined: the errno does not ask for it, or the request names none
 */
export const subjectOf = (types: Registry, request: Uint8Array, errno: number): string | undefined => {
  if (!ASKS_WHICH.has(errno)) return undefined;
  const [message] = decodeWith(types, request, { byteOrder: HOST_ORDER, masked: types.secrets === true });
  if (message === undefined) return undefined;
  const { command, said } = bodyOf(message);
  const named = [...indexOf(said.header ?? {}), ...namesIn(said.attrs ?? {})].slice(0, ENOUGH);
  return [...(command === undefined ? [] : [command]), ...named].join(", ") || undefined;
};
