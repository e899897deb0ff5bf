// Docker's bridge driver at work: a network is made, a container joins and leaves, the network goes. In that order.
import { AF, IFA_F, RT_SCOPE, RT_TABLE, RTEXT_FILTER, RTM_F, RTN, RTPROT } from "../../src/index.ts";
import {
  ASK,
  CREATE,
  DO,
  DUMP,
  docker,
  dockerBridgePort,
  dockerLinkAdd,
  dockerLinkByName,
  dockerLinkDelete,
  dockerLinkDown,
  dockerLinkUp,
  dockerRename,
  dockerSetLink,
  type GoldenCase,
  type GoldenRequest,
  REPLACE,
} from "./programs.ts";

const step = (name: string, command: string, requests: GoldenRequest[]): GoldenCase => ({
  file: `docker-driver/${name}.txt`,
  command,
  requests,
});

const BRIDGE = "br-0123456789ab";
const HOST = "veth0a1b2c3";
const PEER = "veth4d5e6f7";

/** AddrAdd and AddrDel of an IPv4 address, with the broadcast address that the library works out. */
const address4 = (name: "RTM_NEWADDR" | "RTM_DELADDR", flags: number, address: string): GoldenRequest =>
  docker({
    name,
    flags,
    header: { family: AF.INET, prefixlen: 16, index: 2 },
    attrs: { local: address, address, broadcast: "172.18.255.255" },
  });

/** AddrAdd and AddrReplace of an IPv6 address, not to be tried for duplicates. */
const address6 = (flags: number, address: string): GoldenRequest =>
  docker({
    name: "RTM_NEWADDR",
    flags,
    header: { family: AF.INET6, prefixlen: 64, flags: IFA_F.NODAD, index: 2 },
    attrs: { local: address, address },
  });

const addresses = (family: number): GoldenRequest => docker({ name: "RTM_GETADDR", flags: DUMP, header: { family } });
const routes = (family: number): GoldenRequest => docker({ name: "RTM_GETROUTE", flags: DUMP, header: { family } });

/** What the library says of a route unless it is told otherwise. */
const USUAL = { family: AF.INET, table: RT_TABLE.MAIN, protocol: RTPROT.BOOT, type: RTN.UNICAST };

