// nlkit/network: bridge networks, as `docker network` has them, for any namespace; what they are made of; and the lab, a test network of two
// namespaces on the bridge of a third.

export { type Announcement, type AnnounceOptions, type Announcing, announce } from "./announce.ts";
export { type CheckOptions, checkConnection, parseService } from "./check/check.ts";
export type { Finding } from "./check/finding.ts";
export type { Service } from "./check/situation.ts";
export type { Pruned } from "./delete.ts";
export { NetworkError, type NetworkErrorCode } from "./errors.ts";
export type { Graph, GraphLink, GraphNamespace, GraphPlace } from "./graph.ts";
export { type CollectOptions, collectGraph } from "./graph-collect.ts";
export { graphDot } from "./graph-dot.ts";
export { graphSvg } from "./graph-svg.ts";
export { graphText } from "./graph-text.ts";
export {
  Host,
  type HostOptions,
  type OpenTransport,
  type ReadSysctl,
  type SysctlPlace,
  type WriteSysctl,
} from "./host.ts";
export { type HostsEntry, type HostsTable, hostsLine, hostsOf, withHosts } from "./hosts.ts";
export { clearHosts, refreshHosts, writeHosts } from "./hosts-write.ts";
export { IPV4_CONF, type Ipv4Conf, ipv4ConfAttrs } from "./inet-conf.ts";
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
export type { LockOptions } from "./lock.ts";
export { liveMachine, type Machine } from "./machine.ts";
export type {
  ConnectOptions,
  CreateOptions,
  EndpointConfig,
  FamilyConfig,
  ForEachFamily,
  GatewayMode,
  MacPolicy,
  NetworkConfig,
  NetworkOptions,
  PerFamily,
  PortProtocol,
  PublishedPort,
  StaticRoute,
} from "./model.ts";
export { Networks } from "./networks.ts";
export { type Awaited, NotReady, type NotReadyFacts, type NotReadyReason } from "./not-ready.ts";
export type { PublishOptions } from "./publish.ts";
export { addressesReady, carrierUp, portForwarding } from "./ready.ts";
export {
  type Rehearsed,
  type RehearsedDatagram,
  type RehearsedSysctl,
  rehearsal,
  rehearsing,
} from "./rehearsal.ts";
export { planRecorded, type Recorder, RecordingError, recordingMachine, replayMachine } from "./replay.ts";
export {
  connectOptionsOf,
  differenceOf,
  networkOptionsOf,
  readSaved,
  type SavedEndpoint,
  type SavedNetwork,
  savedOf,
} from "./saved.ts";
export type { EndpointState, Health, NetworkState, State } from "./state.ts";
export type { HostConfig, SysctlBefore } from "./store.ts";
export { readSysctl, sysctlPath, writeSysctl } from "./sysctl.ts";
export type { Reaped, ReaperEvent, ReaperFailure, ReaperNotice, ReaperOptions, ReaperSuccess } from "./watch.ts";
export { type WaitOptions, Watching, watching } from "./watching.ts";
