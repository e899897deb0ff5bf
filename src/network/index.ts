// nlkit/network: networks of namespaces. So far the lab: two namespaces on a bridge, built and proved.
export {
  buildLab,
  findLab,
  HOST_NAME,
  type Lab,
  type LabEnd,
  type LabEvent,
  type LabOptions,
  type Made,
  planLab,
  proveLab,
  removeLab,
} from "./lab.ts";
export { liveMachine, type Machine } from "./machine.ts";
export { RecordingError, recordingMachine, replayMachine } from "./replay.ts";