export const cases: GoldenCase[] = [
  // The container's loopback.
  step("sandbox-linkbyname-lo-in-container", "sandbox: LinkByName(lo) in container", [dockerLinkByName("lo")]),
  step("sandbox-linksetup-lo-in-container", "sandbox: LinkSetUp(lo) in container", [dockerLinkUp(1)]),

  // The network.
  step("net-dump-on-link-routes-v4-inferreservednetworks", "net: dump on-link routes v4 (InferReservedNetworks)", [
    routes(AF.INET),
  ]),
  step("net-linkbyname-bridge-missing", "net: LinkByName(bridge) missing", [dockerLinkByName(BRIDGE)]),
  step("net-setupdevice-linkadd-bridge", "net: setupDevice LinkAdd(bridge)", [
    dockerLinkAdd(BRIDGE, { txqlen: 0, address: "02:11:22:33:44:55" }, { kind: "bridge", data: { bridge: {} } }),
    dockerLinkByName(BRIDGE),
  ]),
  step("net-setupmtu-linksetmtu-bridge-1450", "net: setupMTU LinkSetMTU(bridge,1450)", [
    dockerSetLink(2, { mtu: 1450 }),
  ]),
  step("net-setupbridgeipv4-addrlist-v4", "net: setupBridgeIPv4 AddrList(v4)", [addresses(AF.INET)]),
  step("net-setupbridgeipv4-addradd", "net: setupBridgeIPv4 AddrAdd", [address4("RTM_NEWADDR", CREATE, "172.18.0.1")]),
  step("net-setupbridgeipv6-addrlist-v6", "net: setupBridgeIPv6 AddrList(v6)", [addresses(AF.INET6)]),
  step("net-setupbridgeipv6-addrreplace-nodad", "net: setupBridgeIPv6 AddrReplace NODAD", [
    address6(REPLACE, "fd00:18::1"),
  ]),
  step("net-setupdeviceup-linksetup-bridge", "net: setupDeviceUp LinkSetUp(bridge)", [dockerLinkUp(2)]),
  step("net-refresh-linkbyname-bridge", "net: refresh LinkByName(bridge)", [dockerLinkByName(BRIDGE)]),

  // The endpoint: a pair of veths, one end made in the container.
  step("ep-veth-name-probe-missing", "ep: veth name probe (missing)", [dockerLinkByName(HOST)]),
  step("ep-linkadd-veth-peer-netns-fd", "ep: LinkAdd(veth, peer netns fd)", [
    dockerLinkAdd(
      HOST,
      { txqlen: 0 },
      { kind: "veth", data: { veth: { peer: { attrs: { ifname: PEER, txqlen: 0, netNsFd: 7 } } } } },
    ),
    dockerLinkByName(HOST),
  ]),
  step("ep-linkbyname-host-veth", "ep: LinkByName(host veth)", [dockerLinkByName(HOST)]),
  step("ep-linkbyname-peer-in-container", "ep: LinkByName(peer) in container", [dockerLinkByName(PEER)]),
  step("ep-linksetmtu-host-1450", "ep: LinkSetMTU(host,1450)", [dockerSetLink(3, { mtu: 1450 })]),
  step("ep-linksetmtu-peer-1450", "ep: LinkSetMTU(peer,1450)", [dockerSetLink(2, { mtu: 1450 })]),
  step("ep-linksetmaster-host-veth-bridge", "ep: LinkSetMaster(host veth, bridge)", [dockerSetLink(3, { master: 2 })]),
  step("ep-linksethairpin-host-veth", "ep: LinkSetHairpin(host veth)", [dockerBridgePort(3, { mode: 1 })]),
  step("ep-linksetup-host-veth", "ep: LinkSetUp(host veth)", [dockerLinkUp(3)]),

  // The container's end.
  step("sbox-linksetdown-peer", "sbox: LinkSetDown(peer)", [dockerLinkDown(2)]),
  step("sbox-linksetname-peer-eth0", "sbox: LinkSetName(peer, eth0)", [dockerRename(2, "eth0")]),
  step("sbox-linksethardwareaddr", "sbox: LinkSetHardwareAddr", [dockerSetLink(2, { address: "06:aa:bb:cc:dd:ee" })]),
  step("sbox-checkrouteconflict-routelist-v4", "sbox: checkRouteConflict RouteList v4", [routes(AF.INET)]),
  step("sbox-addradd-v4", "sbox: AddrAdd v4", [address4("RTM_NEWADDR", CREATE, "172.18.0.2")]),
  step("sbox-checkrouteconflict-routelist-v6", "sbox: checkRouteConflict RouteList v6", [routes(AF.INET6)]),
  step("sbox-addradd-v6-nodad", "sbox: AddrAdd v6 NODAD", [address6(CREATE, "fd00:18::2")]),
  step("sbox-linksetup-eth0", "sbox: LinkSetUp(eth0)", [dockerLinkUp(2)]),
  step("sbox-routeadd-scope-link-interface-route", "sbox: RouteAdd scope link (interface route)", [
    docker({
      name: "RTM_NEWROUTE",
      flags: CREATE,
      header: { ...USUAL, dstLen: 24, scope: RT_SCOPE.LINK },
      attrs: { dst: "10.99.0.0", oif: 2 },
    }),
  ]),
  step("sbox-linkbyindex-eth0", "sbox: LinkByIndex(eth0)", [
    docker({ name: "RTM_GETLINK", flags: DO, header: { index: 2 }, attrs: { extMask: RTEXT_FILTER.VF } }),
  ]),
  // As if a packet from ::1 came in by the link.
  step("sbox-waitformcastroute-routeget-ff02-1", "sbox: waitForMcastRoute RouteGet ff02::1", [
    docker({
      name: "RTM_GETROUTE",
      flags: ASK,
      header: { family: AF.INET6, dstLen: 128, srcLen: 128, flags: RTM_F.LOOKUP_TABLE },
      attrs: { dst: "ff02::1", iif: 2, src: "::1" },
    }),
  ]),
  step("sbox-routeget-gw4", "sbox: RouteGet(gw4)", [
    docker({
      name: "RTM_GETROUTE",
      flags: ASK,
      header: { family: AF.INET, dstLen: 32, flags: RTM_F.LOOKUP_TABLE },
      attrs: { dst: "172.18.0.1" },
    }),
  ]),
  step("sbox-routeadd-default-v4", "sbox: RouteAdd default v4", [
    docker({ name: "RTM_NEWROUTE", flags: CREATE, header: USUAL, attrs: { gateway: "172.18.0.1", oif: 2 } }),
  ]),
  step("sbox-routeget-gw6", "sbox: RouteGet(gw6)", [
    docker({
      name: "RTM_GETROUTE",
      flags: ASK,
      header: { family: AF.INET6, dstLen: 128, flags: RTM_F.LOOKUP_TABLE },
      attrs: { dst: "fd00:18::1" },
    }),
  ]),
  step("sbox-routeadd-default-v6", "sbox: RouteAdd default v6", [
    docker({
      name: "RTM_NEWROUTE",
      flags: CREATE,
      header: { ...USUAL, family: AF.INET6 },
      attrs: { gateway: "fd00:18::1", oif: 2 },
    }),
  ]),
  // To delete one route the library says nothing of its protocol and type.
  step("sbox-routedel-default-v4", "sbox: RouteDel default v4", [
    docker({
      name: "RTM_DELROUTE",
      flags: DO,
      header: { family: AF.INET, table: RT_TABLE.MAIN },
      attrs: { gateway: "172.18.0.1", oif: 2 },
    }),
  ]),
  // A default route without a gateway: its destination is said, although none would mean the same.
  step(
    "sbox-routeadd-connected-default-v4-setdefaultrouteipv4",
    "sbox: RouteAdd connected default v4 (SetDefaultRouteIPv4)",
    [
      docker({
        name: "RTM_NEWROUTE",
        flags: CREATE,
        header: { ...USUAL, scope: RT_SCOPE.LINK },
        attrs: { dst: "0.0.0.0", oif: 2 },
      }),
    ],
  ),
  step("sbox-linksubscribe-listexisting", "sbox: LinkSubscribe ListExisting", [
    docker({ name: "RTM_GETLINK", flags: DUMP }),
  ]),

  // The container leaves: its end goes back to the host under its old name.
  step("leave-linkbyname-eth0", "leave: LinkByName(eth0)", [dockerLinkByName("eth0")]),
  step("leave-linksetdown-eth0", "leave: LinkSetDown(eth0)", [dockerLinkDown(2)]),
  step("leave-linksetname-eth0-veth4d5e6f7", "leave: LinkSetName(eth0 -> veth4d5e6f7)", [dockerRename(2, PEER)]),
  step("leave-linksetnsfd-back-to-host", "leave: LinkSetNsFd(back to host)", [dockerSetLink(2, { netNsFd: 3 })]),

  // All of it goes.
  step("del-ep-linkbyname-veth4d5e6f7-linkdel", "del ep: LinkByName(veth4d5e6f7) + LinkDel", [
    dockerLinkByName(PEER),
    dockerLinkDelete(4),
  ]),
  step("net-addrdel-v4", "net: AddrDel v4", [address4("RTM_DELADDR", DO, "172.18.0.1")]),
  step("del-net-linkdel-bridge", "del net: LinkDel(bridge)", [dockerLinkDelete(2)]),
  step("err-linkdel-missing-index", "err: LinkDel missing index", [dockerLinkDelete(9999)]),
];
