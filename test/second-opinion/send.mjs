// Sends every line of a file of hex as a datagram of NETLINK_ROUTE, or of the protocol given behind, from one socket to another: what strace is shown. Unicast between
// two programs is allowed to root, so the kernel's rtnetlink sees nothing of it. Plain JavaScript, so that Node runs it as it is.
import { readFileSync } from "node:fs";
import koffi from "koffi";

const libc = koffi.load(null);
const socket = libc.func("int socket(int, int, int)");
const bind = libc.func("int bind(int, const void *, uint32_t)");
const sendto = libc.func("int64_t sendto(int, const void *, size_t, int, const void *, uint32_t)");
const recv = libc.func("int64_t recv(int, void *, size_t, int)");

const AF_NETLINK = 16;
const SOCK_RAW = 3;
const protocol = Number(process.argv[3] ?? 0);
const MSG_DONTWAIT = 0x40;

/** A socket of its own port id. Bound at once: strace learns a socket's protocol from sock_diag, which lists only bound ones. */
const open = (port) => {
  const address = Buffer.alloc(12); // sockaddr_nl: family, padding, port id, groups
  address.writeUInt16LE(AF_NETLINK, 0);
  address.writeUInt32LE(port, 4);
  const fd = socket(AF_NETLINK, SOCK_RAW, protocol);
  if (fd < 0 || bind(fd, address, address.length) !== 0) throw new Error(`no netlink socket with port id ${port}`);
  return { fd, address };
};

const from = open(1);
const to = open(2);
const received = Buffer.alloc(1 << 17);
for (const line of readFileSync(process.argv[2], "latin1").trim().split("\n")) {
  const bytes = Buffer.from(line, "hex");
  const sent = Number(sendto(from.fd, bytes, bytes.length, 0, to.address, to.address.length));
  // Received at once: the receive buffer never fills, nothing is dropped.
  const got = Number(recv(to.fd, received, received.length, MSG_DONTWAIT));
  if (sent !== bytes.length || got !== sent) throw new Error(`${bytes.length} bytes: sent ${sent}, received ${got}`);
}
