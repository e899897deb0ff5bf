// The fields: an ARIA treeview. Its children are made when a nest is opened.

import type { App } from "../app.ts";
import { chainOf, type FieldNode } from "../nodes.ts";
import { openAdder } from "./adder.ts";
import { byId, el, reveal } from "./dom.ts";
import { openEditor } from "./editor.ts";
import { labelOf, rowOf } from "./row.ts";

/** A tree with more is shown by its upper levels. */
const MANY = 600;

export const showTree = (app: App): void => {
  const tree = byId("tree");
  const pane = byId("fields");
  const items = new Map<FieldNode, HTMLElement>();
  const nodes = new WeakMap<Element, FieldNode>();
  /** The one that Tab reaches. */
  let current: FieldNode | undefined;
  let isEditing = false;

  const isBlamed = ({ field }: FieldNode): boolean =>
    app.judged?.request === app.at && field.word !== undefined && field.offset === app.judged.at?.offset;

  const itemOf = (node: FieldNode): HTMLElement => {
    const { level, quiet, children, field } = node;
    const item = el("div", {
      role: "treeitem",
      tabindex: -1,
      "aria-level": level + 1,
      "aria-label": labelOf(node),
      "aria-selected": "false",
      "aria-expanded": children.length > 0 ? "false" : undefined,
      class: `l${level % 6}${quiet ? " quiet" : ""}${field.issue === undefined ? "" : " bad"}`,
    });
    item.append(rowOf(node, isBlamed(node) ? app.judged?.text : undefined));
    items.set(node, item);
    nodes.set(item, node);
    if (children.length > 0 && (app.layout.all.length < MANY || level < 1)) open(node);
    return item;
  };
  const isOpen = (node: FieldNode): boolean => items.get(node)?.getAttribute("aria-expanded") === "true";
  const open = (node: FieldNode): void => {
    const item = items.get(node);
    if (item === undefined || isOpen(node) || node.children.length === 0) return;
    item.setAttribute("aria-expanded", "true");
    item.append(el("div", { role: "group" }, ...node.children.map(itemOf)));
  };
  const close = (node: FieldNode): void => {
    items.get(node)?.setAttribute("aria-expanded", "false");
    items.get(node)?.querySelector(":scope > [role=group]")?.remove();
  };
  /** The node itself, or what is closed above it. */
  const shown = (node: FieldNode): FieldNode =>
    chainOf(node)
      .slice(0, -1)
      .find((above) => !isOpen(above)) ?? node;
  /** Those that can be seen, from above. */
  const visible = (): FieldNode[] => {
    const out: FieldNode[] = [];
    const add = (node: FieldNode): void => {
      out.push(node);
      if (isOpen(node)) node.children.forEach(add);
    };
    app.layout.roots.forEach(add);
    return out;
  };

  const setCurrent = (node: FieldNode | undefined): void => {
    if (current !== undefined) items.get(current)?.setAttribute("tabindex", "-1");
    current = node;
    if (node !== undefined) items.get(node)?.setAttribute("tabindex", "0");
  };
  const focus = (node: FieldNode | undefined): void => {
    if (node === undefined) return;
    for (const above of chainOf(node).slice(0, -1)) open(above);
    // Of a tree that was drawn anew meanwhile.
    if (!items.has(node)) return;
    setCurrent(node);
    items.get(node)?.focus({ preventScroll: true });
    app.select(node);
  };

  const draw = (): void => {
    const hadFocus = tree.contains(document.activeElement);
    isEditing = false;
    items.clear();
    tree.replaceChildren(...app.layout.roots.map(itemOf));
    setCurrent(app.layout.roots[0]);
    if (hadFocus) focus(app.selected ?? app.layout.roots[0]);
  };
  const light = (): void => {
    for (const [name, node] of [
      ["selected", app.selected],
      ["hovered", app.hovered],
    ] as const) {
      for (const item of tree.querySelectorAll(`.${name}`)) {
        item.classList.remove(name);
        if (name === "selected") item.setAttribute("aria-selected", "false");
      }
      if (node === undefined) continue;
      // What is chosen is shown; pointing at a byte opens nothing.
      if (name === "selected") for (const above of chainOf(node).slice(0, -1)) open(above);
      const item = items.get(shown(node));
      item?.classList.add(name);
      if (name === "selected") {
        item?.setAttribute("aria-selected", "true");
        if (!tree.contains(document.activeElement)) setCurrent(node);
      }
    }
    const node = app.hovered ?? app.selected;
    const row = node && items.get(shown(node))?.firstElementChild;
    if (row && !isEditing) reveal(row, pane);
  };
  app.on("piece", draw);
  app.on("lit", light);

  const edit = (node: FieldNode): void => {
    const item = items.get(node);
    const editing = app.editor(node);
    if (item === undefined || editing === undefined || isEditing) return;
    isEditing = true;
    focus(node);
    openEditor(
      app,
      editing,
      item,
      (path) => itemAt(path),
      () => {
        isEditing = false;
        focus(app.selected);
      },
    );
  };
  /** The field that an error is about, or the nearest one above it that is there. */
  const itemAt = (path: string): HTMLElement | undefined => {
    if (path === "") return undefined;
    const found = [...items].filter(([{ field }]) => field.property === path).at(-1)?.[1];
    return found ?? itemAt(path.replace(/(^|\.)[^.[]*$|\[\d+\]$/, ""));
  };
  const add = (node: FieldNode): void => {
    const item = items.get(node);
    if (item === undefined || isEditing || app.addable(node).length === 0) return;
    isEditing = true;
    focus(node);
    openAdder(app, node, item, () => {
      isEditing = false;
      focus(app.selected);
    });
  };
  const remove = (node: FieldNode): void => {
    if (!isEditing && app.remove(node)) focus(app.selected);
  };
  byId("add").addEventListener("click", () => app.selected && add(app.selected));
  byId("remove").addEventListener("click", () => app.selected && remove(app.selected));
  byId("edit").addEventListener("click", () => app.selected && edit(app.selected));

  const nodeOf = (event: Event): FieldNode | undefined => {
    const item = (event.target as Element).closest("[role=treeitem]");
    return item === null ? undefined : nodes.get(item);
  };
  tree.addEventListener("pointerover", (event) => {
    if (event.pointerType === "mouse") app.hover(nodeOf(event));
  });
  tree.addEventListener("pointerleave", () => app.hover(undefined));
  /** Pressing gives focus, which selects: what was selected before that counts. */
  let before: FieldNode | undefined;
  tree.addEventListener(
    "pointerdown",
    () => {
      before = app.selected;
    },
    { capture: true },
  );
  tree.addEventListener("click", (event) => {
    const node = nodeOf(event);
    const target = event.target as Element;
    if (node === undefined || target.closest(".editor") !== null) return;
    if (target.matches(".twisty")) (isOpen(node) ? close : open)(node);
    const again = node === before && target.matches(".value");
    focus(node);
    if (again) edit(node);
  });
  tree.addEventListener("focusin", (event) => {
    if ((event.target as Element).matches("[role=treeitem]")) {
      setCurrent(nodeOf(event));
      app.select(nodeOf(event));
    }
  });

  const KEYS: Readonly<Record<string, (node: FieldNode, all: readonly FieldNode[]) => void>> = {
    ArrowDown: (node, all) => focus(all[all.indexOf(node) + 1]),
    ArrowUp: (node, all) => focus(all[all.indexOf(node) - 1]),
    Home: (_, all) => focus(all[0]),
    End: (_, all) => focus(all.at(-1)),
    ArrowRight: (node) => (isOpen(node) ? focus(node.children[0]) : open(node)),
    ArrowLeft: (node) => (isOpen(node) ? close(node) : focus(node.parent)),
    "*": (node) => (node.parent?.children ?? app.layout.roots).forEach(open),
    Enter: (node) => edit(node),
    F2: (node) => edit(node),
    Insert: (node) => add(node),
    "+": (node) => add(node),
    Delete: (node) => remove(node),
  };
  tree.addEventListener("keydown", (event) => {
    const node = nodeOf(event);
    const act = KEYS[event.key];
    if (isEditing || node === undefined || act === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    act(node, visible());
  });
};
