// npm run build: declarations by tsc, a file each; JavaScript by rolldown, a file a room, since a process pays about half a millisecond for
// every file that it loads. Only what has changed is written, whole and at once: a build does not take the command from under a test that
// runs beside it.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { rolldown } from "rolldown";

const DIST = "dist";
/** The entry points of package.json, and the command. */
const ENTRIES = [
  "index",
  "socket/index",
  "client/index",
  "network/index",
  "capture/index",
  "testing/index",
  "testing/arbitrary",
  "cli/nlkit",
];
/** What shares a file in dist/shared. The first that fits counts; each may need those before it. */
const ROOMS = [
  ["codec", /src\/(codec\/(?!fast\.|walk\.)|attrs\/(bitfield32|families|ip-protocols|netlink-protocols)\.)/],
  // What every `nlkit decode` needs; then the formats that a person does not type, and what few commands do.
  [
    "capture",
    /src\/capture\/(annotated|byte-order|collector|datagram|detect|found|hex|hex-parser|json|limit|line|open|when)\./,
  ],
  [
    "capture-formats",
    /src\/capture\/(annotated-parser|array|base64|binary|cooked|hexdump|lines|literal|nft-debug|pcap|pcapng|rtmon|strace.*)\./,
  ],
  ["capture-tools", /src\/capture\/(diff|emit|from-json)\./],
  // Who answers whom, and why not: trace, pair and request.
  ["conversation", /src\/capture\/(conversation|exchange|latencies|pairing|refused.*|hints\/.*)\./],
  ["capture-more", /src\/(capture\/|codec\/walk\.)/],
  // What most captures hold; then the rest of the protocol.
  [
    "route",
    /src\/attrs\/(load-route\.|route\/((address|groups|message-numbers|neighbour|nsid|via)\.|(bridge|link|route)[.-]|link-kinds\/))/,
  ],
  ["route-other", /src\/attrs\/route\/(?!messages\.)/],
  ["route-readers", /src\/(attrs\/(route\/messages\.|generated\/)|codec\/fast\.)/],
  ["netfilter", /src\/attrs\/netfilter\//],
  ["diag", /src\/attrs\/diag\//],
  ["generic", /src\/attrs\/generic\//],
  ["xfrm", /src\/attrs\/xfrm\//],
  ["events", /src\/attrs\/(audit|connector|selinux|uevent)\//],
  ["attrs", /src\/attrs\/(protocols|decode)\./],
  // Apart, so that nlkit/testing does not load what opens sockets.
  ["errors", /src\/socket\/errors\./],
  ["socket", /src\/socket\//],
  ["client", /src\/client\//],
  ["network", /src\/network\//],
  [
    "command",
    /src\/cli\/(capture-input|captured|colour|decode|decode-arguments|decode-lines|failure|output|problems|registries|stdout|table-names)\./,
  ],
  // What program.ts and network/ share.
  ["grammar", /src\/cli\/(commander|output-options)\./],
];

const { dependencies, peerDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
const bundle = async () => {
  const build = await rolldown({
    input: Object.fromEntries(ENTRIES.map((name) => [name, `src/${name}.ts`])),
    platform: "neutral",
    external: [/^node:/, ...Object.keys({ ...dependencies, ...peerDependencies })],
    transform: { target: "es2022" },
    // No entry point has names added, all the same: each re-exports from a room, and test/exports.test.ts compares.
    preserveEntrySignatures: "allow-extension",
    onLog: (level, { message }) => {
      if (level === "warn") throw new Error(message);
    },
  });
  const { output } = await build.generate({
    dir: DIST,
    format: "esm",
    minifyInternalExports: false,
    chunkFileNames: ({ moduleIds, facadeModuleId }) => {
      if (moduleIds.some((id) => id.includes("/src/cli/"))) return "cli/[name].js";
      // What the command loads of a room when it needs it: messages of attrs/diag is not that of attrs/route.
      const [, path] = /\/src\/attrs\/(.*)\.ts$/.exec(facadeModuleId ?? "") ?? [];
      return path === undefined ? "shared/[name].js" : `shared/attrs-${path.replaceAll("/", "-")}.js`;
    },
    // What stands above a declaration is in its .d.ts already.
    comments: { jsdoc: false },
    codeSplitting: { groups: ROOMS.map(([name, test], i) => ({ name, test, priority: ROOMS.length - i })) },
  });
  await build.close();
  return output;
};

const contents = (file) => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
};
const write = (file, text, mode) => {
  if (contents(file) === text) return;
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text, { mode });
  renameSync(draft, file);
};

const { status } = spawnSync("npx", ["tsc", "-p", "tsconfig.build.json"], { stdio: "inherit" });
if (status !== 0) process.exit(status ?? 1);

const files = await bundle();
for (const { fileName, code } of files) write(join(DIST, fileName), code, fileName.startsWith("cli/") ? 0o755 : 0o644);

// Of sources that are gone.
const wanted = new Set(files.map(({ fileName }) => fileName));
for (const file of readdirSync(DIST, { recursive: true, encoding: "utf8" })) {
  const source = `src/${file.replace(/\.d\.ts$/, ".ts")}`;
  const stale = file.endsWith(".js") ? !wanted.has(file) : file.endsWith(".d.ts") && contents(source) === undefined;
  if (stale) rmSync(join(DIST, file));
}
