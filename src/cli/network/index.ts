// nlkit network: bridge networks, named and shaped like `docker network`. One file a subcommand.
import type { Command } from "commander";
import { addCheck } from "./check.ts";
import { addConnect } from "./connect.ts";
import { addCreate } from "./create.ts";
import { addDisconnect } from "./disconnect.ts";
import { addGraph } from "./graph.ts";
import { addHosts } from "./hosts.ts";
import { addInspect } from "./inspect.ts";
import { addLs } from "./ls.ts";
import { addPrune } from "./prune.ts";
import { addPublish } from "./publish.ts";
import { addRm } from "./rm.ts";
import { addWatch } from "./watch.ts";

/** Adds the subcommands of `network`. */
export const addNetwork = (network: Command, exit: (code: number) => void): void => {
  addCreate(network, exit);
  addConnect(network);
  addDisconnect(network);
  addInspect(network);
  addLs(network);
  addRm(network, exit);
  addPrune(network);
  addPublish(network);
  addWatch(network);
  addHosts(network);
  addCheck(network, exit);
  addGraph(network);
};
