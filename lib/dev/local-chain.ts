import path from 'node:path'
import { isSaved, startAnvil } from './anvil'
import { catchUpWithTime } from './catch-up-with-time'
import { keepChain, saveChain } from './chain-keeper'
import { type DemoContracts, setUpDemoContracts } from './demo-contracts'
import type { DemoKeys } from './demo-keys'
import { keepRunning, type Part } from './keep-running'

/** Older than the oldest proposal of the demo. */
const AGE_SECONDS = 9 * 86_400

/**
 * A local chain that is kept running and saved, with the demo's contracts on it from its first day. A new one is
 * saved for the first time when it is complete, so that a start that is killed before begins anew.
 */
export async function startLocalChain(options: {
  readonly dataDir: string
  readonly keys: DemoKeys
  readonly report: (line: string) => void
}): Promise<Part & { readonly rpcUrl: string; readonly contracts: DemoContracts }> {
  const dir = path.join(options.dataDir, 'chain')
  const isNew = !isSaved(dir)
  const genesisTime = Math.floor(Date.now() / 1000) - AGE_SECONDS
  let rpcUrl = ''
  const anvil = await keepRunning(
    'The local chain',
    async () => {
      const port = rpcUrl ? { port: Number(new URL(rpcUrl).port) } : {}
      const running = await startAnvil({ dir, genesisTime, ...port })
      rpcUrl = running.rpcUrl
      return running
    },
    options.report,
  )
  try {
    const contracts = await setUpDemoContracts(rpcUrl, path.join(dir, 'contracts.json'), options.keys)
    if (isNew) {
      await catchUpWithTime(rpcUrl)
      await saveChain(rpcUrl, dir)
    }
    const keeper = keepChain({ dir, rpcUrl })
    return {
      rpcUrl,
      contracts,
      async stop() {
        await keeper.stop()
        await anvil.stop()
      },
    }
  } catch (error) {
    await anvil.stop()
    throw error
  }
}
