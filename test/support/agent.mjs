// What runs inside a namespace: servers, clients, a sniffer and a sender of raw frames, ordered about by JSON lines on stdin and answering
// on stdout. Plain JavaScript, so that Node runs it as it is. Started by agent.ts.
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { readlinkSync } from "node:fs";
import { connect, createServer, isIPv6 } from "node:net";
import { createInterface } from "node:readline";
import koffi from "koffi";

const libc = koffi.load(null);
const socket = libc.func("int socket(int, int, int)");
const bind = libc.func("int bind(int, const void *, uint32_t)");
const send = libc.func("int64_t send(int, const void *, size_t, int)");
const recv = libc.func("int64_t recv(int, _Out_ void *, size_t, int)");
const ioctl = libc.func("int ioctl(int, unsigned long, _Inout_ void *)");
const close = libc.func("int close(int)");
const setsockopt = libc.func("int setsockopt(int, int, int, const void *, uint32_t)");
const ETH_P_ALL = 0x0300;
const MSG_DONTWAIT = 0x40;
const SIOCGIFFLAGS = 0x8913;
const SIOCSIFFLAGS = 0x8914;
const SIOCGIFINDEX = 0x8933;

const [me = ""] = process.argv.slice(2);
/** An address as IPv4 sockets say it. */
const plain = (address) => address.replace(/^::ffff:/, "");

const servers = new Map();
/** Answers whoever comes with its own name and the address that it sees. */
const serve = async ({ protocol, port, address }) => {
  if (protocol === "tcp") {
    const server = createServer((peer) => {
      peer.on("error", () => {});
      peer.end(`${me} ${plain(peer.remoteAddress ?? "")}`);
    });
    server.listen({ port, host: address ?? "::" });
    await once(server, "listening");
    servers.set(`tcp ${port}`, server);
    return;
  }
  const v4 = address !== undefined && !isIPv6(address);
  const server = createSocket({ type: v4 ? "udp4" : "udp6" });
  server.on("message", (_, from) => server.send(`${me} ${plain(from.address)}`, from.port, from.address));
  server.on("error", () => {});
  server.bind(port, address ?? "::");
  await once(server, "listening");
  servers.set(`udp ${port}`, server);
};

const tcp = ({ host, port, timeout, from }) =>
  new Promise((resolve) => {
    const client = connect({ host, port, ...(from === undefined ? {} : { localAddress: from }) });
    let text = "";
    const end = (answer) => {
      clearTimeout(timer);
      client.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => end("timeout"), timeout);
    client.on("data", (chunk) => (text += chunk));
    client.on("end", () => end(text));
    client.on("error", (error) => end(error.code));
  });

const udp = ({ host, port, timeout, localPort }) =>
  new Promise((resolve) => {
    const client = createSocket(isIPv6(host) ? "udp6" : "udp4");
    const end = (answer) => {
      clearTimeout(timer);
      clearInterval(again);
      client.close();
      resolve(answer);
    };
    const ask = () => client.send("?", port, host, (error) => error && end(error.code));
    const timer = setTimeout(() => end("timeout"), timeout);
    // A packet of UDP may get lost on a busy machine.
    const again = setInterval(ask, timeout / 3);
    client.on("message", (text) => end(String(text)));
    client.on("error", (error) => end(error.code));
    if (localPort === undefined) ask();
    else client.bind(localPort, ask);
  });

/** struct ifreq: name, and 24 bytes of what is asked. */
const ifreq = (name, value) => {
  const bytes = Buffer.alloc(40);
  bytes.write(name);
  if (value !== undefined) bytes.writeInt16LE(value, 16);
  return bytes;
};
const control = socket(2, 2, 0);
/** Index of a link; 0: there is none. */
const indexOf = (name) => {
  const request = ifreq(name);
  return ioctl(control, SIOCGIFINDEX, request) < 0 ? 0 : request.readInt32LE(16);
};
const packetSocket = (index) => {
  const fd = socket(17, 3, ETH_P_ALL);
  const link = Buffer.alloc(20);
  link.writeUInt16LE(17, 0);
  link.writeUInt16BE(3, 2);
  link.writeInt32LE(index, 4);
  if (fd < 0 || bind(fd, link, 20) < 0) throw new Error("no packet socket");
  return fd;
};

/** Counts the marks of frames that come in by a link. */
const sniffers = [];
const sniff = ({ ifname, mark }) => {
  const fd = packetSocket(indexOf(ifname));
  setsockopt(fd, 1, 33, Buffer.from([0, 0, 0, 4]), 4); // SO_RCVBUFFORCE: 64 MiB
  const seen = {};
  const frame = Buffer.alloc(2048);
  const look = () => {
    for (;;) {
      const length = Number(recv(fd, frame, frame.length, MSG_DONTWAIT));
      if (length <= 0) return;
      const at = frame.subarray(0, length).indexOf(mark);
      if (at < 0) continue;
      const kind = frame.subarray(at + mark.length, at + mark.length + 2).toString();
      seen[kind] = (seen[kind] ?? 0) + 1;
    }
  };
  const timer = setInterval(look, 5);
  sniffers.push({ fd, timer, seen, look });
};
/** What they saw, and the end of them. */
const seen = () => {
  const all = {};
  for (const { fd, timer, seen, look } of sniffers.splice(0)) {
    look();
    clearInterval(timer);
    close(fd);
    for (const [kind, count] of Object.entries(seen)) all[kind] = (all[kind] ?? 0) + count;
  }
  return all;
};

/** As soon as a link of that name is there: up with it, and every frame out by it, again and again. */
let ambush;
const flood = ({ ifname, frames }) => {
  const bytes = frames.map((frame) => Buffer.from(frame, "hex"));
  const run = { sent: 0, links: 0, stop: false };
  ambush = run;
  let index = 0;
  let fd = -1;
  const turn = () => {
    if (run.stop) return void (fd >= 0 && close(fd));
    const now = indexOf(ifname);
    if (now !== index) {
      if (fd >= 0) close(fd);
      fd = -1;
      index = now;
      if (now !== 0) {
        run.links++;
        fd = packetSocket(now);
      }
    }
    if (fd >= 0) {
      const flags = ifreq(ifname);
      ioctl(control, SIOCGIFFLAGS, flags);
      if ((flags.readInt16LE(16) & 1) === 0) ioctl(control, SIOCSIFFLAGS, ifreq(ifname, flags.readInt16LE(16) | 1));
      for (const frame of bytes) if (send(fd, frame, frame.length, MSG_DONTWAIT) > 0) run.sent++;
    }
    setImmediate(turn);
  };
  turn();
};
const stopFlood = () => {
  const { sent = 0, links = 0 } = ambush ?? {};
  if (ambush !== undefined) ambush.stop = true;
  return { sent, links };
};

const orders = {
  serve,
  ask: (order) => (order.protocol === "tcp" ? tcp(order) : udp(order)),
  sniff,
  seen,
  flood,
  stopFlood,
  netns: () => readlinkSync("/proc/self/ns/net"),
};
for await (const line of createInterface({ input: process.stdin })) {
  const { id, op, ...order } = JSON.parse(line);
  Promise.resolve()
    .then(() => orders[op](order))
    .then(
      (answer) => process.stdout.write(`${JSON.stringify({ id, answer })}\n`),
      (error) => process.stdout.write(`${JSON.stringify({ id, error: String(error.message) })}\n`),
    );
}
// Whoever started it is gone.
process.exit();
