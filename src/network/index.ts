// nlkit/network: networks of namespaces. So far the lab: two namespaces on the bridge of a third, built and proved.

export { type CheckOptions, checkConnection, parseService } from "./check/check.ts";
export type { Finding } from "./check/finding.ts";
export type { Service } from "./check/situation.ts";
export { type Busy, busyOf, conflict, type HostAddressing, nameServersOf } from "./conflicts.ts";
export type { Graph, GraphLink, GraphNamespace, GraphPlace } from "./graph.ts";
export { type CollectOptions, collectGraph } from "./graph-collect.ts";
export { graphDot } from "./graph-dot.ts";
export { graphSvg } from "./graph-svg.ts";
export { graphText } from "./graph-text.ts";
export {
  HOST_NAME,
  type Lab,
  type LabDatagram,
  type LabEcho,
  type LabEnd,
  type LabEvent,
  type LabNames,
  type LabOptions,
  type LabStep,
  type Made,
  planLab,
} from "./lab.ts";
export { buildLab, proveLab } from "./lab-build.ts";
export {
  type FoundLab,
  findLab,
  isRunning,
  keptHosts,
  type LeftAlone,
  type Removal,
  type RemovalOptions,
  removeKeptLabs,
} from "./lab-kept.ts";
export { removeLab } from "./lab-remove.ts";
export { runLab, whyLost } from "./lab-run.ts";
export { type HostPort, type PortHolder, portHolder, portTaken } from "./listener.ts";
export { liveMachine, type Machine } from "./machine.ts";
export { choosePool, IPV4_POOLS, type Pool, PoolsExhausted, ulaPool } from "./pool.ts";
export { planRecorded, type Recorder, RecordingError, recordingMachine, replayMachine } from "./replay.ts";
export {
  addressToNumber,
  contains,
  firstHost,
  formatSubnet,
  freeAddress,
  lastHost,
  numberToAddress,
  overlaps,
  parseSubnet,
  type Subnet,
} from "./subnet.ts";
