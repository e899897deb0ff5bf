// How a text stands in a script.

/** One word of bash and zsh, whatever is in it. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** One word of fish, where a backslash counts inside quotes too. */
export const fishQuoted = (text: string): string => `'${text.replace(/[\\']/g, "\\$&")}'`;

/** A description on one line, without the end that a list of options has no use for. */
export const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();
