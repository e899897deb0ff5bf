// A file that a user names, or standard input.
import { readFile } from "node:fs/promises";
import { UsageError } from "./failure.ts";

/**
 * Reads text.
 * @param file its path; "-": standard input
 * @throws UsageError when it cannot be read
 */
export const readInput = async (file: string): Promise<string> => {
  if (file === "-") {
    process.stdin.setEncoding("utf8");
    let text = "";
    for await (const chunk of process.stdin) text += chunk;
    return text;
  }
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const { code } = error as { code?: string };
    throw new UsageError(code === "ENOENT" ? `no such file: ${file}` : `cannot read ${file}: ${code}`);
  }
};
