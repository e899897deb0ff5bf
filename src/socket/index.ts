// nlkit/socket: the live part. The only place with native code.
export {
  Connection,
  type ConnectionOptions,
  type RequestOptions,
} from "./connection.ts";
export * from "./errors.ts";
export type { Answer } from "./exchange.ts";
export { type PingOptions, ping } from "./icmp.ts";
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
export { type RecordedExchange, ReplayMismatch, replaying } from "./replay.ts";
export { recording, type Seen, type Transport } from "./transport.ts";
