// What udevd puts in front of the properties when it sends an event on: struct udev_monitor_netlink_header of systemd, 40 bytes, whose
// magic and hashes are in network order. Its first member is the text "libudev".
import { chars } from "../../codec/bits.ts";
import type { Struct } from "../../codec/codec.ts";
import { be32, u32 } from "../../codec/int.ts";
import { struct } from "../../codec/struct.ts";

/** What udevd puts in front of an event. */
export interface UdevHeader {
  /** "libudev". */
  prefix: string;
  /** 0xfeedcafe. */
  magic: number;
  /** Bytes of this. */
  headerSize: number;
  /** Where the properties begin. */
  propertiesOff: number;
  /** Bytes of the properties. */
  propertiesLen: number;
  /** Hash of SUBSYSTEM, for filters. */
  filterSubsystemHash: number;
  /** Hash of DEVTYPE, for filters; 0: none. */
  filterDevtypeHash: number;
  /** Bloom filter of the tags, upper half. */
  filterTagBloomHi: number;
  /** Lower half. */
  filterTagBloomLo: number;
}
/** struct udev_monitor_netlink_header. */
export const udevHeader: Struct<UdevHeader> = /* @__PURE__ */ struct<UdevHeader>(
  "udev_monitor_netlink_header",
  "",
  40,
  () => ({
    prefix: [0, chars(8)],
    magic: [8, be32],
    headerSize: [12, u32],
    propertiesOff: [16, u32],
    propertiesLen: [20, u32],
    filterSubsystemHash: [24, be32],
    filterDevtypeHash: [28, be32],
    filterTagBloomHi: [32, be32],
    filterTagBloomLo: [36, be32],
  }),
);
