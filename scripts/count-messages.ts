// What is said to the kernel for each call on networks, counted by strace: the table of docs/network-messages.md.
//   npm run script -- scripts/count-messages.ts
import { countSteps, dockerCounts, tableOf } from "./message-count.ts";

console.log(tableOf(await countSteps(`count-${process.pid}`), dockerCounts()));
