// strace -yy calls a socket by its port, and ports are used again, at once: by several threads of Go's runtime, for example.
import { expect, test } from "vitest";
import { isCaptured } from "../../src/capture/datagram.ts";
import { straceParser } from "../../src/capture/strace.ts";

const DUMP = " | 00000  10 00 00 00 03 00 00 00  01 00 00 00 00 00 00 00  ................ |\n";
const send = (pid: number, fd: number, port: number): string =>
  `${pid} 1.5 sendto(${fd}<NETLINK:[ROUTE:${port}]>, [], 16, 0, {}, 12) = 16\n${DUMP}`;
const socketsOf = (log: string): (string | undefined)[] => {
  const parser = straceParser();
  return [...parser.push(Buffer.from(log)), ...parser.end()].filter(isCaptured).map(({ socket }) => socket);
};

test("a port that was closed is another socket's", () => {
  const log = `7 1.0 socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 3<NETLINK:[11]>
${send(7, 3, 7)}7 1.0 close(3<NETLINK:[ROUTE:7]>) = 0
7 1.0 socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 4<NETLINK:[12]>
${send(7, 4, 7)}`;
  expect(socketsOf(log)).toEqual(["7:3", "7:4"]);
});
test("the number is given to another thread before close has returned", () => {
  const log = `7 1.0 clone(CLONE_FILES) = 8
7 1.0 socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 3<NETLINK:[11]>
${send(7, 3, 7)}7 1.0 close(3<NETLINK:[ROUTE:7]> <unfinished ...>
8 1.0 socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 3<NETLINK:[12]>
7 1.0 <... close resumed>) = 0
${send(8, 3, 7)}${send(7, 3, 7)}`;
  expect(socketsOf(log)).toEqual(["7:3", "8:3", "8:3"]);
});
