// nlkit pair: all of it.
import type { CommandHelp } from "./example.ts";

export const pair: CommandHelp = {
  about: [
    "Finds the answer of each request by sequence number and port: acked, refused and with which errno, how many replies, how long it took; then a table of latencies by message. Where the input has no times there are none.",
  ],
  examples: [
    {
      says: "what became of each request",
      run: "nlkit pair capture.pcap",
      needs: ["capture.pcap"],
      shows: ["RTM_NEWLINK", "EEXIST", "median"],
    },
    { says: "only the table, of an strace log", run: "nlkit pair --summary log", needs: ["log"], shows: ["refused"] },
    {
      says: "requests about one link, as JSON",
      run: "nlkit pair --filter 'attrs.ifname == br0' -j capture.pcap",
      needs: ["capture.pcap"],
      shows: ['"message":"RTM_NEWLINK"'],
    },
  ],
};
