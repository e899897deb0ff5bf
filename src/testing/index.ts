// nlkit/testing: for tests of programs that speak netlink. No native code. What needs fast-check is in nlkit/testing/arbitrary.
export {
  type EmitOptions,
  FakeKernel,
  type FakeKernelOptions,
  type Handler,
  type RequestNamed,
} from "./fake-kernel.ts";
export type { DumpOptions, KernelAbilities, Refusal, Reply } from "./fake-reply.ts";
export type { FakeSocket } from "./fake-socket.ts";
export { type FakeTableOptions, fakeTable } from "./fake-table.ts";
export type { FakeTransport, FakeTransportOptions } from "./fake-transport.ts";
export {
  type CallFault,
  type ErrnoFault,
  type Fault,
  type FaultChance,
  noticeable,
  type ReplyFault,
  type ReplyPart,
} from "./faults.ts";
export { exchangesOf, formatGolden, type Golden, parseGolden } from "./golden.ts";
