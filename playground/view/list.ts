// The messages of a capture, to choose from. Rows are made for what can be seen: a capture may hold 100,000.
import { lineOf } from "../../src/capture/line.ts";
import type { App } from "../app.ts";
import { directionOf, type Piece } from "../piece.ts";
import { byId, el } from "./dom.ts";

/** Pixels of a row: as in style.css. */
const HEIGHT = 20;
/** Rows beyond what can be seen, above and below. */
const SPARE = 20;

const timeOf = ({ time }: Piece, first: bigint | undefined): string =>
  time === undefined || first === undefined ? "" : `+${(Number(time - first) / 1e9).toFixed(6)}`;

/** A refusal, or bytes that are malformed: what one looks for first. */
const isBad = (text: string): boolean => /^NLMSG_ERROR .*\bE[A-Z]{2,}|(^| )!/.test(text);

export const showList = (app: App): void => {
  const list = byId("messages");
  const rows = el("div", { role: "presentation" });
  list.append(rows);

  const row = (piece: Piece, i: number): HTMLElement => {
    const [field] = app.fieldsOf(piece);
    const text = field === undefined ? "" : lineOf(field);
    const direction = directionOf(piece);
    return el(
      "div",
      {
        role: "option",
        id: `m${i}`,
        class: isBad(text) ? "bad" : undefined,
        title: text.slice(0, 2000),
        "aria-selected": String(i === app.at),
        "aria-posinset": i + 1,
        "aria-setsize": app.pieces.length,
        "data-at": i,
      },
      el("span", { class: "nr" }, String(i + 1)),
      el(
        "span",
        { class: "dir", role: "img", "aria-label": direction === ">" ? "to the kernel" : "from it" },
        direction,
      ),
      el("span", { class: "time" }, timeOf(piece, app.pieces[0]?.time)),
      el("span", { class: "what" }, text.slice(0, 300)),
    );
  };
  /** Rows from the first that can be seen to the last. */
  let drawn = "";
  const draw = (): void => {
    const first = Math.max(0, Math.floor(list.scrollTop / HEIGHT) - SPARE);
    const last = Math.min(app.pieces.length, Math.ceil((list.scrollTop + list.clientHeight) / HEIGHT) + SPARE);
    const window = `${first}-${last}`;
    if (window === drawn) return;
    drawn = window;
    rows.style.height = `${app.pieces.length * HEIGHT}px`;
    rows.style.paddingTop = `${first * HEIGHT}px`;
    rows.replaceChildren(...app.pieces.slice(first, last).map((piece, i) => row(piece, first + i)));
  };
  const show = (): void => {
    const top = app.at * HEIGHT;
    if (top < list.scrollTop) list.scrollTop = top;
    else if (top + HEIGHT > list.scrollTop + list.clientHeight) list.scrollTop = top + HEIGHT - list.clientHeight;
    drawn = "";
    draw();
    list.setAttribute("aria-activedescendant", `m${app.at}`);
  };
  app.on("pieces", () => {
    byId("list").hidden = app.pieces.length < 2;
    byId("count").textContent = `${app.pieces.length} messages`;
    show();
  });
  app.on("piece", show);
  list.addEventListener("scroll", draw);
  new ResizeObserver(draw).observe(list);

  list.addEventListener("click", (event) => {
    const chosen = (event.target as Element).closest<HTMLElement>("[role=option]");
    if (chosen !== null) app.show(Number(chosen.dataset["at"]));
  });
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
