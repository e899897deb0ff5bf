// Sockets in every state that they can be kept in, in the namespace that it is started in, until it is killed. What cannot be reached
// without losing packets waits for a line on standard input: by then the test has seen to it that they are lost.
// Plain JavaScript, so that Node runs it as it is.
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { createInterface } from "node:readline";
import koffi from "koffi";

const libc = koffi.load(null);
const socket = libc.func("int socket(int, int, int)");
const socketpair = libc.func("int socketpair(int, int, int, _Out_ int *)");
const bind = libc.func("int bind(int, const void *, uint32_t)");
const listen = libc.func("int listen(int, int)");
const shutdown = libc.func("int shutdown(int, int)");
const connectTo = libc.func("connect", "int", ["int", "const void *", "uint32_t"]);
const write = libc.func("int64_t write(int, const void *, uint64_t)");
const check = (what, result) => {
  if (result < 0) throw new Error(`${what} failed`);
  return result;
};

const [AF_UNIX, STREAM, DGRAM, SEQPACKET, NONBLOCK] = [1, 1, 2, 5, 0o4000];
const directory = process.argv[2];

const address = (name) => Buffer.concat([Buffer.from([AF_UNIX, 0]), Buffer.from(name)]);
const bound = (type, name) => {
  const fd = check("socket", socket(AF_UNIX, type, 0));
  const where = address(name);
  check(`bind ${JSON.stringify(name.toString())}`, bind(fd, where, where.length));
  return fd;
};
const connected = (type, name) => {
  const fd = check("socket", socket(AF_UNIX, type | NONBLOCK, 0));
  const where = address(name);
  check("connect", connectTo(fd, where, where.length));
  return fd;
};

const unix = () => {
  // Names that a terminal, a shell or a parser trips over; paths are relative: sun_path has 108 bytes.
  process.chdir(directory);
  listen(bound(STREAM, "plain"), 7);
  connected(STREAM, "plain");
  connected(STREAM, "plain");
  bound(STREAM, "with space");
  bound(STREAM, "esc \u001b[31mred \u202ebidi 漢");
  bound(STREAM, "new\nline");
  bound(STREAM, 'u_str "quoted" * 1');
  bound(STREAM, Buffer.from([0x62, 0x61, 0x64, 0xff, 0xfe, 0x80]));
  bound(DGRAM, "p".repeat(108));
  bound(DGRAM, "\0abstract");
  bound(DGRAM, "\0with\0nul and \u001b[0m");
  bound(DGRAM, `\0${"a".repeat(107)}`);
  // No name of its own: the kernel gives it one of five digits.
  const auto = check("socket", socket(AF_UNIX, DGRAM, 0));
  check("autobind", bind(auto, Buffer.from([AF_UNIX, 0]), 2));
  connected(DGRAM, "\0abstract");
  listen(bound(SEQPACKET, "seq"), 3);
  connected(SEQPACKET, "seq");
  const pair = [0, 0];
  check("socketpair", socketpair(AF_UNIX, STREAM, 0, pair));
  write(pair[0], Buffer.alloc(1234), 1234);
  const half = [0, 0];
  check("socketpair", socketpair(AF_UNIX, SEQPACKET, 0, half));
  shutdown(half[0], 1);
  check("socket", socket(AF_UNIX, STREAM, 0));
};

const server = async (port, host) => {
  const peers = [];
  const made = createServer({ allowHalfOpen: true }, (peer) => {
    peer.on("error", () => {});
    peers.push(peer);
    peer.resume();
  }).listen(port, host);
  await once(made, "listening");
  return { made, peers };
};
const client = async (port, host, options = {}) => {
  const made = connect({ port, host, allowHalfOpen: true, ...options });
  made.on("error", () => {});
  await once(made, "connect");
  return made;
};
const settled = () => new Promise((resolve) => setTimeout(resolve, 50));

const udp = async () => {
  for (const [type, port, host] of [
    ["udp4", 5353, "127.0.0.1"],
    ["udp6", 5354, "::1"],
    ["udp6", 5355, "::"],
  ]) {
    const made = createSocket(type).bind(port, host);
    await once(made, "listening");
    if (port !== 5354) continue;
    made.connect(99, host);
    await once(made, "connect");
  }
};

const tcp = async () => {
  const pairs = async (port) => {
    const { peers } = await server(port, "127.0.0.1");
    return async () => {
      const mine = await client(port, "127.0.0.1");
      while (peers.length === 0) await settled();
      return [mine, peers.pop()];
    };
  };
  const one = await pairs(8080);
  await server(8081, "::");
  await client(8081, "::1", { keepAlive: true, keepAliveInitialDelay: 5_000_000 });
  await client(8081, "127.0.0.1");
  // FIN-WAIT-2 and CLOSE-WAIT.
  const [leaving] = await one();
  leaving.end();
  // TIME-WAIT.
  const [first, second] = await one();
  first.end();
  await once(second, "end");
  second.end();
  // For later.
  const [sender] = await one();
  const [closing] = await one();
  const [gone, closed] = await one();
  gone.end();
  await once(closed, "end");
  // Of those two ports the test lets through: what goes to 8082, what comes from 8083.
  await server(8082, "127.0.0.1");
  const [left, right] = await (await pairs(8083))();
  await settled();
  console.log("ready");
  await once(createInterface({ input: process.stdin }), "line");
  // Bytes that nobody acknowledges, FIN-WAIT-1, LAST-ACK, SYN-SENT; SYN-RECV, where the answer is lost; CLOSING, where one end's FIN is.
  sender.write(Buffer.alloc(777));
  closing.end();
  closed.end();
  connect({ port: 9, host: "127.0.0.1" }).on("error", () => {});
  connect({ port: 9, host: "::1" }).on("error", () => {});
  connect({ port: 8082, host: "127.0.0.1" }).on("error", () => {});
  left.end();
  await settled();
  right.end();
  await settled();
  console.log("silent");
};

unix();
await udp();
await tcp();
setInterval(() => {}, 1 << 30);
