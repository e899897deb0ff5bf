// What the Go library in Docker sends, call by call; most calls look the link up by name first.
import { MACVLAN_MODE, RTEXT_FILTER } from "../../src/index.ts";
import {
  CREATE,
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
} from "./programs.ts";

const call = (name: string, requests: GoldenRequest[]): GoldenCase => ({
  file: `docker-library/${name}.txt`,
  command: name,
  requests,
});

/** The host's end of the pair, and the container's. */
const HOST = "veth5f3a1c0";
const PEER = "veth91be2d4";

export const cases: GoldenCase[] = [
  call("link-set-up-lo", [dockerLinkByName("lo"), dockerLinkUp(1)]),
  // LinkAdd looks up what it made. A bridge's data is said even when there is none.
  call("link-add-bridge-docker0", [
    dockerLinkAdd("docker0", { txqlen: 0, address: "02:42:5e:10:00:01" }, { kind: "bridge", data: { bridge: {} } }),
    dockerLinkByName("docker0"),
  ]),
  call("link-add-bridge-options", [
    dockerLinkAdd(
      "br-opts",
      { mtu: 1400 },
      { kind: "bridge", data: { bridge: { mcastSnooping: 0, ageingTime: 30000, helloTime: 300 } } },
    ),
    dockerLinkByName("br-opts"),
  ]),
  call("link-by-name-docker0", [dockerLinkByName("docker0")]),
  call("link-set-up-bridge", [dockerLinkByName("docker0"), dockerLinkUp(2)]),
  call("link-add-veth-pair", [
    dockerLinkAdd(
      HOST,
      { txqlen: 0 },
      { kind: "veth", data: { veth: { peer: { attrs: { ifname: PEER, txqlen: 0 } } } } },
    ),
    dockerLinkByName(HOST),
  ]),
  call("link-add-veth-all-options", [
    dockerLinkAdd(
      "vfull0",
      { mtu: 1450, txqlen: 500, address: "02:42:ac:11:00:fe", numTxQueues: 2, numRxQueues: 2 },
      {
        kind: "veth",
        data: {
          veth: {
            peer: {
              attrs: {
                ifname: "vfull1",
                txqlen: 500,
                numTxQueues: 2,
                numRxQueues: 2,
                mtu: 1450,
                address: "02:42:ac:11:00:ff",
                netNsFd: 4,
              },
            },
          },
        },
      },
    ),
    dockerLinkByName("vfull0"),
  ]),
  call("link-add-veth-peer-in-pid", [
    dockerLinkAdd(
      "vpid0",
      { mtu: 1500 },
      { kind: "veth", data: { veth: { peer: { attrs: { ifname: "vpid1", mtu: 1500, netNsPid: 14552 } } } } },
    ),
    dockerLinkByName("vpid0"),
  ]),
  call("link-set-mtu", [dockerLinkByName(HOST), dockerSetLink(5, { mtu: 1400 })]),
  call("link-set-master", [dockerLinkByName(HOST), dockerLinkByName("docker0"), dockerSetLink(5, { master: 2 })]),
  call("link-set-nomaster", [dockerLinkByName(HOST), dockerSetLink(5, { master: 0 })]),
  call("bridge-port-hairpin", [dockerLinkByName(HOST), dockerBridgePort(5, { mode: 1 })]),
  call("bridge-port-isolated-learning", [dockerLinkByName(HOST), dockerBridgePort(5, { learning: 0 })]),
  call("link-set-up-veth", [dockerLinkByName(HOST), dockerLinkUp(5)]),
  call("link-set-ns-fd", [dockerLinkByName(PEER), dockerSetLink(4, { netNsFd: 4 })]),
  call("link-set-name-eth0", [dockerLinkByName(PEER), dockerRename(4, "eth0")]),
  call("link-set-hwaddr", [dockerLinkByName("eth0"), dockerSetLink(4, { address: "02:42:ac:11:00:02" })]),
  call("link-set-up-eth0", [dockerLinkByName("eth0"), dockerLinkUp(4)]),
  call("link-set-down", [dockerLinkByName("docker0"), dockerLinkDown(2)]),
  call("link-add-vxlan", [
    dockerLinkByName("docker0"),
    dockerLinkAdd(
      "vx0",
      { mtu: 1450, txqlen: 0 },
      {
        kind: "vxlan",
        data: {
          vxlan: {
            id: 4097,
            link: 2,
            ttl: 0,
            tos: 0,
            learning: 1,
            proxy: 1,
            rsc: 0,
            l2miss: 1,
            l3miss: 1,
            udpZeroCsum6Tx: 0,
            udpZeroCsum6Rx: 0,
            port: 4789,
          },
        },
      },
    ),
    dockerLinkByName("vx0"),
  ]),
  // The one kind here that has a link below it, which is said before the name.
  call("link-add-macvlan", [
    dockerLinkByName("docker0"),
    docker({
      name: "RTM_NEWLINK",
      flags: CREATE,
      attrs: {
        link: 2,
        ifname: "mv0",
        txqlen: 0,
        linkinfo: { kind: "macvlan", data: { macvlan: { mode: MACVLAN_MODE.BRIDGE } } },
      },
    }),
    dockerLinkByName("mv0"),
  ]),
  call("link-add-ifb", [dockerLinkAdd("ifbx", { txqlen: 0 }, { kind: "ifb" }), dockerLinkByName("ifbx")]),
  call("link-list", [docker({ name: "RTM_GETLINK", flags: DUMP, attrs: { extMask: RTEXT_FILTER.VF } })]),
  call("link-del-veth", [dockerLinkByName(HOST), dockerLinkDelete(5)]),
  call("link-del-bridge", [dockerLinkByName("docker0"), dockerLinkDelete(2)]),
  call("error-link-exists", [dockerLinkAdd("docker0", { txqlen: 0 }, { kind: "bridge", data: { bridge: {} } })]),
  call("error-no-such-link", [dockerLinkByName("nope0")]),
];
