// Logs of strace: who spoke to whom, however the lines are mixed.
import { expect, test } from "vitest";
import { type CaptureItem, isCaptured, openCapture } from "../../src/capture/index.ts";

const read = async (log: string): Promise<CaptureItem[]> => {
  const parser = await openCapture("strace");
  return [...parser.push(new TextEncoder().encode(log)), ...parser.end()];
};
/** Socket, direction, protocol, first byte behind the header, time: what tells the datagrams below apart. */
const told = async (log: string): Promise<unknown[]> =>
  (await read(log)).map((item) =>
    isCaptured(item)
      ? [item.socket, item.direction, item.protocol.replace("NETLINK_", ""), item.bytes[16], item.time]
      : item.problem,
  );
const dump = (mark: number): string =>
  ` | 00000  14 00 00 00 10 00 01 00  00 00 00 00 00 00 00 00  ................ |\n | 00010  ${mark.toString(16).padStart(2, "0")} 00 00 00                                       ....             |\n`;
const SEND = '[{nlmsg_len=20, nlmsg_type=RTM_NEWLINK}, "..."], 20, 0, NULL, 0';

test("calls that others interrupt, of several processes", async () => {
  const log = `100 1000000001.000000 socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE) = 3
200 1000000001.000001 socket(AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER) = 3
100 1000000002.000000 sendto(3, ${SEND} <unfinished ...>
200 1000000002.000001 recvmsg(3,  <unfinished ...>
100 1000000002.000002 <... sendto resumed>) = 20
${dump(1)}200 1000000002.000009 <... recvmsg resumed>{msg_iov=[{iov_base="..."}], msg_flags=0}, 0) = 20
 * 20 bytes in buffer 0
${dump(2)}100 +++ exited with 0 +++
--- SIGCHLD {si_signo=SIGCHLD} ---
`;
  expect(await told(log)).toEqual([
    ["100:3", ">", "ROUTE", 1, 1_000_000_002_000_000_000n],
    ["200:3", "<", "NETFILTER", 2, 1_000_000_002_000_009_000n],
  ]);
});

test("descriptors that are copied, inherited, closed", async () => {
  const log = `[pid 7] socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG) = 3
[pid 7] dup2(3, 9) = 9
[pid 7] close(3) = 0
[pid 7] openat(AT_FDCWD, "/x", O_RDONLY) = 3
[pid 7] write(3, "x", 20) = 20
${dump(1)}[pid 7] write(9, "x", 20) = 20
${dump(2)}[pid 7] clone(child_stack=NULL, flags=CLONE_CHILD_SETTID|SIGCHLD) = 8
[pid 8] write(9, "x", 20) = 20
${dump(3)}[pid 8] close(9) = 0
[pid 8] write(9, "x", 20) = 20
${dump(4)}[pid 7] fcntl(9, F_DUPFD_CLOEXEC, 20) = 20
[pid 7] read(20, "x", 4096) = 20
${dump(5)}[pid 7] clone(child_stack=0x1, flags=CLONE_VM|CLONE_FILES|CLONE_THREAD) = 9
[pid 9] close(20) = 0
[pid 7] read(20, "x", 4096) = 20
${dump(6)}`;
  expect(await told(log)).toEqual([
    ["7:3", ">", "SOCK_DIAG", 2, undefined],
    ["7:3", ">", "SOCK_DIAG", 3, undefined],
    ["7:3", "<", "SOCK_DIAG", 5, undefined],
  ]);
});

test("names by -y and -yy; threads share a socket", async () => {
  const log = `1 socket(AF_NETLINK, SOCK_RAW, NETLINK_GENERIC) = 5<socket:[77]>
2 sendto(5<socket:[77]>, ${SEND}) = 20
${dump(1)}3 recvfrom(6<NETLINK:[XFRM:4711]>, "...", 4096, 0, NULL, NULL) = 20
${dump(2)}3 read(7</tmp/NETLINK:[ROUTE:1]>, "...", 20) = 20
${dump(3)}3 sendto(8<TCP:[127.0.0.1:1->127.0.0.1:2]>, "nlmsg_len=", 20, 0, NULL, 0) = 20
${dump(4)}`;
  expect(await told(log)).toEqual([
    ["1:5", ">", "GENERIC", 1, undefined],
    ["3:6", "<", "XFRM", 2, undefined],
  ]);
});

test("without the socket() call: by what strace prints of the messages", async () => {
  const named = (type: string): string =>
    `sendto(3, [{nlmsg_len=20, nlmsg_type=${type}}, "..."], 20, 0, NULL, 0) = 20\n${dump(1)}`;
  for (const [type, protocol] of [
    ["RTM_GETLINK", "ROUTE"],
    ["NFNL_SUBSYS_NFTABLES<<8|NFT_MSG_GETGEN", "NETFILTER"],
    ["SOCK_DIAG_BY_FAMILY", "SOCK_DIAG"],
    ["nlctrl", "GENERIC"],
  ]) {
    expect(await told(named(type ?? "")), type).toEqual([[":3", ">", protocol, 1, undefined]]);
  }
});

