// Everything of NETLINK_SOCK_DIAG.
export * from "./filter.ts";
export * from "./inet.ts";
export * from "./messages.ts";
export * from "./netlink.ts";
export * from "./packet.ts";
export * from "./socket.ts";
export * from "./unix.ts";
