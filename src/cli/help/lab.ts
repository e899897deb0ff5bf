// nlkit lab: all of it.
import type { CommandHelp } from "./example.ts";

export const lab: CommandHelp = {
  about: [
    "Makes namespaces ns1 and ns2 with a veth pair each, whose other ends are ports of a bridge in a third, nlkit-lab-PID, that stands in for the host; shows every message; pings both ways; cleans up, also on Ctrl-C. As root, or as an ordinary user in a user namespace; where neither can be had it shows a recorded run.",
  ],
  examples: [
    { says: "all of it", run: "nlkit lab", needs: ["root"], shows: ["RTM_NEWLINK", "answered"] },
    {
      says: "left up, looked at, removed",
      run: "nlkit lab --keep && nlkit netns exec ns1 ip address && nlkit lab down",
      needs: ["root"],
      shows: ["192.168.100.10/24"],
    },
  ],
};
export const labDown: CommandHelp = {
  about: [
    "Removes every kept lab, listed before the first is touched, or the one that is named. What is not the lab's is left alone, and said.",
  ],
  examples: [
    { says: "every one", run: "nlkit lab down", needs: ["lab"], shows: ["removes"] },
    { says: "there is none", run: "nlkit lab down", needs: ["root"], shows: ["no kept lab"], code: 2 },
  ],
};
