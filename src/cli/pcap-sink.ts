// -w FILE: datagrams to a pcap file, one by one.
import { closeSync, openSync, writeSync } from "node:fs";
import { type PcapPacket, pcapHeader, pcapRecord } from "../capture/pcap-write.ts";
import { UsageError } from "./failure.ts";
import { write } from "./stdout.ts";

/** Where datagrams go. */
export interface PcapSink {
  write(packets: readonly PcapPacket[]): Promise<void>;
  /** An empty file is a pcap file too. */
  end(): Promise<void>;
}

const opened = (file: string): number => {
  try {
    return openSync(file, "w");
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${(error as { code?: string }).code}`);
  }
};

/**
 * Opens a pcap file for writing. Its byte order is that of the first datagram.
 * @param file -: standard output
 * @throws UsageError when it cannot be opened
 */
export const pcapSink = (file: string): PcapSink => {
  const fd = file === "-" ? undefined : opened(file);
  let order: "little" | "big" | undefined;
  const put = async (bytes: Uint8Array): Promise<void> => {
    if (fd === undefined) await write(bytes);
    else writeSync(fd, bytes);
  };
  const begin = async (byteOrder: "little" | "big"): Promise<void> => {
    order = byteOrder;
    await put(pcapHeader(byteOrder));
  };
  return {
    async write(packets) {
      for (const packet of packets) {
        if (order === undefined) await begin(packet.byteOrder);
        await put(pcapRecord(packet, order));
      }
    },
    async end() {
      if (order === undefined) await begin("little");
      if (fd !== undefined) closeSync(fd);
    },
  };
};
