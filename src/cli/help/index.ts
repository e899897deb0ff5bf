export const help = async (..._: unknown[]): Promise<void> => {};
