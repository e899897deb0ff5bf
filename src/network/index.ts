// nlkit/network: networks of namespaces. So far the lab: two namespaces on a bridge, built and proved.
export {
  buildLab,
  type FoundLab,
  findLab,
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
  proveLab,
  removeLab,
} from "./lab.ts";
export { liveMachine, type Machine } from "./machine.ts";
export { type Recorder, RecordingError, recordingMachine, replayMachine } from "./replay.ts";
