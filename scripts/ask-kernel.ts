// Asks the running kernel what it would take for each attribute, and holds the tables to its answer. Needs root. Exit 1 on a disagreement.
import { addNetns, deleteNetns } from "../src/socket/named-netns.ts";
import { askKernel, type Finding } from "../test/truth/policy.ts";

const name = `nlkit-ask-${process.pid}`;
const interrupted = (): never => process.exit(130);

const print = (findings: readonly Finding[]): void => {
  const rows = findings.map(({ constant, kernel, ours, verdict, reason }) => [
    constant,
    kernel,
    ours,
    reason === undefined ? verdict : `${verdict}: ${reason}`,
  ]);
  const table = [["constant", "kernel's policy", "our codec", ""], ...rows];
  const widths = [0, 1, 2].map((i) => Math.max(...table.map((row) => (row[i] as string).length)));
  for (const row of table)
    console.log(
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join("  ")
        .trimEnd(),
    );
  const tables = new Set(findings.map((finding) => finding.table));
  console.log();
  for (const table of tables) {
    const own = findings.filter((finding) => finding.table === table);
    const answered = own.filter((finding) => finding.verdict !== "no answer");
    console.log(`${table.prefix}: ${answered.length} of ${own.length} answered`);
  }
};

process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
addNetns(name);
// However it ends.
process.once("exit", () => deleteNetns(name));
const findings = await askKernel(name);
print(findings);
if (findings.some((finding) => finding.verdict === "disagrees")) process.exitCode = 1;
