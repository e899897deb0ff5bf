// nlkit/socket: the live part. The only place with native code.
export { Connection, type ConnectionOptions } from "./connection.ts";
export type { Counters } from "./counters.ts";
export * from "./errors.ts";
export type { Answer } from "./exchange.ts";
export { type PingOptions, ping } from "./icmp.ts";
export {
  type EventCounters,
  type Heard,
  Listener,
  type ListenerOptions,
  type Overrun,
  type ReadEvents,
} from "./listener.ts";
export { addNetns, deleteNetns, execNetns, listNetns, spawnIn } from "./named-netns.ts";
export { openSocket, type SocketOptions } from "./netlink-socket.ts";
export {
  type NetnsHandle,
  type NetnsOfDescriptor,
  type NetnsOfProcess,
  type NetnsRef,
  netnsPath,
  openNetns,
} from "./netns.ts";
export type { DatagramEvent, OverrunEvent } from "./observe.ts";
export { type RecordedExchange, ReplayMismatch, replaying } from "./replay.ts";
export type { BatchResult, RequestOptions, SyncOptions } from "./requester.ts";
export {
  type Change,
  type EventItem,
  type EventResult,
  Subscription,
  type SubscriptionOptions,
} from "./subscription.ts";
export type { Transaction, TransactionAnswer } from "./transaction.ts";
export { type EventSocketOptions, type EventTransport, recording, type Seen, type Transport } from "./transport.ts";
