// A second opinion from the running kernel: what our instructions choose, and what ss chooses with the same words.
import { expect, test } from "vitest";
import { type InetFilter, IPPROTO } from "../../src/index.ts";
import { inet, shown, ss, withSockets } from "../support/diag.ts";
import { live } from "../support/live.ts";

const FILTERS: readonly (readonly [text: string, filter: InetFilter])[] = [
  ["sport = :5555", { sport: 5555 }],
  ["dport = :5555", { dport: 5555 }],
  ["sport >= :6000", { sport: { ge: 6000 } }],
  ["sport <= :6000", { sport: { le: 6000 } }],
  ["sport >= :5000 and sport <= :6000", { sport: { ge: 5000, le: 6000 } }],
  ["sport = :5555 or dport = :6666", { or: [{ sport: 5555 }, { dport: 6666 }] }],
  ["not ( sport = :5555 or dport = :6666 )", { not: { or: [{ sport: 5555 }, { dport: 6666 }] } }],
  ["sport != :5555 and not dport = :6666", { and: [{ not: { sport: 5555 } }, { not: { dport: 6666 } }] }],
  ["src 127.0.0.0/8", { src: "127.0.0.0/8" }],
  ["src [::1]", { src: "::1" }],
  ["dst 127.0.0.1:5555", { dst: "127.0.0.1", port: 5555 }],
  ["autobound", { auto: true }],
  ["fwmark = 0x17", { mark: 0x17 }],
  ["fwmark = 0x10/0x10", { mark: 0x10, mask: 0x10 }],
  [
    "( src 127.0.0.1 and ( sport = :7777 or dport = :5555 ) ) or ( dst [::1] and not sport = :6666 )",
    {
      or: [
        { and: [{ src: "127.0.0.1" }, { or: [{ sport: 7777 }, { dport: 5555 }] }] },
        { and: [{ dst: "::1" }, { not: { sport: 6666 } }] },
      ],
    },
  ],
];

live("filters of sockets", () => {
  test("filters choose what they choose for ss", () =>
    withSockets(async (connection, netns) => {
      const seen = new Set<string>();
      for (const [text, filter] of FILTERS) {
        const found = await inet(connection, IPPROTO.TCP, filter);
        // To the kernel an accepted connection is autobound as well; ss looks at the port once more.
        const taken = text === "autobound" ? found.filter(({ header }) => header.sport >= 32768) : found;
        const ours = taken.map((one) => `${shown(one, "local")} ${shown(one, "peer")}`);
        const theirs = ss(netns, "-tanHO", text).map((line) => line.split(/\s+/).slice(3, 5).join(" "));
        expect([text, ...ours.sort()]).toEqual([text, ...theirs.sort()]);
        seen.add(ours.join());
      }
      expect(seen.size).toBeGreaterThan(9);
    }));

  test("nothing and everything", () =>
    withSockets(async (connection) => {
      const all = (await inet(connection, IPPROTO.TCP)).length;
      expect(all).toBeGreaterThan(8);
      expect(await inet(connection, IPPROTO.TCP, { and: [] })).toHaveLength(all);
      expect(await inet(connection, IPPROTO.TCP, { or: [] })).toHaveLength(0);
      expect(await inet(connection, IPPROTO.TCP, { not: { and: [] } })).toHaveLength(0);
      expect(await inet(connection, IPPROTO.TCP, { not: { or: [] } })).toHaveLength(all);
    }));
});
