// Families of generic netlink by number, as this kernel has them: for what is live. Of a capture nobody knows which machine it is of.
import { GenericNetlink } from "../client/generic-netlink.ts";
import { KernelError } from "../socket/errors.ts";
import { UsageError } from "./failure.ts";

/**
 * Asks the kernel which families it has.
 * @returns names by number
 * @throws SystemError; KernelError
 */
export const kernelFamilies = async (): Promise<Map<number, string>> => {
  await using genl = await GenericNetlink.open();
  return new Map([...genl.connection.types.byType].map(([number, { name }]) => [number, name]));
};

/**
 * Asks the kernel for the multicast groups of one family.
 * @param family its name
 * @throws UsageError: there is none; SystemError
 */
export const groupsOfFamily = async (family: string): Promise<{ readonly id: number; readonly name: string }[]> => {
  await using genl = await GenericNetlink.open();
  try {
    const { mcastGroups = [] } = await genl.family(family);
    return mcastGroups.map(({ id = 0, name = "" }) => ({ id, name }));
  } catch (error) {
    if (!(error instanceof KernelError) || error.code !== "ENOENT") throw error;
    throw new UsageError(`there is no family "${family}" of generic netlink`);
  }
};
