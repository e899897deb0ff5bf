// nlkit emit: all of it.
import type { CommandHelp } from "./example.ts";

export const emit: CommandHelp = {
  about: [
    "Writes each datagram as source code: a byte array with a comment that names its messages, for tests in TypeScript, C, Go, Rust or Python; or as hex digits, as a pcap file, as a golden packet (the annotated hexdump that nlkit/testing reads). Keys are zeros unless --show-keys.",
  ],
  examples: [
    {
      says: "byte arrays of Go",
      run: "nlkit emit --as go capture.pcap",
      needs: ["capture.pcap"],
      shows: ["[]byte{", "RTM_NEWLINK"],
    },
    {
      says: "a golden packet of one request",
      run: "nlkit emit --as golden --filter 'attrs.ifname == veth0' capture.pcap > veth.txt; nlkit decode veth.txt",
      needs: ["capture.pcap"],
      shows: ['ifname "veth0"'],
    },
    {
      says: "any form as pcap, for Wireshark",
      run: "nlkit emit --as pcap log > log.pcap; nlkit decode log.pcap",
      needs: ["log"],
      shows: ["RTM_NEWLINK"],
    },
  ],
};
