// Messages <-> the fragment of an address: #NETLINK_ROUTE/>BASE64URL/<BASE64URL. A server never sees it.
import { protocolOf } from "../src/attrs/netlink-protocols.ts";
import type { Piece } from "./piece.ts";

/** Characters that mail programs and chats leave whole. */
export const LONGEST = 8000;

const toText = (bytes: Uint8Array): string => {
  let binary = "";
  for (const b of bytes) binary += String.fromCharCode(b);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
};
const fromText = (text: string): Uint8Array =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

/** In a fragment: ">" and "<" would be escaped by some. */
const TO = { ">": "to", "<": "from", "": "msg" } as const;
const DIRECTION = new Map<string, Piece["direction"]>([
  ["to", ">"],
  ["from", "<"],
  ["msg", undefined],
]);

/**
 * The fragment, with "#".
 * @param pieces what it shall hold
 */
export const fragmentOf = (pieces: readonly Piece[]): string => {
  const out: string[] = [];
  let above = "";
  for (const { protocol, byteOrder, direction, bytes } of pieces) {
    const facts = byteOrder === "big" ? `${protocol}.big` : protocol;
    if (facts !== above) out.push(facts);
    above = facts;
    out.push(`${TO[direction ?? ""]}=${toText(bytes)}`);
  }
  return `#${out.join("&")}`;
};

/**
 * What a fragment holds. It comes from anybody: what is not as it should be is left out.
 * @param fragment with or without "#"
 * @returns undefined: it was none of ours
 */
export const piecesOfFragment = (fragment: string): Piece[] | undefined => {
  const out: Piece[] = [];
  let protocol: string | undefined;
  let byteOrder: Piece["byteOrder"] = "little";
  for (const part of fragment.replace(/^#/, "").split("&")) {
    const [, key = "", data = ""] = /^(to|from|msg)=([\w-]+)$/.exec(part) ?? [];
    if (key === "") {
      const [, name = "", big] = /^(NETLINK_\w{1,32})(\.big)?$/.exec(part) ?? [];
      if (protocolOf(name) === undefined && !/^NETLINK_\d{1,2}$/.test(name)) return undefined;
      protocol = name;
      byteOrder = big === undefined ? "little" : "big";
    } else if (protocol !== undefined && data.length % 4 !== 1) {
      out.push({ protocol, byteOrder, direction: DIRECTION.get(key), bytes: fromText(data) });
    }
  }
  return out.length === 0 ? undefined : out;
};
