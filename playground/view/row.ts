// A field on one line of the tree.
import { COMMENTS } from "../embedded.ts";
import type { FieldNode } from "../nodes.ts";
import { breakable, el } from "./dom.ts";

/** What a screen reader says. */
export const labelOf = ({ field }: FieldNode): string =>
  [field.constant || "bytes", field.text, field.issue].filter((part) => part !== undefined && part !== "").join(" ");

/**
 * Its row.
 * @param node the field
 * @param refusal what the kernel said about it; undefined: nothing
 */
export const rowOf = ({ field, children }: FieldNode, refusal: string | undefined): HTMLElement =>
  el(
    "div",
    { class: "row", title: COMMENTS[field.constant] },
    el("span", { class: "twisty", "aria-hidden": "true" }, children.length > 0 ? "▸" : ""),
    el("span", { class: "name" }, field.constant === "" && field.issue !== undefined ? "bytes" : field.constant),
    " ",
    el("span", { class: "value" }, ...breakable(field.text)),
    ...(field.issue === undefined ? [] : [" ", el("span", { class: "issue" }, field.issue)]),
    ...(refusal === undefined ? [] : [" ", el("span", { class: "issue" }, `refused: ${refusal}`)]),
    el("span", { class: "where", "aria-hidden": "true" }, field.offset.toString(16).padStart(4, "0")),
  );
