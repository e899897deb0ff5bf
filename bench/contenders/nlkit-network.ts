// Endpoints connected to one network: by nlkit, and by a loop that sends the very datagrams that nlkit sent to change something.
// `record N` notes them down in a file; `connect N` and `bare N` do the work. Each in namespaces of its own, whose names and whose file the
// environment gives: links have the same indexes in each then.
import { readFileSync, writeFileSync } from "node:fs";
import { Host, Networks, type OpenTransport } from "../../src/network/index.ts";
import { openNetns, openSocket, type Transport } from "../../src/socket/index.ts";
import { type Outcome, serve } from "./worker.ts";

const name = (i: number): string => `${process.env["NLKIT_BENCH_PREFIX"]}${i}`;
const HOST = process.env["NLKIT_BENCH_HOST"] ?? "";
const NETWORK = { name: "web", ipv6: true, subnets: ["10.64.0.0/16", "fd64::/64"] } as const;
/** Readiness and announcements wait for the network, not for the processor. */
const AT_ONCE = { wait: 0, announce: 0 } as const;

const WARM = 100;

/** By the clock, and on a processor: of a machine that others use too the second says more. */
const now = (): { readonly ns: bigint; readonly cpu: NodeJS.CpuUsage } => ({
  ns: process.hrtime.bigint(),
  cpu: process.cpuUsage(),
});
const since = ({ ns, cpu }: ReturnType<typeof now>): Pick<Outcome, "ns" | "more"> => {
  const { user, system } = process.cpuUsage(cpu);
  return { ns: Number(process.hrtime.bigint() - ns), more: [user, system] };
};

/** One datagram, and where it went. */
interface Said {
  readonly protocol: number;
  readonly inside: boolean;
  readonly bytes: Uint8Array;
}
const FILE = process.env["NLKIT_BENCH_FILE"] ?? "";
const load = (): Said[][] => {
  const all = JSON.parse(readFileSync(FILE, "utf8")) as (Omit<Said, "bytes"> & { readonly bytes: string })[][];
  return all.map((some) => some.map((said) => ({ ...said, bytes: Uint8Array.from(Buffer.from(said.bytes, "hex")) })));
};
const store = (all: readonly Said[][]): void => {
  const text = all.map((some) => some.map((said) => ({ ...said, bytes: Buffer.from(said.bytes).toString("hex") })));
  writeFileSync(FILE, JSON.stringify(text));
};

const NLM_F_DUMP = 0x300;
const isDump = (bytes: Uint8Array): boolean =>
  (new DataView(bytes.buffer, bytes.byteOffset).getUint16(6, true) & NLM_F_DUMP) === NLM_F_DUMP;

const recordingTo =
  (see: (said: Said) => void): OpenTransport =>
  (options) => {
    const inner = openSocket(options);
    const inside = options.netns !== undefined && opened++ > 0 && options.protocol === 0;
    return {
      portId: inner.portId,
      send(bytes) {
        see({ protocol: options.protocol, inside, bytes: bytes.slice() });
        inner.send(bytes);
      },
      receive: (buffer) => inner.receive(buffer),
      wait: (wake) => inner.wait(wake),
      cancel: () => inner.cancel(),
      block: (ms) => inner.block(ms),
      close: () => inner.close(),
      events: inner.events,
    };
  };
/** The first socket of NETLINK_ROUTE is the host's. */
let opened = 0;

const create = async (networks: Networks): Promise<void> => void (await networks.create(NETWORK));

/** IFLA_NET_NS_FD, in the peer of a new pair. */
const HEADER = [8, 0, 28, 0];
const withFd = (bytes: Uint8Array, fd: number): Uint8Array => {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(Uint8Array.from(HEADER));
  if (at < 0) return bytes;
  const copy = bytes.slice();
  new DataView(copy.buffer).setUint32(at + 4, fd, true);
  return copy;
};

const drain = (transport: Transport, buffer: Uint8Array): void => {
  for (;;) {
    const length = transport.receive(buffer);
    if (length === undefined) return;
    const view = new DataView(buffer.buffer);
    for (let at = 0; at + 20 <= length; at += (view.getUint32(at, true) + 3) & ~3) {
      const error = view.getInt32(at + 16, true);
      // -101: the question for a default route that is not there.
      if (view.getUint16(at + 4, true) === 2 && error !== 0 && error !== -101) throw new Error(`refused: ${error}`);
    }
  }
};

await serve(
  {
    record: async (count): Promise<Outcome> => {
      const recorded: Said[][] = [];
      let current: Said[] = [];
      opened = 0;
      const host = new Host({ netns: HOST, open: recordingTo((said) => current.push(said)) });
      await using networks = new Networks(host);
      await create(networks);
      for (let i = 0; i < count; i++) {
        current = [];
        await networks.connect("web", { netns: name(i), ...AT_ONCE });
        recorded.push(current.filter(({ bytes }) => !isDump(bytes)));
      }
      store(recorded);
      return { count: recorded.flat().length };
    },
    // For `bare`: the network that its datagrams are about.
    create: async (): Promise<Outcome> => {
      await using networks = await Networks.open({ netns: HOST });
      await create(networks);
      return { count: 1 };
    },
    connect: async (count): Promise<Outcome> => {
      await using networks = await Networks.open({ netns: HOST });
      await create(networks);
      // The compiler's time is that of a program's first calls, not of an endpoint.
      for (let i = 0; i < WARM; i++) {
        await networks.connect("web", { netns: name(0), ...AT_ONCE });
        await networks.disconnect("web", name(0));
      }
      const begin = now();
      for (let i = 0; i < count; i++) await networks.connect("web", { netns: name(i), ...AT_ONCE });
      return { count, ...since(begin) };
    },
    bare: (count): Outcome => {
      const recorded = load();
      const begin = now();
      const buffer = new Uint8Array(1 << 18);
      const host = new Map([0, 12].map((protocol) => [protocol, openSocket({ protocol, netns: HOST })]));
      for (let i = 0; i < count; i++) {
        const netns = openNetns(name(i));
        const inside = openSocket({ protocol: 0, netns: { fd: netns.fd } });
        for (const { protocol, inside: isInside, bytes } of recorded[i] ?? []) {
          const socket = isInside ? inside : (host.get(protocol) as Transport);
          socket.send(withFd(bytes, netns.fd));
          drain(socket, buffer);
        }
        inside.close();
        netns.close();
      }
      for (const socket of host.values()) socket.close();
      return { count, ...since(begin) };
    },
  },
  () => {},
);
