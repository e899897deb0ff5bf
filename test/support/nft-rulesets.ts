// Rulesets as one types them for `nft`: between them every expression, set and object that nft 1.0.6 can write.
import { packetRulesets, type Ruleset } from "./nft-rulesets-packet.ts";

export type { Ruleset } from "./nft-rulesets-packet.ts";

/** What a terminal obeys, what reorders text, what ends a line in nft, what is not ASCII. */
const HOSTILE = "a \u001b[31mred\u001b[0m \u202etxt\u202c \\x41 { drop } ; é 漢";

export const rulesets: readonly Ruleset[] = [
  {
    name: "a firewall",
    text: `
table inet fw {
  comment "the one in front"
  chain in { comment "what comes in"; type filter hook input priority filter; policy drop; }
  chain forwarded { type filter hook forward priority filter + 10; policy accept; }
  chain later { }
  chain out { type filter hook output priority -5; }
  chain mangle { type route hook output priority mangle; }
}
table ip dormant { flags dormant; chain c { type filter hook input priority 0; policy drop; }; }`,
    rules: {
      "inet fw in": [
        "ct state vmap { established : accept, related : accept, invalid : drop }",
        'iifname "lo" accept',
        "iif lo counter packets 3 bytes 252 accept",
        "ip protocol icmp limit rate 5/second burst 7 packets accept",
        "limit rate over 1 mbytes/minute burst 3 kbytes drop",
        "ip6 nexthdr icmpv6 icmpv6 type { nd-neighbor-solicit, nd-router-advert } accept",
        'tcp dport { 22, 80, 8000-8080 } ct state new accept comment "services"',
        'udp dport != 53 log prefix "odd: " level info flags all',
        "log level audit",
        'log group 5 prefix "g" snaplen 100 queue-threshold 20',
        "meta l4proto tcp reject with tcp reset",
        "meta nfproto ipv4 reject with icmp admin-prohibited",
        "reject with icmpx port-unreachable",
      ],
      "inet fw forwarded": [
        "tcp flags & (fin|syn|rst|ack) == syn tcp option maxseg size set rt mtu",
        "jump later",
        "goto later",
        "ip saddr 10.0.0.1-10.0.0.9 ip daddr != 10.1.0.1-10.1.0.9 drop",
      ],
      "inet fw later": ["return"],
      "inet fw out": ["ct count over 20 drop", "quota over 25 mbytes used 3 bytes drop", "continue"],
      "inet fw mangle": ["meta mark set 0x1", "ip dscp set af11"],
    },
  },
  {
    name: "NAT",
    text: `
table ip nat {
  map ports { type inet_service : ipv4_addr . inet_service; elements = { 80 : 10.0.0.2 . 8080, 443 : 10.0.0.3 . 8443 } }
  map net { type ipv4_addr : ipv4_addr; flags interval; elements = { 10.1.0.0/16 : 192.0.2.1 } }
  chain pre { type nat hook prerouting priority dstnat; }
  chain post { type nat hook postrouting priority srcnat; }
}
table ip6 nat6 {
  chain post { type nat hook postrouting priority srcnat; }
  chain pre { type nat hook prerouting priority dstnat; }
}`,
    rules: {
      "ip nat pre": [
        "tcp dport 8080 dnat to 172.17.0.2:80",
        "dnat to tcp dport map @ports",
        "tcp dport 1000-2000 dnat to 10.0.0.1-10.0.0.9:3000-4000 random,persistent",
        "udp dport 53 redirect to :5353",
        "udp dport 54 redirect",
        "dnat ip prefix to ip daddr map { 10.9.0.0/24 : 10.8.0.0/24 }",
      ],
      "ip nat post": [
        'ip saddr 172.17.0.0/16 oifname != "docker0" counter masquerade',
        "meta l4proto tcp masquerade to :1024-65535 fully-random",
        "snat to ip saddr map @net",
        "snat to 192.0.2.1-192.0.2.9 persistent",
      ],
      "ip6 nat6 post": ["ip6 saddr fd00::/8 snat to 2001:db8::1"],
      "ip6 nat6 pre": ["tcp dport 80 dnat to [2001:db8::2]:8080"],
    },
  },
  {
    name: "sets",
    text: `
table inet sets {
  set plain { type ipv4_addr; size 100; comment "hosts"; elements = { 10.0.0.1 comment "one", 10.0.0.2 } }
  set ranges { type ipv4_addr; flags interval; auto-merge; elements = { 10.0.0.0/8, 192.168.0.1-192.168.0.9, 255.0.0.0/8 } }
  set concat { type ipv4_addr . inet_service . inet_proto; flags interval; elements = { 10.0.0.0/24 . 80-90 . tcp, 10.1.0.1 . 53 . udp } }
  set pairs { typeof ip saddr . tcp dport; elements = { 10.0.0.1 . 22 } }
  set times { type ipv6_addr; flags timeout; timeout 1h; gc-interval 30s; elements = { 2001:db8::1 timeout 1d, 2001:db8::2 } }
  set counted { type ether_addr; counter; elements = { 02:00:00:00:00:01 counter packets 5 bytes 500 comment "card" } }
  set several { type ipv4_addr; counter quota 10 mbytes; elements = { 10.0.0.1 } }
  set names { type ifname; flags interval; elements = { eth0, "veth*" } }
  set marks { type mark; policy memory; flags constant; elements = { 0x10, 0x20 } }
  set whole { type ipv4_addr; flags interval; elements = { 10.0.0.0/8, * } }
  set empty { type inet_service; flags dynamic, timeout; timeout 5m; size 65535; }
  chain c { }
}`,
    rules: {
      "inet sets c": [
        "ip saddr @plain ip saddr @ranges accept",
        "ip saddr . tcp dport . meta l4proto @concat drop",
        "ip saddr . tcp dport @pairs accept",
        "ip6 saddr != @times drop",
        "ether saddr @counted accept",
        "meta iifname @names meta mark @marks accept",
        "ip daddr { 10.0.0.1, 10.0.0.5-10.0.0.9 } accept",
        "ip daddr . tcp dport { 10.0.0.1 . 1-9, 10.0.0.2-10.0.0.3 . 80 } accept",
        "add @empty { tcp dport timeout 10s }",
      ],
    },
  },
  {
    name: "maps",
    text: `
table inet maps {
  map marks { type ipv4_addr : mark; elements = { 10.0.0.1 comment "first" : 0x1, 10.0.0.2 : 0x2 } }
  map way { type ipv4_addr . inet_service : verdict; flags interval; counter; elements = { 10.0.0.0/8 . 22 : accept, 11.0.0.0/8 . 1-1024 : jump other, 12.0.0.0/8 . 1 : goto other } }
  map typed { typeof ip saddr : meta mark; elements = { 10.0.0.9 : 0x9 } }
  map dev { type ifname : verdict; elements = { lo : accept, eth0 : drop } }
  chain other { return; }
  chain c { }
}`,
    rules: {
      "inet maps c": [
        "meta mark set ip saddr map @marks",
        "ip saddr . tcp dport vmap @way",
        "meta iifname vmap @dev",
        "ip protocol vmap { tcp : jump other, udp : goto other, icmp : accept }",
        "meta mark set tcp dport map { 22 : 0x16, 80 : 0x50, 1000-2000 : 0x7 }",
      ],
    },
  },
  {
    name: "objects",
    text: `
table inet objects {
  counter hits { comment "hits"; packets 7 bytes 700 }
  quota q { over 100 mbytes used 5 bytes }
  limit lim { rate over 10/minute burst 5 packets }
  limit byt { rate 1 mbytes/second burst 2 kbytes }
  ct helper ftp { type "ftp" protocol tcp; l3proto ip; }
  ct timeout slow { protocol tcp; l3proto ip; policy = { established: 7200, close: 20 }; }
  ct timeout dns { protocol udp; l3proto ip; policy = { unreplied: 3, replied: 4 }; }
  ct expectation exp { protocol udp; dport 9876; timeout 12s; size 12; l3proto ip; }
  synproxy syn { mss 1460; wscale 7; timestamp sack-perm; }
  map byport { type inet_service : counter; elements = { 80 : "hits" } }
  chain c { type filter hook prerouting priority 0; }
  chain in { type filter hook input priority 0; }
}`,
    rules: {
      "inet objects c": [
        'counter name "hits"',
        'quota name "q" drop',
        'limit name "lim" drop',
        'ct state new ct helper set "ftp"',
        'ct timeout set "slow"',
        'ct expectation set "exp"',
        "counter name tcp dport map @byport",
      ],
      "inet objects in": ['tcp dport 80 synproxy name "syn"', "tcp dport 81 synproxy mss 1400 wscale 6 sack-perm"],
    },
  },
  ...packetRulesets,
  {
    name: "hostile comments",
    text: `
table inet h {
  comment "${HOSTILE}"
  set s { type ipv4_addr; comment "${HOSTILE}"; elements = { 10.0.0.1 comment "${HOSTILE}" } }
  counter n { comment "${HOSTILE}"; packets 0 bytes 0 }
  chain c { comment "${HOSTILE}"; }
}`,
    rules: {
      "inet h c": [
        `accept comment "${HOSTILE}"`,
        `log prefix "${"p".repeat(127)}"`,
        `drop comment "${"c".repeat(127)}"`,
      ],
    },
  },
];
