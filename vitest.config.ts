import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Tests that enter namespaces do it on their thread: a process each keeps that apart.
    pool: "forks",
    // Most of them wait for the kernel most of the time: on two processors vitest would run one file at a time.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    globalSetup: ["test/support/build.ts"],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    coverage: { provider: "v8", include: ["src/**"], exclude: ["src/attrs/generated/**"] },
  },
});
