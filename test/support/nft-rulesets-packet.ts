// Rulesets about packets: what is asked of them, what is noted in sets, where they go.

/** A ruleset: first its tables, chains and sets, then its rules. */
export interface Ruleset {
  readonly name: string;
  /** For `nft -f`. */
  readonly text: string;
  /** Rules by chain, each for an `nft add rule` of its own: a kernel need not have every expression. */
  readonly rules: Readonly<Record<string, readonly string[]>>;
  /** Links that must be there. */
  readonly links?: readonly string[];
}

export const packetRulesets: readonly Ruleset[] = [
  {
    name: "what a packet is",
    text: "table inet packet { chain c { type filter hook prerouting priority raw; }; }",
    rules: {
      "inet packet c": [
        "meta length 100-200 meta priority 0 meta iiftype ether meta skuid 0 meta skgid 0 meta cpu 0",
        "meta pkttype broadcast meta iifgroup 0 meta cgroup 1 meta random < 0x1000000",
        'meta time "2025-01-01 00:00:00" meta day "Monday" meta hour "10:00"-"12:00"',
        "ct direction original ct status assured ct mark 0x7 ct expiration 60s ct l3proto ipv4",
        "ct original ip saddr 10.0.0.1 meta l4proto tcp ct reply proto-dst 80",
        "ct bytes > 1000 ct original packets > 5 ct avgpkt > 100 ct zone 5 ct id 12345",
        "ct mark set meta mark",
        "meta mark set ct mark or 0x10",
        "meta mark set meta mark and 0xff xor 0x3",
        "meta mark set meta mark lshift 2",
        "meta mark 5-9 tcp sport > 1024",
        "rt classid 5",
        "rt ip nexthop 10.0.0.1",
        "fib saddr . iif oif missing drop",
        "fib daddr type { local, broadcast } accept",
        'fib saddr . mark oifname "lo" accept',
        "socket transparent 1 socket mark 0x1 socket wildcard 0 accept",
        'osf name "Linux" accept',
        "meta mark set numgen inc mod 2 offset 100",
        "meta mark set numgen random mod 8 map { 0-3 : 1, 4-7 : 2 }",
        "meta mark set jhash ip saddr . tcp dport mod 16 seed 0xdead offset 5",
        "meta mark set symhash mod 4",
        "ipsec in reqid 1 accept",
        "ipsec in ip saddr 10.0.0.1 accept",
        "exthdr frag exists drop",
        "frag more-fragments 1 drop",
        "tcp option sack-perm exists accept",
        "reset tcp option sack-perm",
        "ip option rr exists drop",
        "sctp chunk data exists accept",
        "@th,16,16 0x50 @ll,0,48 0x1 accept",
        "vlan id 5 accept",
        "notrack",
        "meta nftrace set 1",
        "ip version 4 ip hdrlength 5",
        "ct state { new, established } ip6 flowlabel 5",
        "tcp dport 22 jump { ip saddr 10.0.0.0/8 accept; drop; }",
        "ip daddr 10.0.0.1 goto { return; }",
      ],
    },
  },
  {
    name: "sets that rules change",
    text: `
table ip dyn {
  set seen { type ipv4_addr; size 65535; flags dynamic, timeout; timeout 1m; }
  set many { type ipv4_addr; size 1000; flags dynamic; }
  map back { type ipv4_addr : mark; size 10; flags dynamic, timeout; timeout 1m; }
  chain c { type filter hook input priority 0; }
}`,
    rules: {
      "ip dyn c": [
        "add @seen { ip saddr }",
        "update @seen { ip saddr timeout 5s limit rate over 10/second burst 5 packets } drop",
        "delete @seen { ip daddr }",
        "add @many { ip saddr ct count over 5 } reject",
        "update @many { ip saddr counter } accept",
        "update @back { ip saddr : meta mark }",
        "tcp dport 22 meter ssh { ip saddr limit rate 3/minute } accept",
      ],
    },
  },
  {
    name: "devices",
    links: ["d0", "d1"],
    text: `
table netdev dev {
  chain in { type filter hook ingress device "d0" priority -500; policy accept; }
  chain both { type filter hook ingress devices = { d0, d1 } priority 5; }
}`,
    rules: {
      "netdev dev in": [
        'ip daddr 10.0.0.1 fwd to "d1"',
        'ip saddr 10.0.0.2 dup to "d1"',
        'fwd ip to 10.0.0.9 device "d1"',
        "ether type arp counter accept",
        "vlan id 7 drop",
      ],
    },
  },
  {
    name: "flowtables",
    links: ["d0", "d1"],
    text: `
table inet flowing {
  flowtable ft { hook ingress priority filter; devices = { d0, d1 }; counter; }
  chain c { type filter hook forward priority 0; }
}`,
    rules: { "inet flowing c": ["ip protocol { tcp, udp } flow add @ft", "flow add @ft"] },
  },
  {
    name: "bridge and arp",
    text: `
table bridge br { chain c { type filter hook prerouting priority -300; policy accept; }; }
table arp ar { chain c { type filter hook input priority 0; }; }`,
    rules: {
      "bridge br c": [
        'meta ibrname "br0" meta ibrpvid 5 accept',
        "ether type vlan vlan id 10 ip saddr 10.0.0.1 accept",
        "ether daddr 01:00:5e:00:00:00-01:00:5e:7f:ff:ff pkttype multicast drop",
        "reject",
      ],
      "arp ar c": ["arp operation request arp saddr ip 10.0.0.1 accept", "arp htype 1 drop"],
    },
  },
  {
    name: "to programs and elsewhere",
    text: `
table ip elsewhere {
  chain pre { type filter hook prerouting priority mangle; }
  chain in { type filter hook input priority 0; }
  chain out { type route hook output priority mangle; }
}`,
    rules: {
      "ip elsewhere pre": [
        "tcp dport 80 tproxy to 127.0.0.1:8080 meta mark set 1 accept",
        "udp dport 53 tproxy to :5353",
        "dup to 10.0.0.5",
        'dup to 10.0.0.6 device "lo"',
      ],
      "ip elsewhere in": [
        "queue flags bypass to 5",
        "queue to 1-4",
        "queue flags fanout to 1-4",
        "queue to symhash mod 4",
      ],
      "ip elsewhere out": [
        "ip ttl set 64",
        "udp checksum set 0",
        "tcp dport set 81",
        "ip daddr set 10.0.0.7",
        "ether daddr set 02:00:00:00:00:09",
      ],
    },
  },
];
