// What is done with the message shown: another protocol or byte order, undo, copy, share.
import { NETLINK } from "../../src/attrs/netlink-protocols.ts";
import { annotatedText } from "../../src/capture/annotated.ts";
import { OCTET } from "../../src/codec/text.ts";
import type { App } from "../app.ts";
import { directionOf } from "../piece.ts";
import { fragmentOf, LONGEST } from "../share.ts";
import { byId, el } from "./dom.ts";
import { say } from "./input.ts";

/** Those that have tables come first. */
const FIRST = ["NETLINK_ROUTE", "NETLINK_NETFILTER", "NETLINK_SOCK_DIAG"];
/** Numbers that are another's, or nobody's. */
const LEFT_OUT = ["NETLINK_UNUSED", "NETLINK_INET_DIAG"];

const protocols = (): string[] => {
  const all = Object.keys(NETLINK).map((key) => `NETLINK_${key}`);
  return [...FIRST, ...all.filter((name) => !FIRST.includes(name) && !LEFT_OUT.includes(name))];
};

/** Messages in a link; more make it too long anyway. */
const MOST = 200;

const copy = async (text: string, what: string): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text);
    say(`${what} copied`);
  } catch {
    say(`the browser lets nothing be copied here${what === "link" ? ": the link is in the address bar" : ""}`, true);
  }
};

export const showToolbar = (app: App): void => {
  const protocol = byId<HTMLSelectElement>("protocol");
  const order = byId<HTMLSelectElement>("order");
  const undo = byId<HTMLButtonElement>("undo");
  protocol.append(...protocols().map((name) => el("option", { value: name }, name)));
  protocol.value = "NETLINK_ROUTE";

  app.on("piece", () => {
    undo.disabled = !app.canUndo;
    const { piece } = app;
    byId("keys-label").hidden = !app.layout.all.some(({ field }) => field.secret !== undefined);
    for (const id of ["share", "copy-hex", "copy-annotated"])
      byId<HTMLButtonElement>(id).disabled = piece === undefined;
    if (piece === undefined) return;
    if (![...protocol.options].some(({ value }) => value === piece.protocol)) {
      protocol.append(el("option", { value: piece.protocol }, piece.protocol));
    }
    protocol.value = piece.protocol;
    order.value = piece.byteOrder;
  });
  protocol.addEventListener("change", () => void app.reread({ protocol: protocol.value }));
  order.addEventListener("change", () => void app.reread({ byteOrder: order.value === "big" ? "big" : "little" }));
  const keys = byId<HTMLInputElement>("keys");
  keys.addEventListener("change", () => {
    app.showsKeys = keys.checked;
  });
  undo.addEventListener("click", () => app.undo());
  addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLElement && event.target.matches("input, textarea");
    if (typing || event.key !== "z" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    app.undo();
  });

  byId("copy-hex").addEventListener("click", () => {
    const { piece } = app;
    if (piece !== undefined) void copy(Array.from(app.outgoing(piece).bytes, (b) => OCTET[b]).join(" "), "hex");
  });
  byId("copy-annotated").addEventListener("click", () => {
    const { piece } = app;
    if (piece === undefined) return;
    const text = annotatedText({ ...app.outgoing(piece), direction: directionOf(piece) }, app.fieldsOf(piece));
    void copy(text, "annotated hexdump");
  });
  byId("share").addEventListener("click", () => {
    const { piece } = app;
    if (piece === undefined) return;
    const all = app.pieces.length > MOST ? "" : fragmentOf(app.pieces.map((each) => app.outgoing(each)));
    const isAll = all !== "" && all.length <= LONGEST;
    history.replaceState(null, "", isAll ? all : fragmentOf([app.outgoing(piece)]));
    const what = isAll || app.pieces.length === 1 ? "link" : "link to this message";
    void copy(location.href, what);
  });
};
