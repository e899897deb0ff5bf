// What we know better than the kernel: one hint a function. Pure: captures, live sockets and browsers use the same.
import type { Refused, RefusedRequest } from "../refused.ts";
import { headerStruct, intWidth, longText, nestedFlag, outOfRange, shortPayload } from "./bytes.ts";
import { factsOf, type Hint } from "./facts.ts";
import {
  exists,
  missingAttribute,
  natElsewhere,
  noDevice,
  noSuchNumber,
  notReplaced,
  oneOrAll,
  permission,
  probe,
  unknownAttribute,
  unknownKind,
  unknownMessage,
} from "./kernel.ts";

const HINTS: readonly Hint[] = [
  probe,
  headerStruct,
  nestedFlag,
  intWidth,
  shortPayload,
  longText,
  outOfRange,
  missingAttribute,
  unknownKind,
  unknownAttribute,
  notReplaced,
  natElsewhere,
  unknownMessage,
  oneOrAll,
  noSuchNumber,
  noDevice,
  exists,
  permission,
];

/**
 * Sentences about a refusal that the kernel's own answer does not hold; safe to print.
 * @param refused what is known of the refusal
 * @param request the request
 */
export const hintsFor = (refused: Omit<Refused, "hints">, request: RefusedRequest): string[] => {
  const facts = factsOf(refused, request);
  return HINTS.map((hint) => hint(facts)).filter((said) => said !== undefined);
};
