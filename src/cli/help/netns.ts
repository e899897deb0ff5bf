// nlkit netns: all of it.
import type { CommandHelp } from "./example.ts";

export const netns: CommandHelp = {
  about: [
    "Named network namespaces: files of /run/netns, the same as those of `ip netns`, both ways. Wherever a namespace is asked for, --netns too, it is a name (also one of digits: 1 is /run/netns/1), a path, or pid:123.",
  ],
  examples: [
    {
      says: "make one, look, take it away",
      run: "nlkit netns add ns1 && nlkit netns list && nlkit netns delete ns1",
      needs: ["root"],
      shows: ["ns1"],
    },
  ],
};
export const netnsAdd: CommandHelp = {
  about: ["Makes a namespace and a name for it. It lives as long as its name, or somebody in it."],
  examples: [
    {
      says: "as `ip netns add` makes it",
      run: "nlkit netns add ns1 && ip netns list",
      needs: ["root"],
      shows: ["ns1"],
    },
    { says: "a name that is taken", run: "nlkit netns add ns1", needs: ["ns1"], shows: ["ns1"], code: 1 },
  ],
};
export const netnsDelete: CommandHelp = {
  about: ["Takes the name away. The namespace goes with it, unless somebody is in it or holds it."],
  examples: [
    {
      says: "made by `ip netns`, too",
      run: "ip netns add demo && nlkit netns delete demo && nlkit netns list",
      needs: ["root"],
      shows: [],
    },
  ],
};
export const netnsList: CommandHelp = {
  about: ["Prints the names, one a line, sorted. It needs no root."],
  examples: [{ says: "all of them", run: "nlkit netns list", needs: ["ns1", "ns2"], shows: ["ns1\nns2\n"] }],
};
export const netnsExec: CommandHelp = {
  about: [
    "Runs a command in a namespace, in a mount namespace of its own where /sys shows the namespace's links and what /etc/netns/NAME holds lies over /etc. Ctrl-C is left to the command; SIGTERM and SIGHUP are passed on.",
  ],
  exit: { "the command's": "it ended so; 128 and the number of the signal that ended it" },
  examples: [
    { says: "look around", run: "nlkit netns exec ns1 ip link", needs: ["ns1"], shows: ["lo:"] },
    {
      says: "its exit code is the command's",
      run: "nlkit netns exec ns1 -- sh -c 'exit 7'",
      needs: ["ns1"],
      shows: [],
      code: 7,
    },
  ],
};
