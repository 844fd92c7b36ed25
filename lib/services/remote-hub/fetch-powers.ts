import type { Address } from 'viem'
import { findBlockBeside } from '../../chain/block-beside'
import { type BlockRef, fetchBlock } from '../../chain/blocks'
import type { Chains } from '../../chain/chains'
import { AppError } from '../../core/errors'
import { findStrategy } from '../../strategies/registry'
import { demandsOf, type PowerRequest, type Strategy } from '../../strategies/strategy'
import type { RemoteProposal } from './hub-rows'

/** Voters asked about at once. */
const BATCH = 500

/** The powers by one strategy, or why there are none, in words. */
export type PowerAnswer = { readonly powers: ReadonlyMap<Address, bigint> } | { readonly reason: string }

/**
 * The powers of these voters at a proposal's block, by each of its strategies in order: our own reading, for those
 * strategies that are installed and whose chains can be read.
 */
export async function fetchPowers(
  chains: Chains | undefined,
  proposal: Pick<RemoteProposal, 'network' | 'snapshot' | 'strategies'>,
  voters: readonly Address[],
): Promise<PowerAnswer[]> {
  const answers: PowerAnswer[] = []
  for (const { name, network, params } of proposal.strategies) {
    answers.push(
      await answer(chains, proposal, { name, network: network || proposal.network, params }, voters).catch(
        reasonOf,
      ),
    )
  }
  return answers
}

async function answer(
  chains: Chains | undefined,
  { network, snapshot }: Pick<RemoteProposal, 'network' | 'snapshot'>,
  named: { readonly name: string; readonly network: string; readonly params: unknown },
  voters: readonly Address[],
): Promise<PowerAnswer> {
  const strategy = findStrategy(named.name)
  if (!strategy) return { reason: 'the strategy is not part of this installation' }
  const parsed = strategy.paramsSchema.safeParse(named.params ?? {})
  if (!parsed.success) return { reason: 'its parameters are not known to the strategy here' }
  const demands = demandsOf(strategy, parsed.data)
  if (demands.web) return { reason: 'it asks other servers' }
  const needed = [Number(network), Number(named.network), ...demands.chains]
  const missing = needed.find((chainId) => !chains?.has(chainId))
  if (!chains || missing !== undefined)
    return { reason: `a node of chain ${missing} can tell: --rpc ${missing}=<url>` }

  const at = await fetchBlock(chains, Number(network), snapshot)
  const block = named.network === network ? at : await findBlockBeside(chains, at, Number(named.network))
  const ballots = new Set(voters)
  const powers = new Map<Address, bigint>()
  for (let i = 0; i < voters.length; i += BATCH) {
    const request = { voters: voters.slice(i, i + BATCH), block, params: parsed.data, ballots }
    for (const [voter, power] of await measure(chains, strategy, request)) powers.set(voter, power)
  }
  return { powers }
}

/** Voters that a contract cannot tell the power of have none. */
async function measure(
  chains: Chains,
  strategy: Strategy,
  request: PowerRequest<unknown> & { readonly block: BlockRef },
): Promise<ReadonlyMap<Address, bigint>> {
  try {
    return await strategy.measure({ chains }, request)
  } catch (error) {
    if (!(error instanceof AppError) || !Array.isArray(error.details.unreadable)) throw error
    const unreadable = new Set<Address>(error.details.unreadable)
    const voters = request.voters.filter((voter) => !unreadable.has(voter))
    if (voters.length === request.voters.length) throw error
    return voters.length === 0 ? new Map() : measure(chains, strategy, { ...request, voters })
  }
}

function reasonOf(error: unknown): PowerAnswer {
  if (error instanceof AppError && error.code !== 'fault') return { reason: error.message }
  throw error
}
