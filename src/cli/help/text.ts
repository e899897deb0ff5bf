// Paragraphs in lines.

/**
 * Breaks a text at blanks.
 * @param text one paragraph
 * @param width of a line
 * @param lead what stands in front of every line but the first
 */
export const filled = (text: string, width: number, lead = ""): string => {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.join(`\n${lead}`);
};

/** The same, two blanks in. */
export const indented = (text: string, width: number): string => `  ${filled(text, width - 2, "  ")}`;
