// Opens one socket of every sort that NETLINK_SOCK_DIAG knows, in the namespace that it is started in, and keeps them until it is killed.
// Plain JavaScript, so that Node runs it as it is.
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import koffi from "koffi";

const libc = koffi.load(null);
const socket = libc.func("int socket(int, int, int)");
const bind = libc.func("int bind(int, const void *, uint32_t)");
const listen = libc.func("int listen(int, int)");
const setsockopt = libc.func("int setsockopt(int, int, int, const void *, uint32_t)");
const check = (what, result) => {
  if (result < 0) throw new Error(`${what} failed`);
  return result;
};

const server = async (...where) => {
  const made = createServer((peer) => peer.pause()).listen(...where);
  await once(made, "listening");
  return made;
};
const client = async (...where) => {
  const made = connect(...where);
  await once(made, "connect");
  return made;
};

const directory = process.argv[2];
await server(5555, "127.0.0.1", 7);
await server(6666, "::", 3);
(await client(5555, "127.0.0.1")).write(Buffer.alloc(1000));
await client(6666, "::1");
// A socket of IPv6 that talks IPv4.
await client(6666, "127.0.0.1");
const udp = createSocket("udp4").bind(5353, "127.0.0.1");
await once(udp, "listening");
const udp6 = createSocket({ type: "udp6", ipv6Only: true }).bind(5354, "::1");
await once(udp6, "listening");
udp6.connect(99, "::1");
await once(udp6, "connect");
await server(`${directory}/path`);
await client(`${directory}/path`);

/** An abstract name with a NUL in it, which Node's own sockets do not make. */
const unix = check("socket", socket(1, 1, 0));
const name = Buffer.concat([Buffer.from([1, 0]), Buffer.from("\0nlkit\0test")]);
check("bind", bind(unix, name, name.length));
check("listen", listen(unix, 4));

const marked = check("socket", socket(2, 1, 0));
setsockopt(marked, 1, 36, Buffer.from([0x17, 0, 0, 0]), 4); // SO_MARK
const address = Buffer.from([2, 0, 0x1e, 0x61, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]); // 127.0.0.1:7777
check("bind", bind(marked, address, 16));
check("listen", listen(marked, 2));

const netlink = check("socket", socket(16, 3, 0));
const port = Buffer.alloc(12);
port.writeUInt16LE(16, 0);
port.writeUInt32LE(4242, 4);
port.writeUInt32LE(0x41, 8); // RTNLGRP_LINK, RTNLGRP_IPV4_ROUTE
check("bind", bind(netlink, port, 12));

const packet = check("socket", socket(17, 3, 0x0300)); // ETH_P_ALL
const link = Buffer.alloc(20);
link.writeUInt16LE(17, 0);
link.writeUInt16BE(3, 2);
link.writeInt32LE(1, 4); // lo
check("bind", bind(packet, link, 20));

console.log("ready");
setInterval(() => {}, 1 << 30);
