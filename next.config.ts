import type { NextConfig } from 'next'

const config: NextConfig = {
  // Types are checked once, by `tsc` in CI; a start from a fresh clone does not wait for them again.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  // Node packages with native or dynamic parts stay outside the bundle.
  serverExternalPackages: [
    'pg',
    '@prisma/client',
    '@prisma/adapter-pg',
    'graphile-worker',
    'secp256k1',
    '@safe-global/protocol-kit',
    'pino',
  ],
  headers: async () => [
    {
      source: '/((?!api/).*)',
      headers: [
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
        { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), payment=()' },
        { key: 'Cross-Origin-Opener-Policy', value: 'same-origin-allow-popups' },
      ],
    },
  ],
}

export default config
