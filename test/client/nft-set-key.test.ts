// Keys of sets: what nft lists is what one would have typed.
import { expect, test } from "vitest";
import {
  Nftables,
  newElements,
  newSet,
  newTable,
  type SetKeyType,
  type SetKeyValue,
  setKey,
} from "../../src/client/index.ts";
import { NFPROTO } from "../../src/index.ts";
import { live, withNetns } from "../support/live.ts";
import { listText } from "../support/nft.ts";

type Types = readonly [SetKeyType, ...SetKeyType[]];
const cases: [types: Types, values: readonly SetKeyValue[], text: string][] = [
  [["ipv4_addr"], ["10.0.0.1"], "10.0.0.1"],
  [["ipv6_addr"], ["2001:db8::1"], "2001:db8::1"],
  [["ether_addr"], ["02:42:ac:11:00:02"], "02:42:ac:11:00:02"],
  [["inet_proto"], ["udp"], "udp"],
  [["inet_service"], [8080], "8080"],
  [["mark"], [0x17], "0x00000017"],
  [["ifname"], ["br0"], '"br0"'],
  [["ipv4_addr", "inet_service"], ["10.0.0.1", 80], "10.0.0.1 . 80"],
  [["ifname", "ether_addr", "inet_proto"], ["eth0", "02:42:ac:11:00:02", "tcp"], '"eth0" . 02:42:ac:11:00:02 . tcp'],
  [["ipv6_addr", "mark", "inet_service"], ["fd00::1", 5, 443], "fd00::1 . 0x00000005 . 443"],
];

live("keys of sets", () => {
  test.each(cases)("%j", (types, values, text) =>
    withNetns(async (netns) => {
      await using nft = await Nftables.open({ netns });
      const key = setKey(...types);
      const { INET } = NFPROTO;
      await nft.apply([
        newTable(INET, "t"),
        newSet(INET, "t", "s", { ...key.attrs, id: 1 }),
        newElements(INET, "t", "s", [{ key: key.value(...values) }]),
      ]);
      const lines = listText(netns)
        .split("\n")
        .map((line) => line.trim());
      expect(lines).toContain(`type ${types.join(" . ")}`);
      expect(lines).toContain(`elements = { ${text} }`);
    }),
  );
});

test("what cannot be such a value is refused", () => {
  expect(() => setKey("ipv4_addr").value("2001:db8::1")).toThrow(RangeError);
  expect(() => setKey("ipv4_addr", "inet_service").value("10.0.0.1")).toThrow(/1 values for a key of 2/);
  expect(() => setKey("inet_service").value(70_000)).toThrow(RangeError);
  expect(() => setKey("inet_proto").value("nonsense")).toThrow(RangeError);
});
