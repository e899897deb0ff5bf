// The sessions of docs/trace.md, run again: what differs from run to run aside, they say the same.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { live, useNetns } from "../support/live.ts";
import { NLKIT } from "./run.ts";

const sessions = [...readFileSync("docs/trace.md", "utf8").matchAll(/```console\n([^`]*)```/g)]
  .flatMap(([, body = ""]) => body.split(/^\$ /m).slice(1))
  .map((text) => {
    const end = text.indexOf("\n");
    return [text.slice(0, end), text.slice(end + 1)] as const;
  });

/** Without times, processes, ports and numbers. */
const timeless = (text: string): string =>
  text
    .replace(/^\d\d:\d\d:\d\d\.\d{6} \d+:/gm, "TIME PID:")
    .replace(/ seq \d+/g, " seq N")
    .replace(/\(\d+\.\d{3} ms\)/g, "(MS)");

live("docs/trace.md", () => {
  const [ns = ""] = useNetns(1);
  test("there are sessions", () => expect(sessions.length).toBeGreaterThanOrEqual(4));
  test.each(sessions)("%s", (command, expected) => {
    const script = `nlkit() { "${process.execPath}" "${NLKIT}" "$@"; }\n${command}`;
    const { stdout } = spawnSync("ip", ["netns", "exec", ns, "sh", "-c", script], { encoding: "utf8" });
    expect(timeless(stdout)).toBe(timeless(expected));
  });
});
