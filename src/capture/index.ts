// nlkit/capture: what others recorded, as datagrams, and datagrams as text.
export {
  type AnnotatedDatagram,
  annotate,
  annotatedText,
  CaptureError,
  type Datagram,
  isAnnotated,
  parseAnnotated,
} from "./annotated.ts";
export { Conversation, type ConversationOptions, type Turn } from "./conversation.ts";
export {
  type Captured,
  type CaptureItem,
  type CaptureOptions,
  type CaptureParser,
  type CaptureProblem,
  callText,
  type FailedCall,
  isCaptured,
} from "./datagram.ts";
export { DETECT_BYTES, detect, FORMATS, type Format } from "./detect.ts";
export type { Exchange, Outcome, Paired } from "./exchange.ts";
export { compileFilter, type Filter, type FilterSubject } from "./filter.ts";
export { FilterError } from "./filter-parse.ts";
export { messageFromJson } from "./from-json.ts";
export { parseHex } from "./hex.ts";
export { jsonLine } from "./json.ts";
export { type Latencies, type LatencyTable, latencyTable } from "./latencies.ts";
export { lineOf, treeOf } from "./line.ts";
export { type OpenOptions, openCapture } from "./open.ts";
export { Pairing } from "./pairing.ts";
export { type PcapPacket, pcapHeader, pcapRecord } from "./pcap-write.ts";
export { type Refused, type RefusedRequest, refusedBy, refusedRequest } from "./refused.ts";
export { refusedLines } from "./refused-lines.ts";
