// Which answer belongs to which request.
import { expect, test } from "vitest";
import type { Exchange, Paired } from "../../src/capture/exchange.ts";
import { Pairing } from "../../src/capture/pairing.ts";

const ACK = 5;
const MULTI = 2;
interface Said extends Paired {
  readonly label: string;
}
const said = (label: string, facts: Partial<Paired>): Said => ({
  label,
  protocol: "NETLINK_ROUTE",
  socket: "1:3",
  type: 16,
  flags: ACK,
  seq: 1,
  pid: 0,
  ...facts,
});
const error = (facts: Partial<Paired> = {}): Said => said("error", { type: 2, flags: 0, pid: 100, ...facts });

test("by seq; an ack ends it", () => {
  const pairing = new Pairing<Said>();
  pairing.ask(said("a", { seq: 1 }));
  pairing.ask(said("b", { seq: 2 }));
  expect(pairing.answer(error({ seq: 2 }))).toMatchObject({ request: { label: "b" }, outcome: "ack" });
  expect(pairing.open.map(({ request }) => request.label)).toEqual(["a"]);
  expect(pairing.answer(error({ seq: 2 }))).toBeUndefined();
});
test("two programs, one seq: iproute2 takes the time of day for it", () => {
  const pairing = new Pairing<Said>();
  pairing.ask(said("a", { socket: "1:3" }));
  pairing.ask(said("b", { socket: "2:3" }));
  expect(pairing.answer(error({ socket: "2:3" }))?.request.label).toBe("b");
  expect(pairing.answer(error({ socket: "1:3" }))?.request.label).toBe("a");
});
test("an event that somebody's request caused has its seq, and is no answer to one who listens", () => {
  const pairing = new Pairing<Said>();
  pairing.ask(said("a", { socket: "1:3" }));
  expect(pairing.answer(said("event", { socket: "2:4", flags: 0, pid: 100 }))).toBeUndefined();
});
test("a dump goes on to NLMSG_DONE, a GET with an ack to the ack, one without to the object", () => {
  const pairing = new Pairing<Said>();
  pairing.ask(said("dump", { type: 18, flags: 0x301 }));
  for (let i = 0; i < 3; i++) expect(pairing.answer(said("", { flags: MULTI, pid: 100 }))?.outcome).toBeUndefined();
  expect(pairing.answer(said("", { type: 3, flags: MULTI, pid: 100 }))).toMatchObject({ outcome: "done", replies: 4 });
  pairing.ask(said("get", { type: 18, flags: ACK }));
  expect(pairing.answer(said("", { flags: 0, pid: 100 }))?.outcome).toBeUndefined();
  expect(pairing.answer(error())).toMatchObject({ outcome: "ack", replies: 2 });
  pairing.ask(said("get", { type: 18, flags: 1 }));
  expect(pairing.answer(said("", { flags: 0, pid: 100 }))?.outcome).toBe("reply");
  expect(pairing.open).toEqual([]);
});
test("without sockets (nlmon): nlmsg_pid, where the request has one", () => {
  const pairing = new Pairing<Said>();
  pairing.ask(said("a", { socket: undefined, pid: 7 }));
  pairing.ask(said("b", { socket: undefined, pid: 8 }));
  expect(pairing.answer(error({ socket: undefined, pid: 8 }))?.request.label).toBe("b");
  pairing.ask(said("c", { socket: undefined, pid: 0, seq: 2 }));
  expect(pairing.answer(error({ socket: undefined, pid: 99, seq: 2 }))?.request.label).toBe("c");
});
test("an error quotes the type of its request", () => {
  const pairing = new Pairing<Said>();
  pairing.ask(said("begin", { type: 16, flags: 1, name: "NFNL_MSG_BATCH_BEGIN" }));
  pairing.ask(said("rule", { type: 2566, flags: 1, name: "NFT_MSG_NEWRULE" }));
  pairing.ask(said("get", { type: 2576, flags: 1, name: "NFT_MSG_GETGEN" }));
  // nft numbers its questions as it numbered a batch before.
  expect(pairing.answer(said("", { type: 2575, flags: 0, pid: 100 }))?.request.label).toBe("get");
  expect(pairing.answer(error({ about: 2566 }))?.request.label).toBe("rule");
});
test("the same question again: the first was never answered", () => {
  const pairing = new Pairing<Said>();
  pairing.ask(said("a", {}));
  pairing.ask(said("b", {}));
  expect(pairing.answer(error({ about: 16 }))?.request.label).toBe("b");
  expect(pairing.open).toEqual([]);
});
test("protocols are apart", () => {
  const pairing = new Pairing<Said>();
  pairing.ask(said("a", { protocol: "NETLINK_NETFILTER", socket: undefined }));
  expect(pairing.answer(error({ socket: undefined }))).toBeUndefined();
});
test("requests without an answer do not fill the memory: the oldest are given up, and told of", () => {
  const ended: Exchange<Said>[] = [];
  const pairing = new Pairing<Said>((exchange) => void ended.push(exchange));
  for (let seq = 0; seq < 20_000; seq++) pairing.ask(said("", { seq }));
  expect(pairing.open).toHaveLength(16_384);
  expect(pairing.open[0]?.request.seq).toBe(20_000 - 16_384);
  expect(ended).toHaveLength(20_000 - 16_384);
  pairing.end();
  expect(ended.map(({ request }) => request.seq)).toEqual(Array.from({ length: 20_000 }, (_, i) => i));
  expect(ended.every(({ outcome }) => outcome === "none")).toBe(true);
  expect(pairing.open).toEqual([]);
});

