// npm run docs, second half: playground/ -> docs/playground, one script of everything. A page from file:// may load neither modules nor
// parts of a script later: families wait in the one file, and are built when a message of theirs comes.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { rolldown } from "rolldown";
import { commentsOfTables } from "./playground-comments.mjs";

const FROM = "playground";
const TO = process.argv[2] ?? "docs/playground";

/** What one can look at without a capture of one's own. */
const EXAMPLES = [
  ["a veth pair is made", "docker-library/link-add-veth-pair.txt"],
  ["refused, and why", "iproute2/netns-set-id.txt"],
  ["a dump of links", "docker-library/link-list.txt"],
  ["a VXLAN with its settings", "docker-library/link-add-vxlan.txt"],
  ["routes of several ways", "docker-library/route-add-multipath.txt"],
  ["nft: a rule that masquerades", "nftables/masq.txt"],
  ["sockets by port, as ss asks for them", "sock-diag/filter-port.txt"],
  ["a tracked connection", "conntrack/create-udp-nat.txt"],
];

/** An item of fixtures/, with the bytes that it keeps elsewhere put in. */
const textOf = (file) => {
  const bulk = (name) => readFileSync(`fixtures/${file.replace(/[^/]*$/, name)}`, "utf8").split("\n");
  return readFileSync(`fixtures/${file}`, "utf8").replace(/^(. \S+) (\S+):(\d+)$/gm, (_, head, name, line) => {
    const pairs = bulk(name)[line - 1].match(/../g);
    const rows = [];
    for (let at = 0; at < pairs.length; at += 8) {
      rows.push(`${at.toString(16).padStart(5, "0")}  ${pairs.slice(at, at + 8).join(" ")}`);
    }
    return [head, ...rows].join("\n");
  });
};

const build = await rolldown({
  input: `${FROM}/main.ts`,
  platform: "browser",
  transform: {
    target: "es2022",
    define: {
      EMBEDDED_EXAMPLES: JSON.stringify(EXAMPLES.map(([name, file]) => ({ name, text: textOf(file) }))),
      EMBEDDED_COMMENTS: JSON.stringify(commentsOfTables("src")),
    },
  },
  onLog: (level, { message }) => {
    if (level === "warn") throw new Error(message);
  },
});
const { output } = await build.generate({ format: "iife", minify: true, codeSplitting: false, comments: false });
await build.close();

mkdirSync(TO, { recursive: true });
writeFileSync(`${TO}/playground.js`, output[0].code);
for (const file of ["index.html", "style.css", "icon.svg"])
  writeFileSync(`${TO}/${file}`, readFileSync(`${FROM}/${file}`));
