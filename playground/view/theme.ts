// Dark and light: as the system says, or as the reader says.
import { byId } from "./dom.ts";

const KEY = "nlkit-playground-theme";
const ORDER = ["auto", "light", "dark"] as const;

/** A page from a file may have no storage. */
const stored = (): string | null => {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
};

export const showTheme = (): void => {
  const button = byId("theme");
  let theme: (typeof ORDER)[number] = ORDER.find((name) => name === stored()) ?? "auto";
  const apply = (): void => {
    if (theme === "auto") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
    button.textContent = `Theme: ${theme}`;
  };
  button.addEventListener("click", () => {
    theme = ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length] ?? "auto";
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // It lasts as long as the page.
    }
    apply();
  });
  apply();
};
