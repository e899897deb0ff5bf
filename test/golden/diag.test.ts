// What ss(8) and the kernel were recorded to say.
import { sockDiag } from "../../src/index.ts";
import { golden } from "./conntrack-suite.ts";
import { cases, leftovers } from "./diag-cases.ts";

golden("sock-diag", sockDiag, cases, leftovers);
