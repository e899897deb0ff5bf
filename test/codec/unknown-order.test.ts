// Where an undeclared attribute goes when the list that holds it is edited.
import { expect, test } from "vitest";
import { decodeMessages, encodeMessage, type RawAttribute } from "../../src/index.ts";

/** Between two that are declared: 0x3f01, 0x3f02, 0x3f01 again. */
const raw = (word: number, mark: number): RawAttribute => ({ word, bytes: Uint8Array.of(mark, 0, 0, 0) });
const bytes = encodeMessage({
  name: "RTM_NEWLINK",
  attrs: { mtu: 1500, unknown: [raw(0x3f01, 1), raw(0x3f02, 2), raw(0x3f01, 3)], ifname: "eth0" },
});
/** nla_type of each attribute, and the mark of an undeclared one. */
const order = (encoded: Uint8Array): string[] => {
  const view = new DataView(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  const out: string[] = [];
  for (let at = 32; at < encoded.length; at += (view.getUint16(at, true) + 3) & ~3) {
    const type = view.getUint16(at + 2, true);
    out.push(type < 0x3f00 ? String(type) : `${type.toString(16)}:${encoded[at + 4]}`);
  }
  return out;
};
const edited = (edit: (unknown: readonly RawAttribute[]) => readonly RawAttribute[]): string[] => {
  const [message] = decodeMessages(bytes, { lossless: true });
  if (message?.name !== "RTM_NEWLINK") throw new TypeError("a link");
  const { unknown = [] } = message.attrs;
  return order(encodeMessage({ ...message, attrs: { ...message.attrs, unknown: edit(unknown) } }));
};
const [MTU, IFNAME] = ["4", "3"];

test("each in its place, of two of one type each is itself", () => {
  expect(edited((unknown) => unknown)).toEqual([MTU, "3f01:1", "3f02:2", "3f01:3", IFNAME]);
  expect(edited((unknown) => [...unknown])).toEqual([MTU, "3f01:1", "3f02:2", "3f01:3", IFNAME]);
});
test("one that is taken out does not move the others, nor does another order of the list", () => {
  expect(edited((unknown) => unknown.filter((_, i) => i !== 0))).toEqual([MTU, "3f02:2", "3f01:3", IFNAME]);
  expect(edited((unknown) => [...unknown].reverse())).toEqual([MTU, "3f01:1", "3f02:2", "3f01:3", IFNAME]);
});
test("a copy is a new attribute: it goes to the end", () => {
  expect(edited(([first, ...rest]) => [...(first === undefined ? [] : [{ ...first }]), ...rest])).toEqual([
    MTU,
    "3f02:2",
    "3f01:3",
    IFNAME,
    "3f01:1",
  ]);
  expect(edited((unknown) => structuredClone(unknown))).toEqual([MTU, IFNAME, "3f01:1", "3f02:2", "3f01:3"]);
});
