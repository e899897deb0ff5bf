// Patterns that cannot take long: no regular expression comes from outside.

/**
 * Does a pattern fit a text? With `*` (anything) or `?` (one character) it has to fit the whole, otherwise to stand in it.
 * @param pattern the pattern
 * @param text the text
 */
export const matches = (pattern: string, text: string): boolean => {
  if (!/[*?]/.test(pattern)) return text.includes(pattern);
  // Only the last star is ever taken back: at most pattern times text steps.
  let p = 0;
  let t = 0;
  let star = -1;
  let from = 0;
  while (t < text.length) {
    if (pattern[p] === "*") {
      star = p++;
      from = t;
    } else if (p < pattern.length && (pattern[p] === "?" || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++from;
    } else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
};
