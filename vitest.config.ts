import { defineConfig } from 'vitest/config'
import { LongestFirst } from './lib/testing/longest-first.ts'

export default defineConfig({
  test: {
    include: ['{lib,app}/**/*.test.{ts,tsx}'],
    globalSetup: 'lib/testing/global-setup.ts',
    pool: 'forks',
    // A worker loads viem, Prisma and zod once, not for every file. So no file may leave anything behind in a module or
    // in the process.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // More than the two cores of a small machine: half of the time a file waits for its chain, its database or its clock.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
