// Real shells, asked what they complete a line to.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { NLKIT } from "../cli/run.ts";

/** Where a shell runs. */
export interface Place {
  readonly cwd: string;
  /** What to run it under: a machine of its own. */
  readonly under?: readonly string[];
}
/** A shell: lines -> what it completes each to, sorted. */
export type Ask = (lines: readonly string[], place: Place) => string[][];

const folder = (): string => mkdtempSync(join(tmpdir(), "nlkit-shell-"));

const run = (words: readonly string[], { cwd, under = [] }: Place, bin: string): string => {
  const [file = "", ...args] = [...under, ...words];
  const env = { ...process.env, PATH: `${bin}:${process.env["PATH"]}`, TERM: "dumb", HOME: bin, XDG_CONFIG_HOME: bin };
  const { status, stdout, stderr, error } = spawnSync(file, args, { cwd, env, encoding: "utf8", timeout: 60_000 });
  if (error !== undefined || status !== 0 || stderr !== "") throw error ?? new Error(`${file}: ${status}: ${stderr}`);
  return stdout;
};

/** How one is asked, and what it prints: "=" on a line behind each answer. */
type Asked = (lines: readonly string[], script: string, go: (...words: string[]) => string) => string;

/** A shell with `nlkit` on its PATH, and the script that nlkit prints for it. */
const shell =
  (name: string, ask: Asked): Ask =>
  (lines, place) => {
    const bin = folder();
    try {
      symlinkSync(NLKIT, join(bin, "nlkit"));
      const script = join(bin, `nlkit.${name}`);
      writeFileSync(script, run([join(bin, "nlkit"), "completion", name], { cwd: place.cwd }, bin));
      const answers = ask(lines, script, (...words) => run(words, place, bin)).split(/^=\n/m);
      return lines.map((_, i) => [...new Set(answers[i]?.split("\n").filter(Boolean))].sort());
    } finally {
      rmSync(bin, { recursive: true });
    }
  };

const helper = (name: string): string => new URL(`shells/${name}`, import.meta.url).pathname;

export const bash: Ask = shell("bash", (lines, script, go) =>
  go("bash", "--norc", helper("complete.bash"), script, ...lines),
);
const askZsh: Asked = (lines, script, go) => {
  const out = `${script}.out`;
  writeFileSync(out, "");
  go("zsh", "-f", helper("complete.zsh"), out, script, ...lines);
  return readFileSync(out, "utf8");
};
export const zsh: Ask = shell("zsh", askZsh);
/** The same, where the script is a file of $fpath. */
export const zshByName: Ask = shell("zsh", (lines, script, go) => {
  const folder = dirname(script);
  renameSync(script, join(folder, "_nlkit"));
  writeFileSync(script, `fpath=(${folder} $fpath); compinit -D -u`);
  return askZsh(lines, script, go);
});
/** Its descriptions are left out. */
export const fish: Ask = shell("fish", (lines, script, go) => {
  const program = 'source $argv[1]; for line in $argv[2..]; complete -C "$line"; echo =; end';
  return go("fish", "--no-config", "-c", program, script, ...lines).replace(/\t.*$/gm, "");
});
/** The same, where the script is a file that fish finds by the command's name. */
export const fishByName: Ask = shell("fish", (lines, script, go) => {
  // XDG_CONFIG_HOME: see `run`.
  const folder = join(dirname(script), "fish/completions");
  mkdirSync(folder, { recursive: true });
  renameSync(script, join(folder, "nlkit.fish"));
  const program = 'for line in $argv; complete -C "$line"; echo =; end';
  return go("fish", "-c", program, ...lines).replace(/\t.*$/gm, "");
});
