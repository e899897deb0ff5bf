// What can be wrong with a network: facts, and the words made of them here.

/** What sort of mistake it is. */
export type NetworkErrorCode =
  /** The call asks for what cannot be. */
  | "INVALID"
  /** There is one of that name already. */
  | "EXISTS"
  /** There is none of that name. */
  | "NOT_FOUND"
  /** A subnet or an address that something else has. */
  | "CONFLICT"
  /** No address, no pool is left. */
  | "EXHAUSTED"
  /** A port that another endpoint or a process has. */
  | "PORT_TAKEN"
  /** A network that endpoints are on, or into whose chains a rule of somebody else jumps. */
  | "IN_USE"
  /** The host does not forward. */
  | "FORWARDING_OFF"
  /** Somebody else is changing networks, for too long. */
  | "LOCKED"
  /** The namespace is not there. */
  | "NO_NETNS";

/** A network that could not be made, changed or found. Nothing was changed, unless the message says otherwise. */
export class NetworkError extends Error {
  /** Always "NetworkError". */
  override readonly name = "NetworkError";
  /** What sort of mistake it is. */
  readonly code: NetworkErrorCode;
  /**
   * @param code what sort
   * @param message one line
   * @param options what it came from
   */
  constructor(code: NetworkErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Refuses what cannot be. */
export const invalid = (message: string): never => {
  throw new NetworkError("INVALID", message);
};

/**
 * A RangeError of what reads addresses, names and ports, as one of ours.
 * @param read may throw it
 */
export const checked = <T>(read: () => T): T => {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new NetworkError("INVALID", error.message, { cause: error });
    throw error;
  }
};
