// The messages of a capture, to choose from.
import { lineOf } from "../../src/capture/line.ts";
import type { App } from "../app.ts";
import { directionOf, type Piece } from "../piece.ts";
import { byId, el, reveal } from "./dom.ts";

/** Rows that are made at once. */
const PAGE = 500;

const timeOf = ({ time }: Piece, first: bigint | undefined): string =>
  time === undefined || first === undefined ? "" : `+${(Number(time - first) / 1e9).toFixed(6)}`;

/** A refusal, or bytes that are malformed: what one looks for first. */
const isBad = (text: string): boolean => /^NLMSG_ERROR .*\bE[A-Z]{2,}|(^| )!/.test(text);

export const showList = (app: App): void => {
  const list = byId("messages");
  const section = byId("list");
  let rows: HTMLElement[] = [];

  const row = (piece: Piece, i: number): HTMLElement => {
    const [field] = app.fieldsOf(piece);
    const text = field === undefined ? "" : lineOf(field);
    const made = el(
      "div",
      { role: "option", id: `m${i}`, class: isBad(text) ? "bad" : undefined, title: text.slice(0, 2000) },
      el("span", { class: "nr" }, String(i + 1)),
      el(
        "span",
        { class: "dir", "aria-label": directionOf(piece) === ">" ? "to the kernel" : "from the kernel" },
        directionOf(piece),
      ),
      el("span", { class: "time" }, timeOf(piece, app.pieces[0]?.time)),
      el("span", { class: "what" }, text.slice(0, 300)),
    );
    made.addEventListener("click", () => app.show(i));
    return made;
  };
  const more = (): void => {
    const from = rows.length;
    const made = app.pieces.slice(from, from + PAGE).map((piece, i) => row(piece, from + i));
    rows.push(...made);
    list.append(...made);
    const left = app.pieces.length - rows.length;
    byId("more").hidden = left === 0;
    byId("more").textContent = `${left} more`;
  };
  const mark = (): void => {
    while (rows.length <= app.at && rows.length < app.pieces.length) more();
    for (const [i, r] of rows.entries()) r.setAttribute("aria-selected", String(i === app.at));
    const shown = rows[app.at];
    if (shown === undefined) list.removeAttribute("aria-activedescendant");
    else {
      list.setAttribute("aria-activedescendant", shown.id);
      reveal(shown, list);
    }
  };
  let drawn: readonly Piece[] = [];
  app.on("pieces", () => {
    section.hidden = app.pieces.length < 2;
    byId("count").textContent = `${app.pieces.length} messages`;
    if (drawn.length === app.pieces.length && rows.length > 0) {
      // An edit changes a row or two: the others, and the place in them, stay.
      rows.forEach((old, i) => {
        const piece = app.pieces[i];
        if (piece === undefined || piece === drawn[i]) return;
        const made = row(piece, i);
        old.replaceWith(made);
        rows[i] = made;
      });
    } else {
      rows = [];
      list.replaceChildren();
      more();
    }
    drawn = app.pieces;
    mark();
  });
  app.on("piece", mark);
  byId("more").addEventListener("click", more);

  const KEYS: Readonly<Record<string, (at: number, last: number) => number>> = {
    ArrowDown: (at) => at + 1,
    ArrowUp: (at) => at - 1,
    PageDown: (at, last) => Math.min(last, at + 10),
    PageUp: (at) => Math.max(0, at - 10),
    Home: () => 0,
    End: (_, last) => last,
  };
  list.addEventListener("keydown", (event) => {
    const move = KEYS[event.key];
    if (move === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    app.show(move(app.at, app.pieces.length - 1));
  });
};
