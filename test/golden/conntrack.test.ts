// What conntrack(8) and the kernel were recorded to say.
import { conntrack } from "../../src/index.ts";
import { cases, leftovers } from "./conntrack-cases.ts";
import { golden } from "./conntrack-suite.ts";

golden("conntrack", conntrack, cases, leftovers);
