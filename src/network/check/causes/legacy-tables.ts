// A packet is lost, and there are rules that nobody can watch it meet.
import { plain } from "../../../codec/text.ts";
import type { Cause } from "../finding.ts";
import { lost } from "./lost.ts";

export const legacyTables: Cause = (situation) => {
  const { a, b, host } = situation;
  const where = [
    [a.label, a.legacy],
    ["the host", host.legacy],
    [b.label, b.legacy],
  ] as const;
  const found = where.filter(([, tables]) => tables.length > 0);
  if (found.length === 0 || lost(situation) === undefined) return undefined;
  const places = found.map(([label, tables]) => `${label} has ${plain(tables.join(", "))}`).join("; ");
  const says = `perhaps a rule of iptables-legacy drops it, which cannot be watched: ${places}`;
  return { cause: "legacy-tables", says };
};
