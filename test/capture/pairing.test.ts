// Which answer belongs to which request.
import { expect, test } from "vitest";
import { type Paired, Pairing } from "../../src/capture/pairing.ts";

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
  expect(pairing.answer(error({ seq: 2 }))).toMatchObject({ request: { label: "b" }, last: true });
  expect(pairing.open.map(({ label }) => label)).toEqual(["a"]);
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
  for (let i = 0; i < 3; i++) expect(pairing.answer(said("", { flags: MULTI, pid: 100 }))?.last).toBe(false);
  expect(pairing.answer(said("", { type: 3, flags: MULTI, pid: 100 }))?.last).toBe(true);
  pairing.ask(said("get", { type: 18, flags: ACK }));
  expect(pairing.answer(said("", { flags: 0, pid: 100 }))?.last).toBe(false);
  expect(pairing.answer(error())?.last).toBe(true);
  pairing.ask(said("get", { type: 18, flags: 1 }));
  expect(pairing.answer(said("", { flags: 0, pid: 100 }))?.last).toBe(true);
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
  pairing.ask(said("begin", { type: 16, flags: 1, due: false }));
  pairing.ask(said("rule", { type: 2566, flags: 1, due: false }));
  pairing.ask(said("get", { type: 2576, flags: 1, due: true }));
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
test("requests without an answer do not fill the memory: the oldest go", () => {
  const pairing = new Pairing<Said>();
  for (let seq = 0; seq < 5000; seq++) pairing.ask(said("", { seq }));
  expect(pairing.open).toHaveLength(4096);
  expect(pairing.open[0]?.seq).toBe(5000 - 4096);
});
