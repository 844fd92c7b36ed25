import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{lib,app}/**/*.test.{ts,tsx}'],
    globalSetup: 'lib/testing/global-setup.ts',
    // Native addons and process state of one file must not reach another.
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
