// --filter: what a person wrote -> a predicate.
import { compileFilter, type Filter } from "../capture/filter.ts";
import { loadWords } from "./constants.ts";
import { UsageError } from "./failure.ts";

/**
 * Makes a predicate.
 * @param text the filter
 * @throws UsageError that says where it cannot be
 */
export const filterOf = async (text: string): Promise<Filter> => {
  const { constant, isProperty } = await loadWords();
  try {
    return compileFilter(text, constant, isProperty);
  } catch (error) {
    throw error instanceof SyntaxError ? new UsageError(error.message) : error;
  }
};
