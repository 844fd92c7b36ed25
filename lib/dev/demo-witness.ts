import path from 'node:path'
import { ed25519 } from '@noble/curves/ed25519'
import { hexToBytes } from 'viem'
import { openWitness } from '../cli/witness/open-witness'
import { startWitnessServer } from '../cli/witness/start-witness-server'
import { createWitness } from '../cli/witness/witness'
import { systemClock } from '../platform/clock'
import { readEnv } from '../platform/env'
import { createLogger } from '../platform/logger'
import { logOrigin } from '../services/log/log-origin'
import { readOrMakeKey } from '../services/read-or-make-key'
import type { Part } from './keep-running'

/** Shown wherever witnesses are: whoever runs the log too vouches for nothing. */
const NAME = 'witness.localhost/run-by-the-demo-itself'

/**
 * Co-signs the log of the programs that are given `env`, in this process, so that the demo shows what witnesses do.
 * `entry` is its part of COMITIA_WITNESSES. What it has co-signed it remembers in the data directory.
 */
export async function startDemoWitness(env: NodeJS.ProcessEnv): Promise<Part & { readonly entry: string }> {
  const { dataDir, publicUrl, logKey } = readEnv('worker', env)
  const log = createLogger({ level: 'silent', name: 'comitia demo' })
  const publicKey = ed25519.getPublicKey(hexToBytes(logKey ?? readOrMakeKey(dataDir, 'log', log)))
  const logs = [{ name: logOrigin(publicUrl), type: 'ed25519', publicKey } as const]
  // Together, so that neither is lost without the other.
  const dir = path.join(dataDir, 'witness')
  const { verifierKey, ...opened } = openWitness({
    ...{ keyFile: path.join(dir, 'key'), stateDir: path.join(dir, 'co-signed'), name: NAME },
  })
  const witness = createWitness({ ...opened, logs, clock: systemClock, log })
  const server = await startWitnessServer({
    ...{ witness, introduction: verifierKey, host: '127.0.0.1', port: 0, log },
  })
  return { entry: `${verifierKey} http://127.0.0.1:${server.port}`, stop: server.stop }
}
