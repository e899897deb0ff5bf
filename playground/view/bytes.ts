// The bytes: rows with offsets, coloured by what they are; every one leads to its field, and digits typed on one change it.
import { OCTET } from "../../src/codec/text.ts";
import type { App } from "../app.ts";
import { extent, type FieldNode, type Layout } from "../nodes.ts";
import { byId, el, reveal } from "./dom.ts";

/** More is not shown: netlink datagrams are shorter. */
const MOST = 1 << 16;
/** Rows that are laid out together. */
const GROUP = 64;
const narrow = matchMedia("(max-width: 44rem)");

const printed = (byte: number): string =>
  byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : byte === 0x20 ? "\u00a0" : "·";

/** The stretch in which two byte strings differ, in the second one. */
export const difference = (a: Uint8Array, b: Uint8Array): readonly [at: number, end: number] => {
  const shorter = Math.min(a.length, b.length);
  let at = 0;
  while (at < shorter && a[at] === b[at]) at++;
  let tail = 0;
  while (tail < shorter - at && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  return [at, b.length - tail];
};

export const showBytes = (app: App): void => {
  const grid = byId("grid");
  grid.setAttribute("role", "grid");
  grid.setAttribute("aria-labelledby", "bytes-title");
  const pane = byId("bytes");
  let cells: HTMLElement[] = [];
  let letters: HTMLElement[] = [];
  let lit: { readonly node: FieldNode; readonly name: string }[] = [];
  /** The byte that Tab reaches. */
  let current = 0;
  /** A first digit, of which the second is awaited. */
  let half: number | undefined;
  const width = (): number => (narrow.matches ? 8 : 16);

  const draw = (bytes: Uint8Array, layout: Layout, before: Uint8Array): void => {
    const shown = bytes.subarray(0, MOST);
    const [from, to] = difference(before, shown);
    const { owner, role } = layout;
    cells = [];
    letters = [];
    lit = [];
    const rows: HTMLElement[] = [];
    const keys = app.showsKeys ? [] : layout.all.flatMap(({ field: { secret } }) => secret ?? []);
    const isHidden = (i: number): boolean => keys.some(({ at, end }) => i >= at && i < end);
    for (let at = 0; at < shown.length; at += width()) {
      const row = el(
        "div",
        { role: "row" },
        el("span", { role: "rowheader", class: "offset" }, at.toString(16).padStart(4, "0")),
      );
      const text = el("span", { class: "ascii", "aria-hidden": "true" });
      for (let i = at; i < at + width(); i++) {
        const byte = shown[i];
        if (byte === undefined) {
          row.append(el("span", { class: "none" }, "  "));
          continue;
        }
        const node = owner[i];
        const look = `${role[i]} l${(node?.level ?? 0) % 6}${i >= from && i < to ? " changed" : ""}`;
        const bad = node?.field.issue !== undefined ? " bad" : "";
        const isKey = isHidden(i);
        const cell = el(
          "span",
          { role: "gridcell", tabindex: -1, "data-at": i, class: look + bad },
          isKey ? "••" : (OCTET[byte] ?? ""),
        );
        const letter = el("span", { "data-at": i, class: look + bad }, isKey ? "•" : printed(byte));
        cells.push(cell);
        letters.push(letter);
        row.append(cell);
        text.append(letter);
      }
      row.append(text);
      rows.push(row);
    }
    const groups: HTMLElement[] = [];
    for (let i = 0; i < rows.length; i += GROUP)
      groups.push(el("div", { role: "rowgroup" }, ...rows.slice(i, i + GROUP)));
    grid.replaceChildren(...groups);
    const left = bytes.length - shown.length;
    if (left > 0) grid.append(el("div", { class: "note" }, `${left} bytes more are not shown`));
    byId("size").textContent = `${bytes.length} bytes`;
    current = Math.min(current, Math.max(0, cells.length - 1));
    cells[current]?.setAttribute("tabindex", "0");
  };
  const light = (): void => {
    for (const { node, name } of lit) paint(node, name, false);
    lit = [];
    for (const [node, name] of [
      [app.selected, "selected"],
      [app.hovered, "hovered"],
    ] as const) {
      if (node === undefined || app.draft !== undefined) continue;
      lit.push({ node, name });
      paint(node, name, true);
    }
    const node = app.hovered ?? app.selected;
    const [at, end] = node === undefined ? [0, 0] : extent(node.field);
    // The beginning last: it stays in sight where both do not fit.
    for (const cell of [cells[end - 1], cells[at]]) if (cell !== undefined && at < end) reveal(cell, pane);
  };
  const paint = ({ field }: FieldNode, name: string, on: boolean): void => {
    const [at, end] = extent(field);
    for (let i = at; i < end; i++) {
      cells[i]?.classList.toggle(name, on);
      letters[i]?.classList.toggle(name, on);
    }
  };
  const redraw = (): void => {
    half = undefined;
    const bytes = app.piece?.bytes ?? new Uint8Array();
    if (app.draft !== undefined) draw(app.draft.bytes, app.draft.layout, bytes);
    else draw(bytes, app.layout, bytes);
    light();
  };
  app.on("piece", redraw);
  app.on("draft", redraw);
  app.on("lit", light);
  narrow.addEventListener("change", redraw);

  const at = (event: Event): number => Number((event.target as HTMLElement).dataset["at"] ?? Number.NaN);
  const go = (to: number): void => {
    half = undefined;
    const cell = cells[to];
    if (cell === undefined) return;
    cells[current]?.setAttribute("tabindex", "-1");
    current = to;
    cell.setAttribute("tabindex", "0");
    cell.focus();
    app.select(app.layout.owner[to]);
  };
  grid.addEventListener("pointerover", (event) => {
    if (event.pointerType === "mouse") app.hover(app.layout.owner[at(event)]);
  });
  grid.addEventListener("pointerleave", () => app.hover(undefined));
  grid.addEventListener("click", (event) => go(at(event)));
  grid.addEventListener("focusin", (event) => {
    if (!Number.isNaN(at(event)) && at(event) !== current) go(at(event));
    else app.select(app.layout.owner[current] ?? app.selected);
  });

  const digit = (value: number): void => {
    const { piece } = app;
    const old = piece?.bytes[current];
    if (piece === undefined || old === undefined || app.draft !== undefined) return;
    if (half === undefined) {
      half = value;
      const cell = cells[current];
      if (cell !== undefined) cell.textContent = `${value.toString(16)}_`;
      return;
    }
    const copy = piece.bytes.slice();
    copy[current] = half * 16 + value;
    const next = Math.min(current + 1, copy.length - 1);
    app.change(copy);
    go(next);
  };
  const steps = (): Readonly<Record<string, number>> => ({
    ArrowRight: current + 1,
    ArrowLeft: current - 1,
    ArrowDown: Math.min(cells.length - 1, current + width()),
    ArrowUp: current - width(),
    PageDown: Math.min(cells.length - 1, current + 8 * width()),
    PageUp: Math.max(current % width(), current - 8 * width()),
    Home: current - (current % width()),
    End: Math.min(cells.length - 1, current - (current % width()) + width() - 1),
  });
  grid.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey) return;
    const { key, ctrlKey } = event;
    const to = ctrlKey ? { Home: 0, End: cells.length - 1 }[key] : steps()[key];
    if (to !== undefined) go(to);
    else if (key === "Escape" && half !== undefined) redraw();
    else if (!ctrlKey && /^[\da-f]$/i.test(key)) digit(Number.parseInt(key, 16));
    else return;
    event.preventDefault();
  });
};
