// nlkit encode: all of it.
import type { CommandHelp } from "./example.ts";

export const encode: CommandHelp = {
  about: [
    "Makes bytes of what `decode -j` prints, in whole or in part: name, flags, seq, pid, header, attrs. Constants may stand for numbers. What was decoded with --lossless gives the same bytes again: unknown attributes, order, padding.",
  ],
  examples: [
    {
      says: "one message, every byte named",
      run: `echo '{"name":"RTM_GETLINK","header":{"index":1}}' | nlkit encode -x`,
      shows: ["nlmsg_type RTM_GETLINK", "ifi_index 1"],
    },
    {
      says: "as hex digits",
      run: `echo '{"name":"RTM_GETLINK","header":{"index":1}}' | nlkit encode`,
      shows: ["20000000120"],
    },
    {
      says: "there and back: the same bytes",
      run: "nlkit decode -j --lossless capture.pcap | nlkit encode -w same.pcap && nlkit diff capture.pcap same.pcap",
      needs: ["capture.pcap"],
      shows: [],
    },
    {
      says: "edited on the way",
      run: "sed s/br0/br1/ messages.json | nlkit encode -w - | nlkit decode -",
      needs: ["messages.json"],
      shows: ['ifname "br1"'],
    },
  ],
};
