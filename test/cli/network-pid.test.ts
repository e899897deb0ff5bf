// A process id that was used again: whoever has it now is never taken for who had it.
import { expect, test } from "vitest";
import { live } from "../support/live.ts";
import { useMachine } from "../support/machine.ts";
import { NLKIT } from "./run.ts";

const machine = useMachine();

/** Runs in a PID namespace of its own, where the next process id can be chosen. */
const SCRIPT = `
set -e
nlkit() { NO_COLOR=1 ${process.execPath} ${NLKIT} network "$@"; }
sysctl -qw net.ipv4.ip_forward=1
nlkit create one --subnet 10.77.1.0/24 >/dev/null
nlkit create two --subnet 10.77.2.0/24 >/dev/null
unshare --net sleep 300 &
old=$!
while [ "$(cat /proc/$old/comm)" != sleep ]; do sleep 0.05; done
# The namespace outlives its process.
ip netns attach kept $old
nlkit connect one pid:$old --gw-priority 1 >/dev/null
nlkit connect two pid:$old --gw-priority 2 >/dev/null
kill -9 $old; wait $old || true
i=0
while :; do
  echo $((old - 1)) >/proc/sys/kernel/ns_last_pid
  unshare --net sleep 300 &
  new=$!
  [ $new = $old ] && break
  kill -9 $new; i=$((i + 1)); [ $i -lt 50 ]
done
while [ "$(cat /proc/$new/comm)" != sleep ]; do sleep 0.05; done
ip netns attach new $new
echo "again: $((new - old))"
before=$(ip -n new addr; ip -n new route)
nlkit disconnect two pid-$old
[ "$before" = "$(ip -n new addr; ip -n new route)" ] && echo "untouched"
nlkit connect one pid:$new 2>&1 || echo "code $?"
nlkit connect one pid:$new --name other | cut -d' ' -f1-3
nlkit rm -f one two
kill -9 $new
ip netns delete kept; ip netns delete new
`;

live("nlkit network: a pid that was used again", () => {
  test("its new owner's namespace is left alone, and is another endpoint", () => {
    const script = SCRIPT.replaceAll("'", `'"'"'`);
    const out = machine.sh(`unshare --fork --pid --mount-proc bash -c '${script}' 2>/dev/null`);
    const lines = out.trim().split("\n");
    const pid = /"pid-(\d+)"/.exec(out)?.[1];
    expect(lines).toEqual([
      "again: 0",
      "untouched",
      `nlkit: there is an endpoint "pid-${pid}" on network "one" already`,
      "code 1",
      "other eth0 10.77.1.3",
      "one",
      "two",
    ]);
  });
});
