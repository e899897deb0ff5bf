// nlkit: netlink bytes to values and back, with the tables of every protocol that it knows. Pure: it runs in a browser too.

export * from "./attrs/audit/messages.ts";
export * from "./attrs/audit/structs.ts";
export * from "./attrs/bitfield32.ts";
export * from "./attrs/connector/connector.ts";
export * from "./attrs/connector/process.ts";
export * from "./attrs/decode.ts";
export * from "./attrs/diag/index.ts";
export * from "./attrs/families.ts";
export * from "./attrs/generic/control.ts";
export * from "./attrs/generic/ethtool/common.ts";
export * from "./attrs/generic/ethtool/link.ts";
export * from "./attrs/generic/ethtool/messages.ts";
export * from "./attrs/generic/ethtool/more.ts";
export * from "./attrs/generic/ethtool/queues.ts";
export * from "./attrs/generic/families.ts";
export * from "./attrs/generic/header.ts";
export * from "./attrs/generic/macsec.ts";
export * from "./attrs/generic/messages.ts";
export * from "./attrs/generic/wireguard.ts";
export * from "./attrs/ip-protocols.ts";
export * from "./attrs/netfilter/conntrack/index.ts";
export * from "./attrs/netfilter/messages.ts";
export * from "./attrs/netfilter/nfnetlink.ts";
export * from "./attrs/netfilter/nftables/index.ts";
export * from "./attrs/protocols.ts";
export * from "./attrs/route/address.ts";
export * from "./attrs/route/address-label.ts";
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
export * from "./attrs/route/mdb.ts";
export * from "./attrs/route/mdb-entry.ts";
export * from "./attrs/route/messages.ts";
export * from "./attrs/route/neighbour.ts";
export * from "./attrs/route/neighbour-table.ts";
export * from "./attrs/route/netconf.ts";
export * from "./attrs/route/nexthop.ts";
export * from "./attrs/route/nsid.ts";
export * from "./attrs/route/other-messages.ts";
export * from "./attrs/route/prefix.ts";
export * from "./attrs/route/route.ts";
export * from "./attrs/route/rule.ts";
export * from "./attrs/route/stats.ts";
export * from "./attrs/route/tc/actions.ts";
export * from "./attrs/route/tc/common.ts";
export * from "./attrs/route/tc/edits.ts";
export * from "./attrs/route/tc/filters.ts";
export * from "./attrs/route/tc/flower.ts";
export * from "./attrs/route/tc/handle.ts";
export * from "./attrs/route/tc/queues.ts";
export * from "./attrs/route/tc/shapers.ts";
export * from "./attrs/route/tc/stats.ts";
export * from "./attrs/route/tc/tc.ts";
export * from "./attrs/route/tunnel.ts";
export * from "./attrs/route/vlan-db.ts";
export * from "./attrs/selinux/messages.ts";
export * from "./attrs/uevent/udev.ts";
export * from "./attrs/uevent/uevent.ts";
export * from "./attrs/xfrm/attributes.ts";
export * from "./attrs/xfrm/messages.ts";
export * from "./attrs/xfrm/parts.ts";
export * from "./attrs/xfrm/shared.ts";
export * from "./attrs/xfrm/structs.ts";
export { type Attrs, type AttrsWire, NLA_F, type Original, type RawAttribute, wire } from "./codec/attribute.ts";
export { type AttrSpec, attrs } from "./codec/attrs.ts";
export { address, bitfield, chars, cookie } from "./codec/bits.ts";
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
  Numbered,
  NumberedItem,
  Octets,
  Opaque,
  Records,
  Repeated,
  Sequence,
  SequenceCase,
  Simple,
  Struct,
  Tailed,
  Text,
  TextPart,
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
export { type Embedded, embedded } from "./codec/embedded.ts";
export { errnoName } from "./codec/errno.ts";
export { type DecodeCode, DecodeError, type EncodeCode, EncodeError, type Issue, issueText } from "./codec/errors.ts";
export { explainBodyWith, explainWith, messageFlagNames } from "./codec/explain.ts";
export type { Field, SecretPlace } from "./codec/explain-field.ts";
export { type FlatValue, flat } from "./codec/flat.ts";
export { be16, be32, be64, bes32, enumOf, flagsOf, s8, s16, s32, s64, u8, u16, u32, u64 } from "./codec/int.ts";
export { listOf } from "./codec/list.ts";
export { redact, withSecrets } from "./codec/masking.ts";
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
export { numbered } from "./codec/numbered.ts";
export {
  type ControlType,
  extendRegistry,
  type FastBody,
  type FastReader,
  type Hidden,
  type MessageType,
  messageTypes,
  type Registry,
  registry,
} from "./codec/registry.ts";
export { arrayOf, bytes, flag, flagOrByte, hardware, ip, octets, repeated, string } from "./codec/scalars.ts";
export { secret, upTo } from "./codec/secret.ts";
export { sequence, structs } from "./codec/sequence.ts";
export { openStruct, type StructSpec, struct } from "./codec/struct.ts";
export { printable } from "./codec/text.ts";
export { tlv8 } from "./codec/tlv8.ts";
export { answerOf, dumpOf, requestOf, type UndeclaredVariant, type VariantOf, variants } from "./codec/variants.ts";
