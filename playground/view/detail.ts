// One line about the field that is lit, and what is wrong with the message.

import type { App } from "../app.ts";
import { COMMENTS } from "../embedded.ts";
import { chainOf } from "../nodes.ts";
import { byId, el } from "./dom.ts";

/** What the codes of issues mean: those of DecodeCode. */
const MEANING: Readonly<Record<string, string>> = {
  BAD_LENGTH: "shorter than its type, or empty where it may not be",
  TRUNCATED: "a length that says more than there is, or less than its own header",
  TRAILING: "bytes left over that frame nothing",
  TOO_DEEP: "nests beyond any that the kernel makes",
};

export const showDetail = (app: App): void => {
  const problems = byId("problems");

  const describe = (): void => {
    const node = app.hovered ?? app.selected;
    const line = byId("detail");
    (byId("edit") as HTMLButtonElement).disabled = app.selected === undefined || app.editor(app.selected) === undefined;
    const { selected } = app;
    (byId("add") as HTMLButtonElement).disabled = selected === undefined || app.addable(selected).length === 0;
    (byId("remove") as HTMLButtonElement).disabled = selected?.field.word === undefined;
    if (node === undefined) {
      line.replaceChildren(
        el(
          "span",
          { class: "dim" },
          "Point at a field, or at a byte. Enter edits a value; hex digits typed on a byte change it.",
        ),
      );
      return;
    }
    const { field } = node;
    const end = field.offset + field.length;
    const names = chainOf(node)
      .slice(1)
      .map(({ field: { constant } }) => constant || "bytes");
    line.replaceChildren(
      el("b", {}, names.join(" / ") || field.constant || "bytes"),
      el("span", { class: "dim" }, ` ${field.offset}–${Math.max(field.offset, end - 1)} · ${field.length} bytes`),
      ...(field.property === "" ? [] : [" · ", el("code", {}, field.property)]),
      ...(COMMENTS[field.constant] === undefined ? [] : [" · ", el("span", {}, COMMENTS[field.constant] ?? "")]),
      ...(field.issue === undefined
        ? []
        : [" · ", el("span", { class: "issue" }, `${field.issue}: ${MEANING[field.issue] ?? ""}`)]),
    );
  };

  const list = (): void => {
    const bad = app.layout.all.filter(({ field }) => field.issue !== undefined).slice(0, 50);
    const items = bad.map((node) => {
      const { field } = node;
      const text = `${field.property || field.constant || "message"}: ${field.issue}, ${MEANING[field.issue ?? ""] ?? ""}, at byte ${field.offset}`;
      const button = el("button", { type: "button", class: "link" }, text);
      button.addEventListener("click", () => app.select(node));
      return el("li", { class: "issue" }, button);
    });
    const { judged } = app;
    if (judged !== undefined) {
      const isRequest = judged.request === app.at;
      const about = judged.at === undefined ? "" : `, at ${judged.at.property} (${judged.at.constant})`;
      const button = el(
        "button",
        { type: "button", class: "link" },
        isRequest ? "show the answer" : "show the request",
      );
      button.addEventListener("click", () => app.show(isRequest ? judged.answer : judged.request));
      items.unshift(el("li", { class: "issue" }, `Refused: ${judged.text}${about} · `, button));
    }
    problems.replaceChildren(...items);
    problems.hidden = items.length === 0;
  };
  app.on("piece", list);
  app.on("lit", describe);
};
