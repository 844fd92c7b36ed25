import { createRequire } from 'node:module'
import os from 'node:os'

/**
 * The program itself. The script that npm puts in front of it stands between us and its process id, and answers 0
 * when it fails.
 *
 * @param {'anvil' | 'forge'} name
 * @returns {string}
 */
export function findFoundry(name) {
  const require = createRequire(createRequire(import.meta.url).resolve(`@foundry-rs/${name}/package.json`))
  const machine = os.arch() === 'x64' ? 'amd64' : os.arch()
  const file = os.platform() === 'win32' ? `${name}.exe` : name
  return require.resolve(`@foundry-rs/${name}-${os.platform()}-${machine}/bin/${file}`)
}
