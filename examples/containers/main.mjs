// @ts-check
// Containers without Docker: two processes in namespaces of their own, on one network; one serves a page on a published port, the host
// and the neighbour fetch it. `npm run example`; README.md tells the rest.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { hostsLine, hostsOf, Networks } from "nlkit/network";
import { addNetns, deleteNetns, listNetns } from "nlkit/socket";
import { startContainer } from "./container.mjs";

const here = process.argv.includes("--here");
const server = fileURLToPath(new URL("server.mjs", import.meta.url));
const PREFIX = "nlkit-example-";
const HOST = `${PREFIX}${process.pid}`;
const NETWORK = here ? `example-${process.pid}` : "example";
/** What fetches a page: Node's own fetch, as a program for `node -e`. */
const FETCH = "fetch(process.argv[1]).then((r) => r.text()).then((t) => process.stdout.write(t))";

/** @param {string} text */
const say = (text) => void process.stdout.write(`${text}\n`);

/** What has to be undone, last first. @type {[string, () => unknown][]} */
const undo = [];
const cleanUp = async () => {
  for (const [what, run] of undo.splice(0).reverse()) {
    try {
      await run();
    } catch (error) {
      process.stderr.write(`${what}: ${error instanceof Error ? error.message : error}\n`);
      process.exitCode = 1;
    }
  }
};

const stopped = new AbortController();
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.on(signal, () => {
    process.exitCode = 128 + constants.signals[signal];
    stopped.abort(new Error(`stopped by ${signal}`));
  });
}
// `npm run example | head`: nobody reads on, and it still cleans up.
process.stdout.on("error", () => stopped.abort(new Error("nobody reads the output any more")));

/** A run that was killed left its namespace; its processes ended with it. */
const removeLeftOver = () => {
  for (const name of listNetns().filter((one) => one.startsWith(PREFIX))) {
    try {
      process.kill(Number(name.slice(PREFIX.length)), 0);
    } catch {
      deleteNetns(name);
    }
  }
};

/**
 * Fetches a page on the host's side.
 * @param {string} url
 * @returns {Promise<string>}
 */
const fetchOnHost = (url) =>
  new Promise((resolve, reject) => {
    const command = [process.execPath, "-e", FETCH, url];
    const [file = "", ...args] = here ? command : ["nsenter", `--net=/run/netns/${HOST}`, "--", ...command];
    execFile(file, args, (error, stdout) => (error === null ? resolve(stdout) : reject(error)));
  });

const run = async () => {
  const { signal } = stopped;
  /** A step, unless somebody has stopped us: then what there is is taken down. @template T @param {() => T} step */
  const next = (step) => {
    signal.throwIfAborted();
    return step();
  };

  if (!here) {
    removeLeftOver();
    next(() => addNetns(HOST));
    undo.push([`delete ${HOST}`, () => deleteNetns(HOST)]);
    say(`host       ${HOST}: a network namespace stands in for the machine's own (--here: the machine's own)`);
  }
  const folder = mkdtempSync(join(tmpdir(), "nlkit-example-"));
  undo.push([`remove ${folder}`, () => rmSync(folder, { recursive: true })]);
  const hosts = join(folder, "hosts");
  writeFileSync(hosts, "127.0.0.1\tlocalhost\n");

  const networks = await Networks.open(here ? {} : { netns: HOST });
  undo.push(["close", () => networks.close()]);
  const network = await next(() => networks.create({ name: NETWORK, ipv6: true }, { enableForwarding: !here, signal }));
  undo.push([`remove network ${NETWORK}`, () => networks.delete(NETWORK, { force: true })]);
  say(`network    ${NETWORK}: ${network.bridge} ${network.ipv4?.subnet} ${network.ipv6?.subnet}`);

  const web = await next(() => startContainer("web", hosts, [process.execPath, server]));
  undo.push(["stop web", web.stop]);
  await web.heard("listening");
  const client = await next(() => startContainer("client", hosts, ["cat"]));
  undo.push(["stop client", client.stop]);
  say(`containers web (process ${web.pid}), client (process ${client.pid})`);

  for (const [container, ports] of /** @type {const} */ ([
    [web, ["8080:80"]],
    [client, []],
  ])) {
    const { name, pid } = container;
    const end = await next(() => networks.connect(NETWORK, { netns: { pid }, name, ports }, { signal }));
    say(`connected  ${name}: ${end.ifname} ${end.ipv4} ${end.ipv6}${ports.length > 0 ? `, published ${ports}` : ""}`);
  }
  const names = hostsOf(await networks.inspect(NETWORK)).entries.map(hostsLine);
  writeFileSync(hosts, `127.0.0.1\tlocalhost\n${names.join("\n")}\n`);

  const gateway = network.ipv4?.gateway ?? "";
  say(`\nhost       fetches http://${gateway}:8080/, the published port`);
  say(`           ${(await next(() => fetchOnHost(`http://${gateway}:8080/`))).trim()}`);
  say("client     fetches http://web/, its neighbour by name");
  say(`           ${(await next(() => client.exec(process.execPath, "-e", FETCH, "http://web/"))).trim()}`);
  say(`client     fetches http://${gateway}:8080/, the published port, from inside`);
  say(`           ${(await next(() => client.exec(process.execPath, "-e", FETCH, `http://${gateway}:8080/`))).trim()}`);
};

try {
  if (process.getuid?.() !== 0) throw new Error("this example needs root: sudo npm run example");
  await run();
} catch (error) {
  process.exitCode ||= 1;
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
} finally {
  await cleanUp();
}
if (!process.exitCode) say("\nnothing is left behind");
