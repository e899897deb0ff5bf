// Everything of connection tracking, packet queues and packet logs.
export * from "./expect.ts";
export * from "./flow.ts";
export * from "./log.ts";
export * from "./log-config.ts";
export * from "./messages.ts";
export * from "./packet.ts";
export * from "./queue.ts";
export * from "./queue-config.ts";
export * from "./stats.ts";
