import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    // The package's own name leads to its sources, as it does for the type-checker of examples.
    alias: [
      {
        find: "aura-choreography/runtime/conformance",
        replacement: fileURLToPath(new URL("./runtime/conformance.ts", import.meta.url)),
      },
      {
        find: /^aura-choreography\/(\w+)$/,
        replacement: fileURLToPath(new URL("./$1/index.ts", import.meta.url)),
      },
    ],
  },
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Else one core is left idle: half of a machine with two.
    maxWorkers: "100%",
  },
});
