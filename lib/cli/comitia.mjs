#!/usr/bin/env node
// The `comitia` command. Plain JavaScript, since it is what teaches node to read the rest.
try {
  const { register } = await import('tsx/esm/api')
  register()
} catch {
  console.error('comitia: the packages are not installed; run npm ci')
  process.exit(1)
}
const { main } = await import('./main.ts')
await main(process.argv.slice(2))
