// The input that stands below a field while the name of a new attribute is typed.
import type { App } from "../app.ts";
import type { FieldNode } from "../nodes.ts";
import { el } from "./dom.ts";

/**
 * Opens it.
 * @param app told of the name
 * @param node where the attribute goes
 * @param item its treeitem
 * @param done it is closed
 */
export const openAdder = (app: App, node: FieldNode, item: HTMLElement, done: () => void): void => {
  const input = el("input", {
    type: "text",
    spellcheck: "false",
    autocomplete: "off",
    list: "addable",
    placeholder: "name of an attribute",
    "aria-label": "name of the new attribute",
    "aria-describedby": "error",
  });
  const names = el("datalist", { id: "addable" }, ...app.addable(node).map((name) => el("option", { value: name })));
  const error = el("div", { class: "error", id: "error", role: "alert" });
  const box = el("div", { class: "editor adder" }, input, names);
  item.firstElementChild?.after(box);
  let isClosed = false;
  const close = (): void => {
    if (isClosed) return;
    isClosed = true;
    box.remove();
    error.remove();
    done();
  };
  const commit = (): void => {
    // The tree is drawn anew with it, and this input goes: that shall not give the focus back.
    isClosed = true;
    try {
      if (app.add(node, input.value)) {
        done();
        return;
      }
      error.textContent = `${JSON.stringify(input.value)} is no attribute that its table has here`;
    } catch (problem) {
      error.textContent = (problem as Error).message;
    }
    isClosed = false;
    input.setAttribute("aria-invalid", "true");
    box.after(error);
  };
  input.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter") commit();
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  box.addEventListener("focusout", ({ relatedTarget }) => {
    if (!box.contains(relatedTarget as Node | null)) close();
  });
  input.focus();
};
