// nlkit pair: all of it.
import type { CommandHelp } from "./example.ts";

export const pair: CommandHelp = {
  about: [
    "Finds the answer of each request by sequence number and port: acked, refused and with which errno, how many replies, how long it took; then a table of latencies by message. Where the input has no times there are none. A refused request stands below with what it said.",
    "--filter chooses exchanges: it holds for the request or for any of its answers. error is then the errno of the exchange, outcome how it ended (ack, error, done: the end of a dump, reply, silent: no answer was due, none), latency the nanoseconds to its last answer. The median is the lower one of an even count.",
    "A file is listed in the order of its requests; what comes from standard input, as it is complete. What `ip link` asks first (does the kernel know RTM_NEWLINK?) is refused each time, and counts by itself.",
  ],
  examples: [
    {
      says: "what became of each request",
      run: "nlkit pair capture.pcap",
      needs: ["capture.pcap"],
      shows: ["RTM_NEWLINK", "EEXIST", "median"],
    },
    {
      says: "what was refused: the request, the kernel's words, how long it took",
      run: "nlkit pair --refused capture.pcap",
      needs: ["capture.pcap"],
      shows: ["EEXIST in ", "asked: RTM_NEWLINK [REQUEST ACK", 'ifname "br0"'],
    },
    {
      says: "what took longer than a microsecond and was not refused",
      run: "nlkit pair --filter 'latency > 1000 && outcome != error' capture.pcap",
      needs: ["capture.pcap"],
      shows: [": ack in"],
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
