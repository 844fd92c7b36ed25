// The arrows of lib/ARCHITECTURE.md, held by CI: npx depcruise --config lib/.dependency-cruiser.cjs app lib e2e
const ADAPTERS = '^lib/(db|chain|strategies|validations|execution)/'
const ENTRY = '^(lib/(jobs|api|cli)|app|e2e)/'
const TEST = '[.](test|suite)[.]tsx?$'

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'core-imports-only-core',
      severity: 'error',
      from: { path: '^lib/core/', pathNot: TEST },
      to: {
        pathNot: [
          '^lib/core/',
          'node_modules/(zod|abitype|@noble/(hashes|curves)|@bitauth/libauth)/',
          'node_modules/viem/.*/(utils|ens)/',
        ],
      },
    },
    {
      name: 'platform-is-a-leaf',
      severity: 'error',
      from: { path: '^lib/platform/' },
      to: { path: '^(lib|app|e2e)/', pathNot: '^lib/(platform|core)/' },
    },
    {
      name: 'adapters-do-not-look-up',
      severity: 'error',
      from: { path: ADAPTERS, pathNot: TEST },
      to: { path: ['^lib/(services|ingest)/', ENTRY] },
    },
    {
      name: 'adapters-do-not-mix',
      severity: 'error',
      comment: 'Exception: anyone may use lib/chain.',
      from: { path: ADAPTERS, pathNot: TEST },
      to: { path: '^lib/(db|strategies|validations|execution)/', pathNot: '^lib/$1/' },
    },
    {
      name: 'services-do-not-look-up',
      severity: 'error',
      from: { path: '^lib/(services|ingest)/', pathNot: TEST },
      to: { path: ENTRY, pathNot: '^lib/jobs/definitions/' },
    },
    {
      name: 'lib-does-not-import-app',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^(app|e2e)/' },
    },
    {
      name: 'components-are-browser-safe',
      severity: 'error',
      from: { path: '^app/.*_(components|ballots|wallet)/' },
      to: { path: '^lib/', pathNot: '^lib/(core|client)/' },
    },
    {
      name: 'client-is-browser-safe',
      severity: 'error',
      from: { path: '^lib/client/', pathNot: TEST },
      to: { path: '^lib/', pathNot: '^lib/(core|client)/' },
    },
    {
      name: 'plugins-only-through-registry',
      severity: 'error',
      from: {
        pathNot: ['^lib/(core/voting|strategies|validations|execution)/', '^lib/(dev|testing)/', TEST],
      },
      to: {
        path: '^lib/(core/voting|strategies|validations|execution)/',
        // What an account is may be asked by anybody.
        pathNot: '/(registry|voting-system|strategy|validation|executor|read-(module|safe|members))[.]ts$',
      },
    },
    {
      name: 'testing-only-in-tests',
      severity: 'error',
      from: { pathNot: ['^lib/testing/', '^e2e/', TEST] },
      to: { path: '^lib/testing/' },
    },
    {
      name: 'dev-stays-out-of-production',
      severity: 'error',
      from: { pathNot: ['^lib/(dev|testing|cli/bench)/', '^e2e/', TEST] },
      to: { path: '^lib/dev/' },
    },
    {
      name: 'prisma-stays-home',
      severity: 'error',
      from: { pathNot: ['^lib/db/', '^prisma/', '^lib/testing/', '^lib/dev/schema-engine[.]mjs'] },
      to: { path: ['node_modules/@prisma/', 'node_modules/[.]prisma/', '^lib/db/generated/'] },
    },
    {
      name: 'safe-sdk-stays-home',
      severity: 'error',
      from: { pathNot: ['^lib/execution/safe/', '^lib/(dev|testing)/', '^app/_wallet/'] },
      to: { path: 'node_modules/@safe-global/' },
    },
    {
      name: 'no-react-in-lib',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/cli/' },
      to: { path: 'node_modules/(react|react-dom|next|wagmi)/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['[.]next/', 'lib/db/generated/'] },
  },
}
