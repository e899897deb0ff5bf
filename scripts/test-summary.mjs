// Reads vitest's JSON report: prints "passed failed skipped" for .ci/run, and on stderr the slowest tests and every skipped one.
import { readFileSync } from "node:fs";

const [file] = process.argv.slice(2);
let report;
try {
  report = JSON.parse(readFileSync(file, "utf8"));
} catch {
  console.log("0 1 0");
  process.exit(0);
}
const tests = report.testResults.flatMap((suite) => suite.assertionResults.map((t) => ({ ...t, file: suite.name })));
const short = (t) => `${t.file.replace(`${process.cwd()}/`, "")}: ${t.fullName}`;
console.error("the ten slowest tests:");
for (const t of [...tests].sort((a, b) => (b.duration ?? 0) - (a.duration ?? 0)).slice(0, 10)) {
  console.error(`  ${Math.round(t.duration ?? 0)} ms  ${short(t)}`);
}
const of = (...states) => tests.filter((t) => states.includes(t.status));
for (const t of of("pending", "skipped", "todo", "disabled")) console.error(`  skipped: ${short(t)}`);
const brokenSuites = report.testResults.filter((s) => s.status === "failed" && s.assertionResults.length === 0).length;
console.log(
  of("passed").length,
  of("failed").length + brokenSuites,
  of("pending", "skipped", "todo", "disabled").length,
);
