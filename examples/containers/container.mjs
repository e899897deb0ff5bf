// @ts-check
// A process in namespaces of its own: what a container is. Made by util-linux unshare(1), never inside Node: README.md says why.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

/** README.md explains them one by one. */
const NAMESPACES = ["--fork", "--kill-child", "--pid", "--mount", "--uts", "--ipc", "--net", "--mount-proc"];
/** Runs as process 1 of the container: its name, its /etc/hosts, a word that it is ready; then it becomes the command. */
const INIT = 'hostname "$1" && mount --bind "$2" /etc/hosts && echo ready && shift 2 && exec "$@"';

/** Milliseconds that a command has to end by itself. */
const PATIENCE = 2000;

/**
 * @typedef {object} Container
 * @property {string} name
 * @property {number} pid of the process that is in the container's namespaces, as the host counts
 * @property {(word: string) => Promise<void>} heard waits for the next line that its command prints, which must be this
 * @property {(...command: string[]) => Promise<string>} exec runs a command in it, and gives what that printed
 * @property {() => Promise<void>} stop ends everything in it
 */

/**
 * Starts a container, and waits until its namespaces are there.
 * @param {string} name its host name
 * @param {string} hosts a file that stands in place of its /etc/hosts
 * @param {readonly string[]} command what runs in it; it should end when its standard input does, as it will when this program is killed
 * @returns {Promise<Container>}
 */
export const startContainer = async (name, hosts, command) => {
  const args = [...NAMESPACES, "--", "sh", "-c", INIT, "sh", name, hosts, ...command];
  const child = spawn("unshare", args, { stdio: ["pipe", "pipe", "inherit"] });
  // Somebody may end it while nobody looks.
  child.stdin.on("error", () => {});
  const ended = once(child, "exit");
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  /** @param {string} word */
  const heard = async (word) => {
    const { value } = await lines.next();
    if (value !== word) throw new Error(`container ${name}: "${word}" was expected, and it said ${value ?? "nothing"}`);
  };
  // /proc/PID/ns/net is the host's until unshare has done its work: so nothing is connected before the container has said something.
  await heard("ready");
  // unshare(1) waits for its child; process 1 of the container is that child.
  const children = await readFile(`/proc/${child.pid}/task/${child.pid}/children`, "utf8");
  const init = Number(children.trim().split(" ")[0]);
  return {
    name,
    pid: init,
    heard,
    exec: async (...command) => {
      const enter = [`--target=${init}`, "--mount", "--uts", "--ipc", "--net", "--pid", "--"];
      return (await promisify(execFile)("nsenter", [...enter, ...command])).stdout;
    },
    stop: async () => {
      // Its command ends with its input; with process 1 the kernel ends whatever else is in its PID namespace.
      child.stdin.end();
      const kill = setTimeout(() => process.kill(init, "SIGKILL"), PATIENCE);
      await ended;
      clearTimeout(kill);
    },
  };
};
