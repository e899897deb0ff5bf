// Elements: made with text only, never from markup.

/** The element of index.html with an id. */
export const byId = <T extends HTMLElement = HTMLElement>(id: string): T => document.getElementById(id) as T;

/**
 * An element.
 * @param tag its name
 * @param attributes as in markup; undefined and false: not there
 * @param children elements, and text
 */
export const el = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | number | boolean | undefined>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children);
  return made;
};

/** Text that may be broken behind each "|", and still is the same text. */
export const breakable = (text: string): (Node | string)[] =>
  text.split(/(?<=\|)/).flatMap((part, i) => (i === 0 ? [part] : [document.createElement("wbr"), part]));

/** Pixels between what is shown and the edge. */
const MARGIN = 8;

/** Brings an element that cannot be seen into view inside what scrolls around it, and scrolls nothing else. */
export const reveal = (element: Element, pane: Element): void => {
  const inner = element.getBoundingClientRect();
  const outer = pane.getBoundingClientRect();
  if (inner.top < outer.top) pane.scrollTop -= outer.top - inner.top + MARGIN;
  else if (inner.bottom > outer.bottom) pane.scrollTop += inner.bottom - outer.bottom + MARGIN;
};
