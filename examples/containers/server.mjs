// @ts-check
// The web server that runs in a container: its page says what it sees of the world.
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { hostname, networkInterfaces } from "node:os";

const page = () => ({
  hostname: hostname(),
  // 1: it is the first process of its PID namespace.
  pid: process.pid,
  // --mount-proc: /proc shows that namespace, and nothing of the host's.
  processes: readdirSync("/proc").filter((name) => /^\d+$/.test(name)).length,
  addresses: Object.entries(networkInterfaces()).flatMap(([link, addresses]) =>
    (addresses ?? [])
      .filter(({ internal, scopeid }) => !internal && !scopeid)
      .map(({ address }) => `${link} ${address}`),
  ),
  sysvIpc: readFileSync("/proc/sysvipc/shm", "utf8").trim().split("\n").length - 1,
});

createServer((_request, response) => response.end(`${JSON.stringify(page())}\n`)).listen(80, "::", () =>
  process.stdout.write("listening\n"),
);
// The example is gone, however it ended: so is this.
process.stdin.on("end", () => process.exit()).resume();
// Process 1 gets no signal that it does not ask for.
process.on("SIGTERM", () => process.exit());
