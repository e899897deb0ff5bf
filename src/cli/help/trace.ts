// nlkit trace: all of it.
import type { CommandHelp } from "./example.ts";

export const trace: CommandHelp = {
  about: [
    "Runs a command under strace (which has to be installed) and shows its netlink conversation as it happens: each request, each answer with the time that it took, and of a refusal the request as a tree, with >> at the attribute that the kernel means and the kernel's words behind it; hint: is what nlkit knows beside that.",
    "stdout has the conversation and nothing else; what the command prints goes to stderr. Where the kernel points at nothing, nothing is marked.",
    "What the kernel has no part in is said on stderr: that the command opened no netlink socket, or that it failed though nothing was refused.",
    '--filter shows a message if the expression holds for it or for the request that it answers, acks too; direction is always that of the message itself, so that `direction == ">"` shows requests alone. -o FILE.pcap masks keys unless --show-keys, and says so if there were any.',
  ],
  exit: { "the command's": "a command that was traced ended so; 128 and the number of the signal that ended it" },
  examples: [
    {
      says: "what a command says, and hears",
      run: "nlkit trace -- ip link add br0 type bridge",
      needs: ["root"],
      shows: ["> NETLINK_ROUTE RTM_NEWLINK", 'ifname "br0"'],
    },
    {
      says: "why is it refused?",
      run: "nlkit trace -- ip link add vx0 mtu 10 type vxlan id 42 dstport 4789",
      needs: ["root"],
      shows: [">>   IFLA_MTU 10", "MTU must be between"],
      code: 2,
    },
    {
      says: "only refusals of a script and of all that it starts",
      run: "nlkit trace --filter error -- sh -c 'ip link set nowhere up; ip link set lo up'",
      needs: ["root"],
      shows: ["ENODEV"],
    },
    {
      says: "a copy for Wireshark",
      run: "nlkit trace -o br0.pcap -- ip link add br0 type bridge; nlkit decode br0.pcap",
      needs: ["root"],
      shows: ['ifname "br0"'],
    },
    {
      says: "requests about one link, and what the kernel answered",
      run: "nlkit trace --filter 'attrs.ifname == br0' -- sh -c 'ip link add br0 type bridge; ip link add br0 type bridge; true'",
      needs: ["root"],
      shows: ["ack of RTM_NEWLINK", "EEXIST"],
    },
  ],
};
