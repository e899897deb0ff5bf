// The messages of NETLINK_SOCK_DIAG. One type is both request and answerOf, of every family: a message holds one key, which says what it is.
import type { Variants } from "../../codec/codec.ts";
import { withSecrets } from "../../codec/masking.ts";
import { type MessageType, messageTypes, type Registry, registry } from "../../codec/registry.ts";
import { answerOf, requestOf, type UndeclaredVariant, variants } from "../../codec/variants.ts";
import { AF } from "../families.ts";
import {
  type InetLegacyRequest,
  type InetRequest,
  type InetSocket,
  inetBody,
  inetLegacyRequestBody,
  inetRequestBody,
} from "./inet.ts";
import { type NetlinkRequest, type NetlinkSocketInfo, netlinkBody, netlinkRequestBody } from "./netlink.ts";
import { type PacketRequest, type PacketSocket, packetBody, packetRequestBody } from "./packet.ts";
import { type UnixRequest, type UnixSocket, unixBody, unixRequestBody } from "./unix.ts";

/** A request or an answer of SOCK_DIAG_BY_FAMILY: one property. Requests have NLM_F_REQUEST; the others are answers and events. */
export interface SockDiag extends UndeclaredVariant {
  /** A socket of IPv4 or IPv6. */
  inet?: InetSocket | undefined;
  /** A unix socket. */
  unix?: UnixSocket | undefined;
  /** A netlink socket. */
  netlink?: NetlinkSocketInfo | undefined;
  /** A packet socket. */
  packet?: PacketSocket | undefined;
  /** A request for sockets of IPv4 or IPv6. */
  inetRequest?: InetRequest | undefined;
  /** A request for unix sockets. */
  unixRequest?: UnixRequest | undefined;
  /** A request for netlink sockets. */
  netlinkRequest?: NetlinkRequest | undefined;
  /** A request for packet sockets. */
  packetRequest?: PacketRequest | undefined;
}
/** A request or an answer of TCPDIAG_GETSOCK or DCCPDIAG_GETSOCK. */
export interface LegacySockDiag extends UndeclaredVariant {
  /** A socket of IPv4 or IPv6. */
  inet?: InetSocket | undefined;
  /** A request. */
  inetLegacyRequest?: InetLegacyRequest | undefined;
}

/** Families whose sockets have one layout. */
const INET: readonly number[] = [AF.INET, AF.INET6];

/** The layouts of SOCK_DIAG_BY_FAMILY and SOCK_DESTROY. */
export const sockDiagBody: Variants<SockDiag> = /* @__PURE__ */ variants<SockDiag>(() => ({
  inet: answerOf(INET, inetBody),
  unix: answerOf([AF.UNIX], unixBody),
  netlink: answerOf([AF.NETLINK], netlinkBody),
  packet: answerOf([AF.PACKET], packetBody),
  inetRequest: requestOf(INET, inetRequestBody),
  unixRequest: requestOf([AF.UNIX], unixRequestBody),
  netlinkRequest: requestOf([AF.NETLINK], netlinkRequestBody),
  packetRequest: requestOf([AF.PACKET], packetRequestBody),
}));
/** The layouts of TCPDIAG_GETSOCK and DCCPDIAG_GETSOCK. */
export const legacySockDiagBody: Variants<LegacySockDiag> = /* @__PURE__ */ variants<LegacySockDiag>(() => ({
  inet: answerOf(INET, inetBody),
  inetLegacyRequest: requestOf(undefined, inetLegacyRequestBody),
}));

/** Every message of `sockDiag`. */
export type SockDiagMessageType =
  | MessageType<"SOCK_DIAG_BY_FAMILY" | "SOCK_DESTROY", SockDiag>
  | MessageType<"TCPDIAG_GETSOCK" | "DCCPDIAG_GETSOCK", LegacySockDiag>;

const legacyTypes: readonly SockDiagMessageType[] = /* @__PURE__ */ messageTypes(legacySockDiagBody, {
  TCPDIAG_GETSOCK: 18,
  DCCPDIAG_GETSOCK: 19,
});
const types: readonly SockDiagMessageType[] = /* @__PURE__ */ messageTypes(sockDiagBody, {
  SOCK_DIAG_BY_FAMILY: 20,
  SOCK_DESTROY: 21,
});

/** The registry of NETLINK_SOCK_DIAG. */
export const sockDiag: Registry<SockDiagMessageType> = /* @__PURE__ */ withSecrets(
  /* @__PURE__ */ registry<SockDiagMessageType>("NETLINK_SOCK_DIAG", 4, legacyTypes, types),
);
