// nlkit decode: all of it.
import type { CommandHelp } from "./example.ts";

export const decode: CommandHelp = {
  about: [
    "Reads what somebody recorded and prints a line a message: the time, who spoke (process and descriptor, where the input tells), the direction (> to the kernel, < from it), protocol, message, attributes. What an input hides is a line on stderr and exit code 1; the rest is decoded.",
    "The format is told by the content: pcap and pcapng of netlink, strace logs (made with -e read=all -e write=all), nft --debug=mnl, files of rtmon, hex in any form, hexdumps (xxd, hexdump -C, od, tcpdump, Wireshark), base64, byte arrays and strings of C, Go, Rust, JavaScript, Python. Keys are shown as zeros unless --show-keys. Strings are escaped: names from the kernel are hostile text.",
    "-ts is short for --timestamp, as iproute2 has it. -d, -x and -j exclude each other; --flat goes with -j.",
  ],
  sections: [
    {
      title: "Filters (--filter, of every command that has one)",
      text: [
        [
          '  expression = and { "||" and }',
          '  and        = unary { "&&" unary }',
          '  unary      = { "!" } ( "(" expression ")" | test )',
          "  test       = path [ operator value ]",
          '  operator   = "==" | "!=" | "<" | "<=" | ">" | ">=" | "~" | "&"',
          '  path       = name { "." name | "[" number "]" }',
          `  value      = '"' JSON string '"' | word           (word: a number, a C constant, or a text without spaces)`,
        ].join("\n"),
        'A path names what `decode -j` prints: attrs.ifname, attrs.linkinfo.kind, header.index, flags, seq, pid; attrs.multipath[0].gateway is one item of a list, without a number any of them. What stands around a message: type (its name: RTM_NEWLINK; a number where it has none), protocol, direction (">" or "<"), socket (PID:FD of an strace log), error (the errno of a refusal: error == EEXIST); of `pair` also outcome and latency.',
        "A path alone holds where there is something; error alone holds for a refusal, not for an ack. == and != compare numbers, texts and booleans; != is what == is not, so it holds where there is nothing to compare. < <= > >= order numbers and texts. ~ looks for a text in the text; with * (anything) or ? (one character) in it, it has to fit the whole. & holds when all bits of the value are set: header.flags & IFF_UP.",
        "A word is a number (decimal, or 0x…), true or false, the name of a C constant (IFF_UP, NLM_F_DUMP, EEXIST), or a text without blanks. A name in capitals that is no constant is refused; a text like it stands in quotes, which hold neither numbers nor constants.",
      ],
    },
  ],
  examples: [
    {
      says: "what strace logs, read back",
      run: "strace -f -ttt -yy -e trace=network -e read=all -e write=all -o br0.log ip link add br0 type bridge; nlkit decode br0.log",
      needs: ["root"],
      shows: ['ifname "br0"'],
    },
    {
      says: "a line a message",
      run: "nlkit decode capture.pcap",
      needs: ["capture.pcap"],
      shows: ["RTM_NEWLINK", 'ifname "br0"'],
    },
    {
      says: "every byte named",
      run: "nlkit decode -x capture.pcap",
      needs: ["capture.pcap"],
      shows: ["nlmsg_type RTM_NEWLINK", 'IFLA_IFNAME "br0"'],
    },
    {
      says: "paths and values, for grep",
      run: "nlkit decode --flat capture.pcap | grep IFLA_IFNAME",
      needs: ["capture.pcap"],
      shows: ['IFLA_IFNAME = "br0"'],
    },
    {
      says: "what was refused, and why",
      run: "nlkit decode --filter error capture.pcap",
      needs: ["capture.pcap"],
      shows: ["NLMSG_ERROR", "EEXIST"],
    },
    {
      says: "only these, into another capture",
      run: `nlkit decode --filter 'type == RTM_NEWLINK && attrs.ifname == "br0"' -w br0.pcap capture.pcap`,
      needs: ["capture.pcap"],
      writes: "br0.pcap",
      shows: ["br0\0"],
    },
    {
      says: "requests that make something, by a flag; names by a pattern",
      run: `nlkit decode --filter 'flags & NLM_F_CREATE && attrs.ifname ~ "veth*"' capture.pcap`,
      needs: ["capture.pcap"],
      shows: ['ifname "veth0"'],
    },
    {
      says: "everything but acks, the first two",
      run: `nlkit decode --filter '!(type == NLMSG_ERROR) && direction == ">"' -C 2 capture.pcap`,
      needs: ["capture.pcap"],
      shows: ["RTM_NEWLINK"],
    },
    {
      says: "one JSON object a line, for jq",
      run: "nlkit decode -j capture.pcap | head -1",
      needs: ["capture.pcap"],
      shows: ['"name":"RTM_NEWLINK"'],
    },
    { says: "what strace wrote", run: "nlkit decode log", needs: ["log"], shows: ["RTM_NEWLINK", 'ifname "br0"'] },
    {
      says: "hex, from standard input",
      run: "echo 2000000012000500010000000000000000000000010000000000000000000000 | nlkit decode -",
      shows: ["RTM_GETLINK", "index 1"],
    },
    {
      says: "a body without nlmsghdr",
      run: "nlkit decode -x --body RTM_NEWLINK body.hex",
      needs: ["body.hex"],
      shows: ['IFLA_IFNAME "br0"'],
    },
    {
      says: "as tcpdump writes it; with -i nlmon0 in place of -r, as it comes",
      run: "tcpdump -r capture.pcap -w - | nlkit decode -",
      needs: ["capture.pcap"],
      shows: ["RTM_NEWLINK"],
    },
  ],
};
