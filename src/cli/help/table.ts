// The help of every command, by the words that a person types.
import { decode } from "./decode.ts";
import { diff } from "./diff.ts";
import { dump } from "./dump.ts";
import { emit } from "./emit.ts";
import { encode } from "./encode.ts";
import type { CommandHelp } from "./example.ts";
import { lab, labDown } from "./lab.ts";
import { monitor } from "./monitor.ts";
import { netns, netnsAdd, netnsDelete, netnsExec, netnsList } from "./netns.ts";
import { connect, disconnect, publish } from "./network/connect.ts";
import { create, prune, rm } from "./network/create.ts";
import { graph, hosts, inspect, ls } from "./network/look.ts";
import { network } from "./network/network.ts";
import { check, watch } from "./network/watch.ts";
import { pair } from "./pair.ts";
import { completion, help, program } from "./program.ts";
import { request } from "./request.ts";
import { trace } from "./trace.ts";

/** "": the program itself. */
export const HELP: Readonly<Record<string, CommandHelp>> = {
  "": program,
  decode,
  encode,
  emit,
  pair,
  diff,
  dump,
  trace,
  request,
  monitor,
  netns,
  "netns add": netnsAdd,
  "netns delete": netnsDelete,
  "netns list": netnsList,
  "netns exec": netnsExec,
  network,
  "network create": create,
  "network connect": connect,
  "network disconnect": disconnect,
  "network inspect": inspect,
  "network ls": ls,
  "network rm": rm,
  "network prune": prune,
  "network publish": publish,
  "network watch": watch,
  "network hosts": hosts,
  "network check": check,
  "network graph": graph,
  lab,
  "lab down": labDown,
  completion,
  help,
};
