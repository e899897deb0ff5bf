// What comes in: pasted, dropped, chosen, taken from the address.

import { plain } from "../../src/codec/text.ts";
import type { App } from "../app.ts";
import { EXAMPLES } from "../embedded.ts";
import { readCapture } from "../read.ts";
import { piecesOfFragment } from "../share.ts";
import { byId, el } from "./dom.ts";

/** Milliseconds in which a typist types the next key. */
const PAUSE = 150;

/** Says something to who looks, and to who listens. */
export const say = (text: string, isBad = false): void => {
  const status = byId("status");
  status.textContent = text;
  status.classList.toggle("issue", isBad);
};

export const showInput = (app: App): void => {
  const text = byId<HTMLTextAreaElement>("text");
  const protocol = byId<HTMLSelectElement>("protocol");
  const examples = byId<HTMLSelectElement>("examples");
  let turn = 0;

  const read = async (data: Blob, name = ""): Promise<void> => {
    const mine = ++turn;
    const { format, pieces, problems } = await readCapture(data, protocol.value || "NETLINK_ROUTE");
    // Something newer has come while this was read.
    if (mine !== turn) return;
    await app.load(pieces);
    const count = `${pieces.length} message${pieces.length === 1 ? "" : "s"}`;
    const from = [plain(name), format].filter(Boolean).join(", ");
    say([from === "" ? "" : `${count} (${from})`, ...problems].filter(Boolean).join(" · "), problems.length > 0);
  };
  const readText = (value: string): Promise<void> => read(new Blob([value]));

  let timer: ReturnType<typeof setTimeout> | undefined;
  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => readText(text.value), PAUSE);
  });
  const isTyping = (target: EventTarget | null): boolean =>
    target instanceof HTMLElement && target.matches("input, textarea, select");
  document.addEventListener("paste", (event) => {
    if (isTyping(event.target) || event.clipboardData === null) return;
    event.preventDefault();
    take(event.clipboardData);
  });
  const take = (transfer: DataTransfer): void => {
    const [file] = transfer.files;
    if (file !== undefined) void read(file, file.name);
    else {
      text.value = transfer.getData("text/plain");
      void readText(text.value);
    }
  };

  addEventListener("dragover", (event) => {
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) document.body.classList.remove("dropping");
  });
  addEventListener("drop", (event) => {
    event.preventDefault();
    document.body.classList.remove("dropping");
    if (event.dataTransfer !== null) take(event.dataTransfer);
  });

  const file = byId<HTMLInputElement>("file");
  byId("open").addEventListener("click", () => file.click());
  file.addEventListener("change", () => {
    const [chosen] = file.files ?? [];
    if (chosen !== undefined) void read(chosen, chosen.name);
    file.value = "";
  });

  examples.append(...EXAMPLES.map(({ name }, i) => el("option", { value: i }, name)));
  examples.addEventListener("change", () => {
    const example = EXAMPLES[Number(examples.value)];
    if (examples.value === "" || example === undefined) return;
    text.value = example.text;
    void readText(example.text);
    examples.value = "";
  });

  const fromAddress = (): boolean => {
    const pieces = piecesOfFragment(location.hash);
    if (pieces === undefined) return false;
    turn++;
    void app.load(pieces);
    say(`${pieces.length} message${pieces.length === 1 ? "" : "s"} (from the link)`);
    return true;
  };
  addEventListener("hashchange", fromAddress);
  if (fromAddress()) return;
  if (location.hash.length > 1) say("the link holds no messages", true);
  const [first] = EXAMPLES;
  if (first === undefined) return;
  text.value = first.text;
  void readText(first.text);
};
