// nlkit network connect, disconnect, publish: all of it.
import type { CommandHelp } from "../example.ts";

export const connect: CommandHelp = {
  about: [
    "Gives a namespace a link on a network, an address, routes, and a default route where it has none; announces it to the neighbours, and waits until it can be used. -p leads ports of the host to it, as Docker's -p does, except on localhost: 8080:80 is every address of the host but 127.0.0.1, where -p 127.0.0.1:8080:80 beside it answers too.",
  ],
  examples: [
    {
      says: "a namespace, a port of it, another name",
      run: "nlkit network connect web ns1 -p 8080:80 --alias db",
      needs: ["web", "ns1"],
      shows: ["ns1", "10.9.0."],
    },
    {
      says: "the address that it shall have",
      run: "nlkit network connect web ns1 --ip 10.9.0.77 && nlkit netns exec ns1 ip address",
      needs: ["web", "ns1"],
      shows: ["10.9.0.77/24"],
    },
    {
      says: "what would be done, every byte",
      run: "nlkit network connect web ns1 --dry-run -x",
      needs: ["web", "ns1"],
      shows: ['IFLA_INFO_KIND "veth"'],
    },
  ],
};
export const disconnect: CommandHelp = {
  about: ["Takes an endpoint off a network, with its link, addresses and published ports."],
  examples: [
    {
      says: "by its namespace's name",
      run: "nlkit network disconnect web ns1 && nlkit network ls",
      needs: ["ns1 on web"],
      shows: ["web"],
    },
  ],
};
export const publish: CommandHelp = {
  about: [
    "Publishes ports of an endpoint that is connected already, or takes them back with --remove: written as they were published.",
  ],
  examples: [
    { says: "one more", run: "nlkit network publish web ns1 8080:80", needs: ["ns1 on web"], shows: ["8080"] },
    {
      says: "not any more",
      run: "nlkit network publish web ns1 8080:80 && nlkit network publish web ns1 8080:80 --remove",
      needs: ["ns1 on web"],
      shows: ["ns1"],
    },
  ],
};
