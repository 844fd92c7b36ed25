import { privateKeyToAddress } from 'viem/accounts'
import type { InstallationView } from '../../core/views/installation-view'
import { votingSystems } from '../../core/voting/registry'
import { executors } from '../../execution/registry'
import { strategies } from '../../strategies/registry'
import { nameChain } from '../chain/name-chain'
import type { Context } from '../context'
import { readDemo } from './read-demo'
import { version } from './version'

/** What a page must know about this installation before it can do anything. */
export async function getInstallation(ctx: Context): Promise<InstallationView> {
  return {
    version,
    chains: ctx.chains.ids.map(nameChain),
    operator: privateKeyToAddress(ctx.keys.receiptKey),
    spaceCreation: ctx.env.spaceCreation,
    votingSystems: votingSystems.map(({ id }) => id),
    strategies: strategies.map(({ id, version, label }) => ({ id, version, label })),
    executors: executors.map(({ id }) => id),
    demo: await readDemo(ctx),
  }
}
