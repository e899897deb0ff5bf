// nlkit: netlink bytes to values and back, with the tables of NETLINK_ROUTE, NETLINK_NETFILTER and NETLINK_SOCK_DIAG.

export * from "./attrs/decode.ts";
export * from "./attrs/diag/index.ts";
export * from "./attrs/families.ts";
export * from "./attrs/ip-protocols.ts";
export * from "./attrs/netfilter/conntrack/index.ts";
export * from "./attrs/netfilter/messages.ts";
export * from "./attrs/netfilter/nfnetlink.ts";
export * from "./attrs/netfilter/nftables/index.ts";
export * from "./attrs/protocols.ts";
export * from "./attrs/route/address.ts";
export * from "./attrs/route/bridge-common.ts";
export * from "./attrs/route/bridge-port.ts";
export * from "./attrs/route/groups.ts";
export * from "./attrs/route/link.ts";
export * from "./attrs/route/link-af-spec.ts";
export * from "./attrs/route/link-bridge-spec.ts";
// Named exports would close LinkKinds and LinkSlaveKinds to `declare module "nlkit"`: only `export *` lets others merge into them.
export * from "./attrs/route/link-info.ts";
export * from "./attrs/route/link-kinds/bridge.ts";
export * from "./attrs/route/link-kinds/macvlan.ts";
export * from "./attrs/route/link-kinds/veth.ts";
export * from "./attrs/route/link-kinds/vxlan.ts";
export * from "./attrs/route/link-nests.ts";
export * from "./attrs/route/link-protinfo.ts";
export * from "./attrs/route/link-stats.ts";
export * from "./attrs/route/messages.ts";
export * from "./attrs/route/neighbour.ts";
export * from "./attrs/route/nsid.ts";
export * from "./attrs/route/route.ts";
export { type Attrs, type AttrsWire, NLA_F, type Original, type RawAttribute, wire } from "./codec/attribute.ts";
export { type AttrSpec, attrs } from "./codec/attrs.ts";
export { address, bitfield, cookie } from "./codec/bits.ts";
export type {
  ByteOrder,
  Extensions,
  Fields,
  Reader,
  ReadOptions,
  Wanted,
  WriteOptions,
  Writer,
} from "./codec/bytes.ts";
export type {
  AddressBy,
  AnyCodec,
  ArrayOf,
  AttrTable,
  Body,
  Choice,
  Codec,
  Control,
  Field as AttrField,
  Indexed,
  Int,
  List,
  Member,
  Octets,
  Opaque,
  Records,
  Repeated,
  Sequence,
  SequenceCase,
  Simple,
  Struct,
  Tailed,
  Tlv8,
  ValueOf,
  Variant,
  Variants,
} from "./codec/codec.ts";
export {
  type AttributePolicy,
  type ControlBody,
  type DoneHeader,
  type ErrorHeader,
  type ExtAck,
  NL_ATTR_TYPE,
  NLM_F,
  NLMSG,
  type OpaqueBody,
} from "./codec/control.ts";
export { errnoName } from "./codec/errno.ts";
export { type DecodeCode, DecodeError, type EncodeCode, EncodeError, type Issue, issueText } from "./codec/errors.ts";
export { explainBodyWith, explainWith, messageFlagNames } from "./codec/explain.ts";
export type { Field, SecretPlace } from "./codec/explain-field.ts";
export { type FlatValue, flat } from "./codec/flat.ts";
export { be16, be32, be64, bes32, enumOf, flagsOf, s8, s16, s32, s64, u8, u16, u32, u64 } from "./codec/int.ts";
export { listOf } from "./codec/list.ts";
export {
  type AnyInput,
  type AnyMessage,
  type ControlMessage,
  decodeBodyWith,
  decodeWith,
  type Envelope,
  encodeAllWith,
  encodeWith,
  type InputOf,
  type LooseBody,
  type LooseVariants,
  type MessageOf,
  type MessageWire,
  type Named,
  type RawInput,
  type UnknownMessage,
} from "./codec/message.ts";
export type { Names } from "./codec/names.ts";
export {
  body,
  type Cases,
  choice,
  choiceByHeader,
  choiceByNumber,
  type HeaderAndAttrs,
  indexed,
  records,
  tailed,
} from "./codec/nests.ts";
export {
  type ControlType,
  extendRegistry,
  type FastBody,
  type FastReader,
  type MessageType,
  messageTypes,
  type Registry,
  registry,
} from "./codec/registry.ts";
export { arrayOf, bytes, flag, flagOrByte, hardware, ip, octets, repeated, string } from "./codec/scalars.ts";
export { redact, secret, withSecrets } from "./codec/secret.ts";
export { sequence, structs } from "./codec/sequence.ts";
export { openStruct, type StructSpec, struct } from "./codec/struct.ts";
export { printable } from "./codec/text.ts";
export { tlv8 } from "./codec/tlv8.ts";
export { answerOf, requestOf, type UndeclaredVariant, type VariantOf, variants } from "./codec/variants.ts";
