// What iproute2 and the Go library in Docker say over and over: builders that take the meaning and give our own message.
import {
  AF,
  type EncodeOptions,
  IFF,
  type LinkAttrs,
  type LinkInfo,
  type MessageInput,
  NLM_F,
  RTEXT_FILTER,
} from "../../src/index.ts";

/** A message as one writes it, and how the program that was recorded sets what an object leaves open. */
export interface GoldenRequest {
  readonly message: MessageInput;
  readonly options: EncodeOptions;
}
/** One recorded command: what it sent, in order. */
export interface GoldenCase {
  /** Its fixture. */
  readonly file: string;
  /** What was run, word for word as in the manifest. */
  readonly command: string;
  readonly requests: readonly GoldenRequest[];
}

/** nlmsg_flags, by what is asked for. */
export const ASK: number = NLM_F.REQUEST;
export const DO: number = NLM_F.REQUEST | NLM_F.ACK;
export const CREATE: number = DO | NLM_F.CREATE | NLM_F.EXCL;
export const REPLACE: number = DO | NLM_F.CREATE | NLM_F.REPLACE;
/** What `ip ntable change` says: replace, and no more. */
export const REPLACE_ONLY: number = DO | NLM_F.REPLACE;
export const DUMP: number = NLM_F.REQUEST | NLM_F.DUMP;

/** iproute2 flags only the nests that the kernel demands it of, and ends names in NUL but not the kinds of links. */
export const IPROUTE2: EncodeOptions = {
  nested: ["IFLA_PROP_LIST", "TCA_ACT_OPTIONS"],
  terminated: ["IFLA_IFNAME", "IFLA_ALT_IFNAME", "NDTA_NAME", "TCA_KIND", "TCA_ACT_KIND"],
};
/** The Go library flags one nest, and ends names and labels in NUL where it makes or looks up… */
export const DOCKER: EncodeOptions = {
  nested: ["IFLA_PROTINFO"],
  terminated: ["IFLA_IFNAME", "IFA_LABEL", "TCA_KIND"],
};
/** …but not where it renames. */
export const DOCKER_RENAME: EncodeOptions = { ...DOCKER, terminated: [] };

/** A request as iproute2 writes it. */
export const ip = (message: MessageInput): GoldenRequest => ({ message, options: IPROUTE2 });
/** A request as Docker's library writes it. */
export const docker = (message: MessageInput): GoldenRequest => ({ message, options: DOCKER });

// ---- iproute2

/** Before it changes a link iproute2 tries whether the kernel knows RTM_NEWLINK at all: an empty one, which must fail. */
export const ipProbe = (): GoldenRequest => ip({ name: "RTM_NEWLINK", flags: DO });

/** "dev br0": its index is asked for first. */
export const ipLinkByName = (ifname: string): GoldenRequest =>
  ip({
    name: "RTM_GETLINK",
    flags: ASK,
    attrs: { extMask: RTEXT_FILTER.VF | RTEXT_FILTER.SKIP_STATS, ifname },
  });

/** The name of an index that an answer held, for printing it. */
export const ipLinkByIndex = (index: number): GoldenRequest =>
  ip({
    name: "RTM_GETLINK",
    flags: ASK,
    header: { index },
    attrs: { extMask: RTEXT_FILTER.VF | RTEXT_FILTER.SKIP_STATS },
  });

/** All links. Of one family they are asked for without a mask. */
export const ipLinks = (family: number = AF.UNSPEC): GoldenRequest =>
  ip({
    name: "RTM_GETLINK",
    flags: DUMP,
    header: { family },
    attrs: family === AF.UNSPEC ? { extMask: RTEXT_FILTER.VF } : {},
  });

/** `ip link set`: one attribute of a link that was looked up. */
export const ipSetLink = (index: number, attrs: LinkAttrs): GoldenRequest =>
  ip({ name: "RTM_NEWLINK", flags: DO, header: { index }, attrs });

/** `ip link set up`. */
export const ipLinkUp = (index: number): GoldenRequest =>
  ip({ name: "RTM_NEWLINK", flags: DO, header: { index, flags: IFF.UP, change: IFF.UP } });

/** `ip link add`: all that the link shall have. */
export const ipAddLink = (attrs: LinkAttrs): GoldenRequest => ip({ name: "RTM_NEWLINK", flags: CREATE, attrs });

/** The id of a namespace that is open as `fd`. */
export const ipNetnsId = (fd: number): GoldenRequest => ip({ name: "RTM_GETNSID", flags: ASK, attrs: { fd } });

// ---- Docker's library

/** LinkByName. */
export const dockerLinkByName = (ifname: string): GoldenRequest =>
  docker({ name: "RTM_GETLINK", flags: DO, attrs: { extMask: RTEXT_FILTER.VF, ifname } });

/** LinkAdd: the name first, the kind last. */
export const dockerLinkAdd = (ifname: string, attrs: LinkAttrs, linkinfo: LinkInfo): GoldenRequest =>
  docker({ name: "RTM_NEWLINK", flags: CREATE, attrs: { ifname, ...attrs, linkinfo } });

/** LinkSetMTU, LinkSetMaster, LinkSetNsFd, LinkSetHardwareAddr: one attribute. */
export const dockerSetLink = (index: number, attrs: LinkAttrs): GoldenRequest =>
  docker({ name: "RTM_SETLINK", flags: DO, header: { index }, attrs });

/** LinkSetName. */
export const dockerRename = (index: number, ifname: string): GoldenRequest => ({
  ...dockerSetLink(index, { ifname }),
  options: DOCKER_RENAME,
});

/** LinkSetUp. */
export const dockerLinkUp = (index: number): GoldenRequest =>
  docker({ name: "RTM_NEWLINK", flags: DO, header: { index, flags: IFF.UP, change: IFF.UP } });

/** LinkSetDown. */
export const dockerLinkDown = (index: number): GoldenRequest =>
  docker({ name: "RTM_NEWLINK", flags: DO, header: { index, flags: 0, change: IFF.UP } });

/** LinkSetHairpin and its like: a setting of a bridge's port. */
export const dockerBridgePort = (index: number, setting: { mode?: number; learning?: number }): GoldenRequest =>
  docker({
    name: "RTM_SETLINK",
    flags: DO,
    header: { family: AF.BRIDGE, index },
    attrs: { protinfo: { bridge: setting } },
  });

/** LinkDel. */
export const dockerLinkDelete = (index: number): GoldenRequest =>
  docker({ name: "RTM_DELLINK", flags: DO, header: { index } });
