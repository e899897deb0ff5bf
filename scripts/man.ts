// npm run man: man/nlkit.1, of the program's own options and the help's own examples.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { type CommandShape, commandTree, everyCommand } from "../src/cli/command-tree.ts";
import { type CommandHelp, EXIT_CODES, type Example, needsRoot } from "../src/cli/help/example.ts";
import { HELP } from "../src/cli/help/table.ts";
import { filled } from "../src/cli/help/text.ts";
import { programOf } from "../src/cli/program.ts";

/** Of a line of the source. */
const WIDTH = 80;
/** Of the page, as mandoc wants one: when its form changed last. */
const DATE = "2026-11-24";
const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };

/** A text, of which nothing is a request of roff, or a font. */
const escaped = (text: string): string =>
  text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll("`", "\\(ga")
    .replaceAll("'", "\\(aq")
    .replaceAll("~", "\\(ti")
    .replaceAll("^", "\\(ha")
    .replace(/[^\0-\x7f]/gu, (char) => `\\[u${char.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}]`)
    .replace(/^\./gm, "\\&.");
const bold = (text: string): string => `\\fB${escaped(text)}\\fR`;
/** A paragraph. `code` of it becomes bold. */
const prose = (text: string): string =>
  filled(
    text
      .split(/`([^`]*)`/)
      .map((part, i) => (i % 2 === 1 ? bold(part) : escaped(part)))
      .join(""),
    WIDTH,
  ).replace(/^\./gm, "\\&.");

const item = (head: string, text: string): string[] => [".TP", head, prose(text)];
const verbatim = (text: string): string[] => [".nf", escaped(text), ".fi"];

const exampleLines = ({ says, run, needs }: Example): string[] => [
  ".PP",
  `${prose(says)}${needsRoot(needs) ? " (as root)" : ""}:`,
  ".RS 4",
  ...verbatim(run),
  ".RE",
];

/** What help says behind a description: values, and a default. */
const valued = (description: string, words: readonly string[], fallback?: string): string => {
  // Those of a protocol fill half a page.
  const known = words.length > 0 && words.length < 15 ? ` (${words.join(", ")})` : "";
  return `${description}${known}${fallback === undefined ? "" : ` (default: ${fallback})`}`;
};

const termOf = (term: string): string => {
  const [, flags = term, value = ""] = /^(.*?)( [<[].*)?$/.exec(term) ?? [];
  return `${bold(flags)}${value === "" ? "" : `\\fI${escaped(value)}\\fR`}`;
};

const commandLines = (command: CommandShape, help: CommandHelp): string[] => [
  `.SS "${escaped(command.usage).replaceAll('"', "\\(dq")}"`,
  prose(command.description),
  ...(command.names.length > 1 ? [".PP", `Also called ${command.names.slice(1).map(bold).join(", ")}.`] : []),
  ...help.about.flatMap((text) => [".PP", prose(text)]),
  ...command.args
    .filter(({ description }) => description !== "")
    .flatMap(({ term, description, words, fallback }) =>
      item(`\\fI${escaped(term)}\\fR`, valued(description, words, fallback)),
    ),
  ...command.options.flatMap(({ term, description, value }) =>
    item(termOf(term), valued(description, value?.words ?? [], value?.fallback)),
  ),
  ...(help.sections ?? []).flatMap(({ title, text }) => [
    ".PP",
    `${bold(title)}`,
    ...text.flatMap((one) => (one.startsWith(" ") ? [".PP", ...verbatim(one)] : [".PP", prose(one)])),
  ]),
  ...Object.entries(help.exit ?? {}).flatMap(([code, text], i) => [
    ...(i === 0 ? [".PP", "Exit status:"] : []),
    ...item(escaped(code), text),
  ]),
  ...help.examples.flatMap(exampleLines),
];

/**
 * The page.
 * @param root the program
 */
export const manPage = (root: CommandShape): string => {
  const below = everyCommand(root)
    .slice(1)
    .filter(({ path }) => !path.startsWith("nlkit help "));
  const helpOf = (path: string): CommandHelp => {
    const help = HELP[path.replace(/^nlkit ?/, "")];
    if (help === undefined) throw new Error(`${path} has no help`);
    return help;
  };
  const program = helpOf(root.path);
  return [
    '.\\" Written by `npm run man`; change src/cli instead.',
    `.TH NLKIT 1 ${DATE} "nlkit ${version}" "User Commands"`,
    ".SH NAME",
    `nlkit \\- ${escaped(root.description)}`,
    ".SH SYNOPSIS",
    "\\fBnlkit\\fR \\fISUBCOMMAND\\fR [\\fIoptions\\fR] [\\fIarguments\\fR]",
    ".SH DESCRIPTION",
    ...program.about.flatMap((text) => [".PP", prose(text)]).slice(1),
    ...root.options.flatMap(({ term, description }) => item(termOf(term), description)),
    ...program.examples.flatMap(exampleLines),
    ".SH SUBCOMMANDS",
    ...below.flatMap((command) => commandLines(command, helpOf(command.path))),
    ".SH EXIT STATUS",
    ...Object.entries(EXIT_CODES).flatMap(([code, text]) => item(escaped(code), text)),
    ".SH ENVIRONMENT",
    ...item(bold("NO_COLOR"), "Set: no colour, on a terminal either."),
    ".SH FILES",
    ...item("\\fI/run/netns/NAME\\fR", "Named network namespaces, shared with `ip netns`."),
    ...item("\\fI/etc/netns/NAME\\fR", "What `netns exec` lays over /etc; `network hosts --write` writes hosts there."),
    ".SH SEE ALSO",
    ["bridge(8)", "ip(8)", "netlink(7)", "nft(8)", "rtnetlink(7)", "ss(8)", "strace(1)", "tcpdump(8)"]
      .map((page) => page.replace(/^(.*)(\(\d\))$/, (_, name: string, section: string) => `${bold(name)}${section}`))
      .join(", "),
    "",
  ].join("\n");
};

mkdirSync("man", { recursive: true });
writeFileSync("man/nlkit.1", manPage(commandTree(await programOf(() => {}, true, version))));
