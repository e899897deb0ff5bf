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
export { parseHex } from "./hex.ts";
export { jsonLine } from "./json.ts";
export { lineOf, treeOf } from "./line.ts";
