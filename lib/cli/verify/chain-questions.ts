import { setTimeout as sleep } from 'node:timers/promises'
import type { Chains } from '../../chain/chains'
import { AppError } from '../../core/errors'
import { type ChainReader, createChainReader } from '../../services/bundle/chain-reader'

/** Public nodes are busy at times. */
const PAUSES_MS = [500, 1000, 2000, 4000]

/** A chain reader that asks again what may be answered later. Throws `misconfigured` for a chain without a node. */
export function askPatiently(chains: Chains): ChainReader {
  const reader = createChainReader(chains)

  async function ask<Answer>(network: string, question: () => Promise<Answer>): Promise<Answer> {
    if (!chains.has(Number(network))) {
      const message = `the bundle needs a node of chain ${network} too: --rpc ${network}=<url>`
      throw new AppError('misconfigured', { message })
    }
    for (const pause of PAUSES_MS) {
      try {
        return await question()
      } catch (error) {
        if (!(error instanceof AppError) || !error.retry) throw error
        await sleep(pause)
      }
    }
    return question()
  }

  return {
    readPowers: (question) => ask(question.block.network, () => reader.readPowers(question)),
    demandsOf: reader.demandsOf,
    readBlock: (network, number) => ask(network, () => reader.readBlock(network, number)),
    readTotal: (question) => ask(question.block.network, () => reader.readTotal(question)),
    checkContract: (question) => ask(question.network, () => reader.checkContract(question)),
  }
}
