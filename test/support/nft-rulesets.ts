// Rulesets as one writes them for `nft -f`: the files of rulesets/, and those that only a program can write.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/** A ruleset. */
export interface Ruleset {
  readonly name: string;
  /** For `nft -f`. */
  readonly text: string;
  /** Links that must be there first: the file's line `# links: d0 d1`. */
  readonly links: readonly string[];
}

const FOLDER = "test/support/rulesets";

const file = (name: string): Ruleset => {
  const text = readFileSync(join(FOLDER, name), "utf8");
  const links = /^# links: (.*)$/m.exec(text)?.[1]?.split(" ") ?? [];
  return { name: basename(name, ".nft"), text, links };
};

/** What a terminal obeys, what reorders text, what ends a line, what looks like nft's own words, what is not ASCII. */
const HOSTILE = "a \u001b[31mred\u001b[0m\n\u202etxt\u202c \\x41 { drop } ; # é 漢";
/** The longest comment that nft takes. */
const LONGEST = "c".repeat(128);

/** Apart from a file: an editor would show it as something else than it is. */
const hostile = `
table inet hostile {
  comment "${HOSTILE}"
  set s { type ipv4_addr; flags interval; comment "${HOSTILE}"; elements = { 10.0.0.0/24 comment "${HOSTILE}", 10.1.0.1 comment "${LONGEST}" } }
  map m { type inet_service : mark; comment "${LONGEST}"; elements = { 80 comment "${HOSTILE}" : 1 } }
  counter n { comment "${HOSTILE}"; packets 0 bytes 0 }
  chain c {
    comment "${HOSTILE}"
    accept comment "${HOSTILE}"
    drop comment "${LONGEST}"
    log prefix "${HOSTILE}"
    log prefix "${"p".repeat(127)}"
  }
}`;

const list = (count: number, element: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => element(i)).join(", ");
/** More elements than a message has room for. */
const large = `
table inet large {
  set hosts { type ipv4_addr; elements = { ${list(6000, (i) => `10.${i >> 8}.${i & 255}.1`)} } }
  set nets { type ipv4_addr; flags interval; elements = { ${list(3000, (i) => `10.${i >> 7}.${2 * (i & 127)}.0/24`)} } }
  set pairs { type ipv4_addr . inet_service; flags interval; elements = { ${list(255, (i) => `10.0.${i}.0/24 . ${i * 10}-${i * 10 + 5}`)} } }
  map m { type ipv4_addr : mark; elements = { ${list(2000, (i) => `10.${i >> 8}.${i & 255}.1 : ${i}`)} } }
}`;

export const rulesets: readonly Ruleset[] = [
  ...readdirSync(FOLDER)
    .filter((name) => name.endsWith(".nft"))
    .sort()
    .map(file),
  { name: "hostile", text: hostile, links: [] },
  { name: "large", text: large, links: [] },
];

/** What the kernel that this was written on (6.18, of a small machine) is built without, and how it says so. */
export const LACKING: Readonly<Record<string, string>> = {
  // CONFIG_NFT_BRIDGE_META
  "bridge-meta": "Operation not supported",
  // CONFIG_NFT_BRIDGE_REJECT
  "bridge-reject": "No such file or directory",
  // CONFIG_NF_FLOW_TABLE, CONFIG_NFT_FLOW_OFFLOAD
  flowtable: "No such file or directory",
  // CONFIG_NETWORK_SECMARK
  "objects-secmark": "No such file or directory",
  // CONFIG_NFT_QUEUE
  queues: "No such file or directory",
};
