import { votesPowerSourceAbi } from '../../chain/abi/votes-power-source'
import type { BlockRef } from '../../chain/blocks'
import type { Chains } from '../../chain/chains'
import { readChain } from '../../chain/read-chain'
import { AppError } from '../../core/errors'
import type { BallotRecord } from '../../core/settlement/ballot-record'
import type { ModuleConfig } from '../../core/settlement/module-config'

/** Voters asked about in one call. */
const atOnce = 300

/** Ballots that agreed once: power at a past moment does not change. */
const agreed = new WeakSet<readonly BallotRecord[]>()

/**
 * Where a module's power source tells other power than a ballot was counted with, in a sentence; null when it tells the
 * same of all. A tally can be committed once, and with a wrong power it could never be proven.
 */
export async function findWrongPower(
  chains: Chains,
  question: {
    readonly config: Pick<ModuleConfig, 'powerSource' | 'powerParams'>
    readonly timepoint: bigint
    readonly ballots: readonly BallotRecord[]
    readonly block: BlockRef
  },
): Promise<string | null> {
  const { config, timepoint, ballots, block } = question
  if (agreed.has(ballots)) return null
  for (let from = 0; from < ballots.length; from += atOnce) {
    const asked = ballots.slice(from, from + atOnce)
    const powers = await readPowers(chains, { config, timepoint, ballots: asked, block })
    const wrong = asked.findIndex(({ power }, index) => power !== powers?.[index])
    const ballot = asked[wrong]
    if (!ballot) continue
    if (!powers)
      return 'The power source does not tell the votes of those who voted, so the tally cannot be proven.'
    return `The power source tells ${powers[wrong]} for ${ballot.voter}, and ${ballot.power} was counted: this tally could never be proven.`
  }
  agreed.add(ballots)
  return null
}

/** Null when the source reverts. */
async function readPowers(
  chains: Chains,
  { config, timepoint, ballots, block }: Parameters<typeof findWrongPower>[1],
): Promise<readonly bigint[] | null> {
  const voters = ballots.map(({ voter }) => voter)
  try {
    return await readChain(chains, block.chainId, (client) =>
      client.readContract({
        address: config.powerSource,
        abi: votesPowerSourceAbi,
        functionName: 'powersOf',
        args: [config.powerParams, voters, timepoint, []],
        blockNumber: block.number,
      }),
    )
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid') throw error
    return null
  }
}
