// iproute2 builds two namespaces joined by a bridge: the first commands of a lab.
import { AF } from "../../src/index.ts";
import {
  CREATE,
  DUMP,
  type GoldenCase,
  type GoldenRequest,
  ip,
  ipAddLink,
  ipLinkByName,
  ipLinks,
  ipLinkUp,
  ipNetnsId,
  ipProbe,
  ipSetLink,
} from "./programs.ts";

const seed = (name: string, command: string, requests: GoldenRequest[]): GoldenCase => ({
  file: `iproute2/seed-${name}.txt`,
  command,
  requests,
});

/** `ip link add A type veth peer B`. */
const addVeth = (ifname: string, peer: string): GoldenRequest[] => [
  ipProbe(),
  ipAddLink({ ifname, linkinfo: { kind: "veth", data: { veth: { peer: { attrs: { ifname: peer } } } } } }),
];

/** `ip link set A up`. */
const up = (ifname: string, index: number): GoldenRequest[] => [ipProbe(), ipLinkByName(ifname), ipLinkUp(index)];

/** `ip address show` asks for links, then for addresses. */
const showAddresses = (): GoldenRequest[] => [ipLinks(), ip({ name: "RTM_GETADDR", flags: DUMP })];

/** `ip addr add ADDRESS/24 dev A`: the address is its own other end. */
const addAddress = (ifname: string, index: number, address: string): GoldenRequest[] => [
  ipLinkByName(ifname),
  ip({
    name: "RTM_NEWADDR",
    flags: CREATE,
    header: { family: AF.INET, prefixlen: 24, index },
    attrs: { local: address, address },
  }),
];

export const cases: GoldenCase[] = [
  seed("01-link-add-br0", "ip link add br0 type bridge", [
    ipProbe(),
    ipAddLink({ ifname: "br0", linkinfo: { kind: "bridge" } }),
  ]),
  seed("02-link-set-br0-up", "ip link set br0 up", up("br0", 2)),
  seed("05-link-add-veth0", "ip link add veth0 type veth peer br-veth0", addVeth("veth0", "br-veth0")),
  seed("06-link-add-veth1", "ip link add veth1 type veth peer br-veth1", addVeth("veth1", "br-veth1")),
  seed("07-address-show", "ip address show", showAddresses()),
  seed("08-link-set-veth0-netns", "ip link set veth0 netns cns1", [
    ipProbe(),
    ipLinkByName("veth0"),
    ipSetLink(4, { netNsFd: 4 }),
  ]),
  seed("09-link-set-veth1-netns", "ip link set veth1 netns cns2", [
    ipProbe(),
    ipLinkByName("veth1"),
    ipSetLink(6, { netNsFd: 4 }),
  ]),
  // The master is looked up before the link.
  seed("11-link-set-br-veth0-master", "ip link set br-veth0 master br0", [
    ipProbe(),
    ipLinkByName("br0"),
    ipLinkByName("br-veth0"),
    ipSetLink(3, { master: 2 }),
  ]),
  seed("12-link-set-br-veth1-master", "ip link set br-veth1 master br0", [
    ipProbe(),
    ipLinkByName("br0"),
    ipLinkByName("br-veth1"),
    ipSetLink(5, { master: 2 }),
  ]),
  seed("13-link-set-br-veth0-up", "ip link set br-veth0 up", up("br-veth0", 3)),
  seed("14-link-set-br-veth1-up", "ip link set br-veth1 up", up("br-veth1", 5)),
  seed("15-ns1-veth0-up", "ip -n cns1 link set veth0 up", up("veth0", 4)),
  seed("16-ns2-veth1-up", "ip -n cns2 link set veth1 up", up("veth1", 6)),
  seed("17-ns1-addr-add", "ip -n cns1 addr add 192.168.100.10/24 dev veth0", addAddress("veth0", 4, "192.168.100.10")),
  seed("18-ns2-addr-add", "ip -n cns2 addr add 192.168.100.20/24 dev veth1", addAddress("veth1", 6, "192.168.100.20")),
  // The other end of veth0 is in a namespace that has a number only: iproute2 asks each named one for its number, until one fits.
  seed("10-ns1-address-show", "ip -n cns1 address show", [
    ...showAddresses(),
    ...Array.from({ length: 10 }, () => ipNetnsId(6)),
  ]),
];
