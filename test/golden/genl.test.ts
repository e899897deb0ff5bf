// What genl(8), ethtool(8) and the kernel were recorded to say over generic netlink.
import { describe, expect, test } from "vitest";
import {
  type AnyInput,
  ETHTOOL_MSG_USER as CMD,
  CTRL_CMD,
  decodeMessages,
  GENL_ID_CTRL,
  GenericFamilies,
  type GenericMessageType,
  generic,
  genericTypes,
  NLM_F,
} from "../../src/index.ts";
import { items } from "../support/fixtures.ts";
import { golden, type Leftovers } from "./conntrack-suite.ts";

type Input = AnyInput<GenericMessageType>;

/** What ethtool had when this was recorded. */
const ETHTOOL = 21;
const DO = NLM_F.REQUEST | NLM_F.ACK;

const whichNumber: Input = {
  name: "nlctrl",
  flags: DO,
  header: { cmd: CTRL_CMD.GETFAMILY, version: 1 },
  attrs: { familyName: "ethtool" },
};
const about = (devName: string) => ({ attrs: { header: { devName } } });
const asked = (cmd: number) => ({ cmd, version: 1, reserved: 0 });

const cases: { file: string; requests: Input[] }[] = [
  {
    file: "tunnel-genl-ctrl-list",
    requests: [{ name: "nlctrl", flags: NLM_F.REQUEST | NLM_F.DUMP, header: { cmd: CTRL_CMD.GETFAMILY } }],
  },
  {
    file: "ethtool-linkmodes",
    requests: [
      whichNumber,
      { name: "ethtool", flags: DO, linkmodesGet: { header: asked(CMD.LINKMODES_GET), ...about("br-veth0") } },
      { name: "ethtool", flags: DO, linkinfoGet: { header: asked(CMD.LINKINFO_GET), ...about("br-veth0") } },
      { name: "ethtool", flags: DO, wolGet: { header: asked(CMD.WOL_GET), ...about("br-veth0") } },
      { name: "ethtool", flags: DO, debugGet: { header: asked(CMD.DEBUG_GET), ...about("br-veth0") } },
      { name: "ethtool", flags: DO, linkstateGet: { header: asked(CMD.LINKSTATE_GET), ...about("br-veth0") } },
    ],
  },
  {
    file: "ethtool-rings",
    requests: [
      whichNumber,
      { name: "ethtool", flags: DO, ringsGet: { header: asked(CMD.RINGS_GET), ...about("vp0") } },
    ],
  },
  {
    file: "ethtool-channels",
    requests: [
      whichNumber,
      { name: "ethtool", flags: DO, channelsGet: { header: asked(CMD.CHANNELS_GET), ...about("vp0") } },
    ],
  },
  {
    file: "ethtool-coalesce",
    requests: [
      whichNumber,
      { name: "ethtool", flags: DO, coalesceGet: { header: asked(CMD.COALESCE_GET), ...about("vp0") } },
    ],
  },
];

/** ethtool pads with what its buffer held. */
const leftovers: Leftovers = {
  "ethtool-linkmodes 2": [[0x25, "722d76"]],
  "ethtool-linkmodes 3": [[0x25, "722d76"]],
  "ethtool-linkmodes 4": [[0x25, "010000"]],
  "ethtool-linkmodes 5": [[0x25, "010000"]],
};

golden("genl", genericTypes(new Map([[ETHTOOL, "ethtool"]])), cases, leftovers);

describe("which number is which family", () => {
  const recorded = items("NETLINK_GENERIC").find(({ file }) => file === "genl/ethtool-rings.txt")?.datagrams ?? [];

  test("is learned from the capture itself", () => {
    const families = new GenericFamilies();
    const names = recorded.flatMap(({ bytes }) => families.read(bytes)).map(({ name }) => name);
    expect(names).toEqual(["nlctrl", "nlctrl", "NLMSG_ERROR", "ethtool", "NLMSG_ERROR"]);
    expect([...families.names]).toEqual([[ETHTOOL, "ethtool"]]);
    const before = families.types;
    recorded.map(({ bytes }) => families.read(bytes));
    expect(families.types).toBe(before);
  });
  test("is forgotten when the family goes", () => {
    const families = new GenericFamilies([[ETHTOOL, "ethtool"]]);
    const attrs = { familyId: ETHTOOL, familyName: "ethtool" };
    expect(families.learn({ name: "nlctrl", header: { cmd: CTRL_CMD.DELFAMILY }, attrs })).toBe(true);
    expect([...families.names]).toEqual([]);
    expect(families.learn({ name: "nlctrl", header: { cmd: CTRL_CMD.DELFAMILY }, attrs })).toBe(false);
    expect(families.learn({ name: "RTM_NEWLINK", header: {}, attrs })).toBe(false);
  });
  test("without it, the header and the attributes by number", () => {
    const request = recorded.filter(({ direction }) => direction === ">")[1]?.bytes ?? new Uint8Array();
    const [message] = decodeMessages(request, { types: generic });
    expect(message).toMatchObject({
      name: "genlmsghdr",
      type: ETHTOOL,
      header: { cmd: CMD.RINGS_GET, version: 1 },
      attrs: { unknown: [{ word: 0x8001 }] },
    });
    const named = genericTypes(new Map([[ETHTOOL, "devlink"]]));
    expect(decodeMessages(request, { types: named })[0]?.name).toBe("genl:devlink");
  });
  test("nlctrl needs nobody to name it", () => {
    expect(generic.byType.get(GENL_ID_CTRL)?.name).toBe("nlctrl");
    expect(genericTypes(new Map()).byName.get("nlctrl")?.type).toBe(GENL_ID_CTRL);
  });
});
