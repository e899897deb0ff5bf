// Which messages a protocol has. A registry is a value: the caller decides what is loaded, and may add to it.
import type { Extensions, Reader, ReadOptions } from "./bytes.ts";
import type { Choice, Codec } from "./codec.ts";
import {
  type ControlBody,
  type DoneHeader,
  doneBody,
  type ErrorHeader,
  errorBody,
  NLMSG,
  type OpaqueBody,
  opaqueBody,
} from "./control.ts";

/** How one message type is read and written. */
export interface MessageType<N extends string = string, T = unknown> {
  /** Its constant: "RTM_NEWLINK". */
  readonly name: N;
  /** Its number: nlmsg_type. */
  readonly type: number;
  /** What stands behind nlmsghdr. */
  readonly body: Codec<T>;
  /** The generated reader of the same body, where there is one. */
  readonly fast?: FastReader | undefined;
}
/**
 * Reads a body, little-endian and not lossless, into a message; false when anything in it is irregular, and then the tables read it
 * again.
 */
export type FastReader = (r: Reader, at: number, end: number, into: FastBody) => boolean;
/** What a fast reader fills in. */
export interface FastBody {
  /** The fixed struct. */
  header: object;
  /** The attributes. */
  attrs: object;
}

/** The messages of a protocol, or some of them. */
export interface Registry<M extends MessageType = MessageType> {
  /** The protocol's constant: "NETLINK_ROUTE". */
  readonly name: string;
  /** The protocol's number, third argument of socket(2). */
  readonly protocol: number;
  /** By nlmsg_type. */
  readonly byType: ReadonlyMap<number, M>;
  /** By constant. */
  readonly byName: ReadonlyMap<string, M>;
  /** How any other type from 16 on is read (generic netlink: a family nobody has named yet). Its entry here has the number -1; the message's `type` is the real one. */
  readonly fallback?: M | undefined;
  /** Its datagrams have no nlmsghdr: each is one message of this type (NETLINK_KOBJECT_UEVENT). */
  readonly unframed?: M | undefined;
  /** Layouts that were added to choices. */
  readonly extensions?: Extensions | undefined;
  /** Some of its messages hold keys: see `withSecrets`. */
  readonly secrets?: true | undefined;
  /** How a datagram's keys are hidden: made by `withSecrets`. Here, so that only registries with keys bring along what finds them. */
  readonly hide?: ((types: Registry, bytes: Uint8Array, options?: ReadOptions) => Hidden) | undefined;
}
/** A datagram without its keys. */
export interface Hidden {
  /** Zeros stand in their place. */
  readonly bytes: Uint8Array;
  /** Where its messages end; behind are bytes that frame none. */
  readonly end: number;
}

/**
 * Message types that share one body.
 * @param body their body
 * @param types constant and number of each
 * @param fast the generated reader of that body
 */
/* @__NO_SIDE_EFFECTS__ */
export const messageTypes = <N extends string, T>(
  body: Codec<T>,
  types: Readonly<Record<N, number>>,
  fast?: FastReader,
): readonly MessageType<N, T>[] =>
  (Object.entries(types) as [N, number][]).map(([name, type]) => ({ name, type, body, fast }));

/**
 * A registry of the given message types.
 * @param name the protocol's constant
 * @param protocol its number
 * @param lists what `messageTypes` gave
 */
/* @__NO_SIDE_EFFECTS__ */
export const registry = <M extends MessageType>(
  name: string,
  protocol: number,
  ...lists: readonly (readonly M[])[]
): Registry<M> => {
  const all = lists.flat();
  return {
    name,
    protocol,
    byType: new Map(all.map((m) => [m.type, m])),
    byName: new Map(all.map((m) => [m.name, m])),
  };
};

/**
 * The same registry with more layouts for one choice: a link kind that nlkit does not know.
 * @param types the registry, left as it is
 * @param choice where: `linkKinds`, `linkSlaveKinds`
 * @param cases a table for each new kind; a kind that exists keeps its own
 * @returns a new registry, to be given as `types`
 * @example
 * declare module "nlkit" { interface LinkKinds { dummy?: DummyInfo } }
 * const types = extendRegistry(route, linkKinds, { dummy: dummyInfo });
 * decodeMessages(bytes, { types });
 */
/* @__NO_SIDE_EFFECTS__ */
export const extendRegistry = <M extends MessageType, T>(
  types: Registry<M>,
  choice: Choice<T>,
  cases: { readonly [K in keyof T]?: Codec<NonNullable<T[K]>> | undefined },
): Registry<M> => ({
  ...types,
  extensions: new Map([
    ...(types.extensions ?? []),
    [choice, { ...types.extensions?.get(choice), ...(cases as { [name: string]: Codec<unknown> }) }],
  ]),
});

/** The declaration of a name, or undefined. */
export const namedType = (types: Registry, name: string): MessageType | undefined =>
  types.byName.get(name) ??
  controlTypes.byName.get(name) ??
  [types.fallback, types.unframed].find((one) => one?.name === name);

/** NLMSG_NOOP, ERROR, DONE and OVERRUN. */
export type ControlType =
  | MessageType<"NLMSG_ERROR", ControlBody<ErrorHeader>>
  | MessageType<"NLMSG_DONE", ControlBody<DoneHeader>>
  | MessageType<"NLMSG_NOOP" | "NLMSG_OVERRUN", OpaqueBody>;

/** What every protocol has, whatever the registry. In a function: a bundler keeps `NLMSG.NOOP` as an argument, for what a getter might do. */
export const controlTypes: Registry<ControlType> = /* @__PURE__ */ (() =>
  registry<ControlType>("NLMSG", -1, [
    { name: "NLMSG_NOOP", type: NLMSG.NOOP, body: opaqueBody },
    { name: "NLMSG_ERROR", type: NLMSG.ERROR, body: errorBody },
    { name: "NLMSG_DONE", type: NLMSG.DONE, body: doneBody },
    { name: "NLMSG_OVERRUN", type: NLMSG.OVERRUN, body: opaqueBody },
  ]))();

/** The declaration of a type, or undefined. */
export const typeOf = (types: Registry, type: number): MessageType | undefined =>
  type < NLMSG.MIN_TYPE
    ? // The connector has its own messages under NLMSG_DONE.
      (types.byType.get(type) ?? controlTypes.byType.get(type))
    : (types.byType.get(type) ?? types.fallback);
