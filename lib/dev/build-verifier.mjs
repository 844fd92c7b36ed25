#!/usr/bin/env node
// `comitia verify` as one file that runs with node alone: public/comitia-verify.mjs, which the server hands out. The same
// sources give the same bytes, so that anybody can make it from a clone and compare: it prints the sha256.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const file = `${root}public/comitia-verify.mjs`

/** Makes the file, unless it is the one that is there. Answers its sha256 in hex. */
export async function buildVerifier() {
  const bytes = await bundleVerifier()
  if (!fs.existsSync(file) || !bytes.equals(fs.readFileSync(file))) {
    fs.writeFileSync(`${file}.draft`, bytes)
    fs.renameSync(`${file}.draft`, file)
  }
  return createHash('sha256').update(bytes).digest('hex')
}

/** The file's bytes. Not minified: whoever is to trust it may want to read it. */
export async function bundleVerifier() {
  // Not there before the packages are installed.
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['lib/cli/verifier.ts'],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    charset: 'utf8',
    legalComments: 'eof',
    logLevel: 'error',
    banner: { js: '#!/usr/bin/env node' },
  })
  return Buffer.from(outputFiles[0].contents)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(`${await buildVerifier()}  public/comitia-verify.mjs`)
}
