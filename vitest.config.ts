import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{lib,app}/**/*.test.{ts,tsx}'],
    globalSetup: 'lib/testing/global-setup.ts',
    // Native addons and process state of one file must not reach another.
    pool: 'forks',
    // More than the two cores of a small machine: half of the time a file waits for its chain, its database or its clock.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