test("several datagrams of one call; what is only looked at; a datagram in two buffers", async () => {
  const log = `socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 3
sendmmsg(3, [{msg_hdr={msg_iov=[{iov_base="..."}]}, msg_len=20}, {msg_len=20}], 2, 0) = 2
 = 1 buffers in vector 0
 * 20 bytes in buffer 0
${dump(1)} = 1 buffers in vector 1
 * 20 bytes in buffer 0
${dump(2)}recvmsg(3, {msg_iov=[{iov_base="..."}], msg_flags=MSG_TRUNC}, MSG_PEEK|MSG_TRUNC) = 20
 * 20 bytes in buffer 0
${dump(3)}recvmsg(3, {msg_flags=0}, MSG_DONTWAIT) = -1 EAGAIN (Resource temporarily unavailable)
sendmsg(3, {msg_iov=[{iov_base="..."}, {iov_base="..."}], msg_iovlen=2}, 0) = 20
 * 16 bytes in buffer 0
 | 00000  14 00 00 00 10 00 01 00  00 00 00 00 00 00 00 00  ................ |
 * 4 bytes in buffer 1
 | 00000  04 00 00 00                                       ....             |
recvmsg(3, {msg_iov=[{iov_base="..."}], msg_flags=MSG_TRUNC}, MSG_TRUNC) = 60
 * 20 bytes in buffer 0
${dump(5)}`;
  const items = await read(log);
  expect(items.filter((item) => !isCaptured(item))).toEqual([]);
  expect(items.filter(isCaptured).map(({ bytes, truncated }) => [bytes.length, bytes[16], truncated])).toEqual([
    [20, 1, undefined],
    [20, 2, undefined],
    [20, 4, undefined],
    [20, 5, 60],
  ]);
});

test("what was lost is said, in its place; a socket that has nothing is not", async () => {
  const log = `100 1000000001.000000 socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 3
100 1000000002.000000 recvmsg(3, {msg_namelen=12}, MSG_DONTWAIT) = -1 EAGAIN (Resource temporarily unavailable)
100 1000000003.000000 recvmsg(3, {msg_namelen=12}, 0) = ? ERESTARTSYS (To be restarted if SA_RESTART is set)
100 1000000004.000000 recvmsg(3,  <unfinished ...>
100 1000000005.000000 <... recvmsg resumed>{msg_namelen=12}, 0) = -1 ENOBUFS (No buffer space available) <0.900000>
100 1000000006.000000 recvmsg(3, {msg_iov=[{iov_base="..."}], msg_flags=MSG_TRUNC}, 0) = 20
 * 20 bytes in buffer 0
${dump(1)}100 1000000007.000000 sendto(3, ${SEND}) = -1 EPERM (Operation not permitted)
100 1000000008.000000 recvfrom(4, 0x1, 20, 0, NULL, NULL) = -1 ENOTSOCK (Socket operation on non-socket)
`;
  const said = (await read(log)).map((item) => (isCaptured(item) ? { cut: item.cut } : item));
  expect(said).toEqual([
    {
      problem: "100:3 NETLINK_ROUTE: recvmsg failed: ENOBUFS, messages were lost (the receive buffer was full)",
      line: 5,
      call: {
        ...{ name: "recvmsg", code: "ENOBUFS", protocol: "NETLINK_ROUTE", direction: "<", socket: "100:3" },
        time: 1_000_000_005_000_000_000n,
      },
    },
    { cut: true },
    expect.objectContaining({ call: expect.objectContaining({ code: "EPERM", direction: ">" }) }),
  ]);
});

test("times: -t, -tt, -ttt, -r, and -T, which says when an answer was there", async () => {
  const of = async (prefix: string, suffix = ""): Promise<unknown> =>
    (await read(`${prefix}read(3<NETLINK:[ROUTE:1]>, "..", 99) = 20${suffix}\n${dump(1)}`)).filter(isCaptured)[0]?.time;
  const local = BigInt(new Date(1970, 0, 1, 12, 30, 15).getTime()) * 1_000_000n;
  expect(await of("12:30:15 ")).toBe(local);
  expect(await of("[pid 3] 12:30:15.000250 ")).toBe(local + 250_000n);
  expect(await of("3<ip> 1795552187.161419 ")).toBe(1_795_552_187_161_419_000n);
  expect(await of("1795552187.161419 ", " <0.000081>")).toBe(1_795_552_187_161_500_000n);
  for (const relative of ["     0.000250 ", "12      0.000250 "]) expect(await of(relative)).toBeUndefined();
  expect(await of("")).toBeUndefined();
});