const MULTI_DONE = { type: 3, flags: MULTI, error: 0 } as const;
const get = (label: string, facts: Partial<Paired> = {}): Said =>
  said(label, { type: 18, name: "RTM_GETLINK", flags: 0x301, ...facts });

test("without sockets, two dumps of one number: the port of the first answer is the asker's", () => {
  const pairing = new Pairing<Said>();
  const bare = { socket: undefined };
  pairing.ask(get("a", bare));
  pairing.ask(get("b", bare));
  const from = (pid: number, facts: Partial<Paired> = { flags: MULTI }): string | undefined =>
    pairing.answer(said("", { ...bare, pid, ...facts }))?.request.label;
  expect([from(100), from(200), from(200), from(100)]).toEqual(["a", "b", "b", "a"]);
  expect([from(200, MULTI_DONE), from(100, MULTI_DONE)]).toEqual(["b", "a"]);
  expect(from(300)).toBeUndefined();
});
test("a port that is known comes before one that is not", () => {
  const pairing = new Pairing<Said>();
  pairing.ask(get("anybody", { socket: undefined }));
  pairing.ask(get("200", { socket: undefined, pid: 200 }));
  expect(pairing.answer(said("", { socket: undefined, pid: 200, flags: MULTI }))?.request.label).toBe("200");
});
test("several sockets of one process with the same number", () => {
  const pairing = new Pairing<Said>();
  for (const socket of ["1:3", "1:4", "1:5"]) pairing.ask(get(socket, { socket }));
  for (const socket of ["1:5", "1:3", "1:4"]) {
    expect(pairing.answer(said("", { socket, flags: MULTI }))?.request.label).toBe(socket);
  }
});
test("objects of a dump without NLM_F_MULTI do not end it: NLMSG_DONE does; a negative one is a refusal", () => {
  const pairing = new Pairing<Said>();
  pairing.ask(get("dump"));
  expect(pairing.answer(said("", { flags: 0 }))?.outcome).toBeUndefined();
  expect(pairing.answer(said("", { flags: MULTI | 0x10 }))).toMatchObject({ outcome: undefined, interrupted: true });
  expect(pairing.answer(said("", { ...MULTI_DONE, error: -22 }))).toMatchObject({
    outcome: "error",
    error: 22,
    replies: 3,
  });
});
test("the kernel answers a dump with an ack to nobody: NLMSG_DONE is its end", () => {
  const pairing = new Pairing<Said>();
  pairing.ask(get("dump", { flags: 0x305 }));
  expect(pairing.answer(said("", MULTI_DONE))).toMatchObject({ outcome: "done" });
});
test("what a change caused is no answer to it, where no socket tells: only NLM_F_ECHO asks for that", () => {
  const pairing = new Pairing<Said>();
  const bare = { socket: undefined, name: "RTM_NEWLINK" } as const;
  pairing.ask(said("quiet", bare));
  const event = said("", { ...bare, flags: 0, pid: 100 });
  expect(pairing.answer(event)).toBeUndefined();
  expect(pairing.answer(error({ socket: undefined }))).toMatchObject({ replies: 1, outcome: "ack" });
  pairing.ask(said("echo", { ...bare, flags: 1 | 8 }));
  expect(pairing.answer(event)).toMatchObject({ request: { label: "echo" }, outcome: undefined });
});
test("a batch: an ack for each message, in whatever order; what asks for none and is fine ends silently", () => {
  const ended: string[] = [];
  const pairing = new Pairing<Said>(
    ({ request, outcome, error: errno }) => void ended.push(`${request.label} ${outcome} ${errno ?? ""}`.trim()),
  );
  pairing.ask(said("begin", { type: 16, flags: 1, seq: 1, name: "NFNL_MSG_BATCH_BEGIN" }));
  pairing.ask(said("table", { type: 2560, seq: 2, name: "NFT_MSG_NEWTABLE" }));
  pairing.ask(said("chain", { type: 2563, seq: 3, name: "NFT_MSG_NEWCHAIN" }));
  pairing.ask(said("rule", { type: 2566, flags: 1, seq: 4, name: "NFT_MSG_NEWRULE" }));
  pairing.ask(said("end", { type: 17, flags: 1, seq: 5, name: "NFNL_MSG_BATCH_END" }));
  pairing.answer(error({ seq: 3, about: 2563, error: -2 }));
  pairing.answer(error({ seq: 2, about: 2560, error: 0 }));
  pairing.end();
  expect(ended).toEqual(["chain error 2", "table ack", "begin silent", "rule silent", "end silent"]);
});
test("the same number again, while the first still waits: it is given up, and told of", () => {
  const ended: string[] = [];
  const pairing = new Pairing<Said>(({ request, outcome }) => void ended.push(`${request.label} ${outcome}`));
  pairing.ask(get("first"));
  pairing.answer(said("", { flags: MULTI }));
  pairing.ask(get("second"));
  expect(ended).toEqual(["first none"]);
  expect(pairing.answer(said("", MULTI_DONE))?.request.label).toBe("second");
});
test("answers of which the request was not captured, NLMSG_NOOP and NLMSG_OVERRUN belong to nobody", () => {
  const pairing = new Pairing<Said>();
  expect(pairing.answer(error({ seq: 7 }))).toBeUndefined();
  pairing.ask(get("get", { flags: 1 }));
  for (const type of [1, 4]) expect(pairing.answer(said("", { type }))).toBeUndefined();
});
test("neither NLM_F_REQUEST nor NLM_F_ACK: the kernel does not look at it", () => {
  expect(new Pairing<Said>().ask(said("", { flags: 0 }))).toBeUndefined();
});
test("times: to the first answer, and to the last", () => {
  const pairing = new Pairing<Said>();
  pairing.ask(get("dump", { time: 10n }));
  pairing.answer(said("", { flags: MULTI, time: 15n }));
  expect(pairing.answer(said("", { ...MULTI_DONE, time: 30n }))).toMatchObject({ first: 5n, latency: 20n });
});
