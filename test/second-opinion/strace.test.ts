// A second opinion on meaning: strace reads every datagram of the fixtures, and must find the names and values that we find.
import { beforeAll, expect, it } from "vitest";
import { explainedFixtures } from "./datagrams.ts";
import { listed, noFindings, sometimesRead } from "./findings.ts";
import { describeWith } from "./obstacle.ts";
import { compareWithStrace, type StraceFindings } from "./strace-compare.ts";
import { STRACE_CANNOT_READ, STRACE_NAMES_MORE, STRACE_READS_OTHERWISE, type StraceReason } from "./strace-lists.ts";
import { straced } from "./strace-run.ts";
import type { Node } from "./strace-syntax.ts";

describeWith("strace", "strace's opinion on the fixtures", () => {
  const datagrams = explainedFixtures();
  const findings: StraceFindings = { ...noFindings<StraceReason>(), otherwise: new Set(), namesMore: new Set() };
  let readings: readonly Node[] = [];

  beforeAll(() => {
    readings = straced(datagrams.map(({ bytes }) => bytes));
    for (const [i, datagram] of datagrams.entries()) {
      const reading = readings[i];
      if (reading !== undefined) compareWithStrace(datagram, reading, findings);
    }
  });

  it("prints every datagram", () => expect(readings).toHaveLength(datagrams.length));

  it("agrees on names, lengths, order, nesting and values", () => expect(findings.disagreements).toEqual([]));

  it("compares nearly everything that the fixtures hold", () => {
    expect(findings.names).toBeGreaterThan(32_000);
    expect(findings.values).toBeGreaterThan(30_000);
  });

  it("cannot read what is listed, and nothing else", () => {
    expect(listed(findings.unread)).toEqual(STRACE_CANNOT_READ);
    expect(sometimesRead(findings)).toEqual([]);
  });

  it("names what is listed, where we give a number alone", () => {
    expect([...findings.namesMore].sort()).toEqual(STRACE_NAMES_MORE);
  });

  it("reads otherwise where it is known to", () => {
    expect([...findings.otherwise].sort()).toEqual(Object.keys(STRACE_READS_OTHERWISE));
  });
});
