// A second opinion on meaning: tshark reads every datagram of the fixtures, and must find the names and values that we find.
import { beforeAll, expect, it } from "vitest";
import { explainedFixtures } from "./datagrams.ts";
import { listed, noFindings, sometimesRead } from "./findings.ts";
import { describeWith } from "./obstacle.ts";
import { compareWithTshark } from "./tshark-compare.ts";
import { TSHARK_CANNOT_READ, type TsharkReason } from "./tshark-lists.ts";
import { type Tree, tsharked } from "./tshark-run.ts";

describeWith("tshark", "tshark's opinion on the fixtures", () => {
  const datagrams = explainedFixtures();
  const findings = noFindings<TsharkReason>();
  let readings: readonly (readonly Tree[])[] = [];

  beforeAll(() => {
    readings = tsharked(datagrams.map(({ bytes }) => bytes));
    for (const [i, datagram] of datagrams.entries()) compareWithTshark(datagram, readings[i] ?? [], findings);
  });

  it("prints every datagram", () => expect(readings).toHaveLength(datagrams.length));

  it("agrees on names, lengths, order and values", () => expect(findings.disagreements).toEqual([]));

  it("compares most of what the fixtures hold outside of nests", () => {
    expect(findings.names).toBeGreaterThan(21_000);
    expect(findings.values).toBeGreaterThan(20_000);
  });

  it("cannot read what is listed, and nothing else", () => {
    expect(listed(findings.unread)).toEqual(TSHARK_CANNOT_READ);
    expect(sometimesRead(findings)).toEqual([]);
  });
});
