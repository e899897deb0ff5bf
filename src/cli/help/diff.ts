// nlkit diff: all of it.
import type { CommandHelp } from "./example.ts";

export const diff: CommandHelp = {
  about: [
    "Compares two messages or two captures, message by message and attribute by attribute: what is missing, what is more, what has another value, and where. --ignore leaves out what differs from run to run: seq, pid; and order, of attributes.",
  ],
  exit: { 0: "they are the same", 1: "they differ", 2: "trouble: one cannot be read" },
  examples: [
    {
      says: "the same, but for the numbers",
      run: "nlkit diff --ignore seq,pid a.pcap b.pcap",
      needs: ["a.pcap", "b.pcap"],
      shows: [],
    },
    {
      says: "what differs",
      run: "nlkit diff a.pcap b.pcap",
      needs: ["a.pcap", "b.pcap"],
      shows: ["nlmsg_seq"],
      code: 1,
    },
    {
      says: "one against many",
      run: "nlkit diff a.pcap capture.pcap",
      needs: ["a.pcap", "capture.pcap"],
      shows: ["RTM_NEWADDR"],
      code: 1,
    },
  ],
};
