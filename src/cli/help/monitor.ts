// nlkit monitor: all of it.
import type { CommandHelp } from "./example.ts";

export const monitor: CommandHelp = {
  about: [
    "Prints events until Ctrl-C. Groups may be shortened (addr, neigh) as long as only one begins so. -a listens in every namespace that has a name, also in those that are made meanwhile, and through ids in those that have none; the namespace stands in front of each line.",
    'When more comes than is read the kernel drops events and says so once: a line on stderr, and with -j an object with "overrun": true.',
  ],
  examples: [
    {
      says: "links and addresses",
      run: "nlkit monitor link addr",
      needs: ["root"],
      shows: ["RTM_NEWLINK", "RTM_NEWADDR"],
      meanwhile: "ip link add br0 type bridge; ip addr add 10.0.0.1/24 dev br0; ip link delete br0",
      code: 130,
    },
    {
      says: "what udev hears",
      run: "nlkit monitor uevent",
      needs: ["root"],
      shows: ["br0"],
      meanwhile: "ip link add br0 type bridge; ip link delete br0",
      code: 130,
    },
    {
      says: "of every namespace",
      run: "nlkit monitor -a link",
      needs: ["ns1"],
      shows: ["[ns1] RTM_NEWLINK"],
      meanwhile: "ip -n ns1 link add br0 type bridge; ip -n ns1 link delete br0",
      code: 130,
    },
    {
      says: "links that go, as JSON",
      run: "nlkit monitor -j --filter 'type == RTM_DELLINK' link",
      needs: ["root"],
      shows: ['"name":"RTM_DELLINK"'],
      meanwhile: "ip link add br0 type bridge; ip link delete br0",
      code: 130,
    },
  ],
};
