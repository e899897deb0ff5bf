// The input that stands in a field's row while its value is edited. The bytes follow every key.
import type { Int } from "../../src/codec/codec.ts";
import type { App } from "../app.ts";
import type { Editing } from "../edit.ts";
import { choicesOf } from "../value-text.ts";
import { breakable, el } from "./dom.ts";

/** Buttons for the bits of a flag word. */
const bitsOf = (codec: Int, input: HTMLInputElement, changed: () => void): HTMLElement => {
  const tokens = (): string[] =>
    input.value
      .split("|")
      .map((token) => token.trim())
      .filter((token) => token !== "" && token !== "0");
  const buttons = choicesOf(codec).map((name) => {
    const button = el("button", { type: "button", "aria-pressed": String(tokens().includes(name)) }, name);
    button.addEventListener("click", () => {
      const others = tokens().filter((token) => token !== name);
      input.value = (others.length < tokens().length ? others : [...others, name]).join("|") || "0";
      changed();
    });
    return button;
  });
  input.addEventListener("input", () => {
    for (const button of buttons)
      button.setAttribute("aria-pressed", String(tokens().includes(button.textContent ?? "")));
  });
  return el("div", { class: "bits", role: "group", "aria-label": "bits" }, ...buttons);
};

/**
 * Opens it.
 * @param app told of what the bytes would be
 * @param editing what is edited
 * @param item the treeitem
 * @param itemAt the treeitem that an error is about
 * @param done it is closed, and nothing was changed
 */
export const openEditor = (
  app: App,
  editing: Editing,
  item: HTMLElement,
  itemAt: (path: string) => HTMLElement | undefined,
  done: () => void,
): void => {
  const { field } = editing.node;
  const { codec } = editing;
  const value = item.querySelector(".value") as HTMLElement;
  const old = value.textContent ?? "";
  const input = el("input", {
    type: "text",
    spellcheck: "false",
    autocomplete: "off",
    "aria-label": `value of ${field.constant || "bytes"}`,
    "aria-describedby": "error",
  });
  const error = el("div", { class: "error", id: "error", role: "alert" });
  input.value = editing.text;
  input.size = Math.min(60, Math.max(12, editing.text.length + 2));
  const box = el("span", { class: "editor" }, input);
  const isBits = codec?.kind === "int" && codec.bits === true && codec.names?.prefix !== "";
  if (isBits) box.append(bitsOf(codec, input, () => input.dispatchEvent(new Event("input"))));
  else if (choicesOf(codec).length > 0) {
    box.append(el("datalist", { id: "choices" }, ...choicesOf(codec).map((name) => el("option", { value: name }))));
    input.setAttribute("list", "choices");
  }
  value.replaceChildren(box);

  let isClosed = false;
  const attempt = (): Uint8Array | undefined => {
    const edited = editing.apply(input.value);
    const bad = "error" in edited;
    input.setAttribute("aria-invalid", String(bad));
    error.remove();
    if (!bad) return edited.bytes;
    error.textContent = edited.path === field.property ? edited.error : `${edited.path || "message"}: ${edited.error}`;
    ((edited.path === "" ? undefined : itemAt(edited.path)) ?? item).firstElementChild?.after(error);
    return undefined;
  };
  const cancel = (): void => {
    if (isClosed) return;
    isClosed = true;
    error.remove();
    value.replaceChildren(...breakable(old));
    app.preview(undefined);
    done();
  };
  const commit = (): void => {
    const bytes = attempt();
    if (bytes === undefined || isClosed) return;
    if (input.value === editing.text) {
      cancel();
      return;
    }
    isClosed = true;
    item.focus({ preventScroll: true });
    app.change(bytes);
  };
  input.addEventListener("input", () => app.preview(attempt() ?? undefined));
  input.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter") commit();
    else if (event.key === "Escape") cancel();
    else return;
    event.preventDefault();
  });
  box.addEventListener("focusout", ({ relatedTarget }) => {
    if (isClosed || box.contains(relatedTarget as Node | null)) return;
    if (input.value !== editing.text && attempt() !== undefined) commit();
    else cancel();
  });
  input.focus();
  input.select();
};
