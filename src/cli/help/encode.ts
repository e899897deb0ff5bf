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
      run: "nlkit decode -j --lossless capture.pcap | nlkit encode -w same.pcap",
      needs: ["capture.pcap"],
      writes: "same.pcap",
      shows: ["br0\0", "veth0\0"],
    },
    {
      says: "are they the same?",
      run: "nlkit encode -w same.pcap messages.json && nlkit diff capture.pcap same.pcap && echo yes",
      needs: ["messages.json"],
      shows: ["yes"],
    },
    {
      says: "edited on the way",
      run: "sed s/br0/br1/ messages.json | nlkit encode -w - | nlkit decode -",
      needs: ["messages.json"],
      shows: ['ifname "br1"'],
    },
  ],
};
