// nlkit/testing: for tests of programs that speak netlink. What needs fast-check is in nlkit/testing/arbitrary.
export { exchangesOf, formatGolden, type Golden, parseGolden } from "./golden.ts";
