// nlkit request: all of it.
import type { CommandHelp } from "./example.ts";

export const request: CommandHelp = {
  about: [
    'Sends messages to the kernel and shows what it answers. A message is JSON as `decode -j` prints it, in whole or in part: as an argument, from a file or from standard input, several one a line. Constants may stand for numbers, flags be one text: "CREATE|EXCL". NLM_F_REQUEST and NLM_F_ACK are added and numbers given, unless --raw.',
    'Objects with "more": true go out with the next in one datagram; changes of nf_tables go in a batch. A refusal is shown with the attribute that the kernel means.',
  ],
  examples: [
    { says: "one link", run: `nlkit request '{"name":"RTM_GETLINK","header":{"index":1}}'`, shows: ['ifname "lo"'] },
    {
      says: "a bridge",
      run: `nlkit request '{"name":"RTM_NEWLINK","flags":"CREATE|EXCL","attrs":{"ifname":"br0","linkinfo":{"kind":"bridge"}}}' && ip link show br0`,
      needs: ["root"],
      shows: ["br0"],
    },
    {
      says: "what would be sent",
      run: `nlkit request --dry-run -x '{"name":"RTM_GETLINK","attrs":{"ifname":"lo"}}'`,
      shows: ['IFLA_IFNAME "lo"'],
    },
    {
      says: "a refusal, explained",
      run: `nlkit request '{"name":"RTM_NEWADDR","flags":"CREATE|EXCL","header":{"family":"AF_INET","prefixlen":40,"index":1},"attrs":{"local":"10.0.0.1"}}'`,
      needs: ["root"],
      shows: ["EINVAL", "Invalid prefix length"],
      code: 1,
    },
  ],
};
