// The one list of what recorded requests hold and an object cannot say. Nothing else is set aside but nlmsg_seq and nlmsg_pid.

/** How one request differs from what our message encodes to. */
export interface Exception {
  readonly file: string;
  /** Which request of the item, counted from 0. */
  readonly request: number;
  /** Hex put at the message's end: nlmsg_len counts it. */
  readonly inside?: string;
  /** Hex put behind the message: nlmsg_len does not count it. */
  readonly behind?: string;
  /** Hex put over zeros from this byte on. */
  readonly over?: { readonly at: number; readonly hex: string };
  readonly why: string;
}

const zeros = (bytes: number): string => "00".repeat(bytes);

const DUMP_BUFFER =
  "iproute2 sends its whole request structure, with the room for filters that it does not use: 128 bytes, of neighbours 256";
const LINK_HEADER = "the library's list calls send an ifinfomsg, 16 bytes, whatever header is due";

export const exceptions: readonly Exception[] = [
  { file: "iproute2/seed-07-address-show.txt", request: 1, behind: zeros(128), why: DUMP_BUFFER },
  { file: "iproute2/seed-10-ns1-address-show.txt", request: 1, behind: zeros(128), why: DUMP_BUFFER },
  { file: "iproute2/addr-show-v6.txt", request: 1, behind: zeros(128), why: DUMP_BUFFER },
  { file: "iproute2/route-show-all.txt", request: 0, behind: zeros(128), why: DUMP_BUFFER },
  { file: "iproute2/route-show6.txt", request: 0, behind: zeros(128), why: DUMP_BUFFER },
  { file: "iproute2/neigh-show.txt", request: 1, behind: zeros(256), why: DUMP_BUFFER },
  { file: "iproute2/neigh-show-proxy.txt", request: 1, behind: zeros(256), why: DUMP_BUFFER },
  { file: "iproute2/bridge-fdb-show.txt", request: 1, behind: zeros(256), why: DUMP_BUFFER },
  {
    file: "iproute2/netns-list-id.txt",
    request: 10,
    inside: zeros(3),
    why: "iproute2 counts the padding behind the one byte of rtgenmsg into nlmsg_len; we end with the byte",
  },
  // 16 bytes less ifaddrmsg's 8.
  { file: "docker-library/addr-list-v4.txt", request: 1, inside: zeros(8), why: LINK_HEADER },
  // 16 bytes less rtmsg's 12.
  { file: "docker-library/route-list-v4.txt", request: 0, inside: zeros(4), why: LINK_HEADER },
  {
    file: "docker-library/rule-add.txt",
    request: 0,
    over: { at: 21, hex: "03" },
    why: "the library writes an rtmsg: its protocol, RTPROT_BOOT, stands where a rule has a reserved byte",
  },
  {
    file: "docker-library/neigh-list.txt",
    request: 1,
    over: { at: 17, hex: "fe1100" },
    why: "the three bytes of padding in ndmsg hold what was in the program's memory",
  },
];
