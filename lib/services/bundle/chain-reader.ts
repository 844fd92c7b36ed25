import type { Address } from 'viem'
import { findBlockBeside } from '../../chain/block-beside'
import { fetchBlock } from '../../chain/blocks'
import type { Chains } from '../../chain/chains'
import { readTotalPower } from '../../chain/read-total-power'
import { verifySignature } from '../../chain/verify-signature'
import type { AuditOptions, ReadBlock } from '../../core/audit/audit-options'
import { AppError } from '../../core/errors'
import { findStrategy, getStrategy } from '../../strategies/registry'
import { countsAt, demandsOf, type PowerRequest, type Strategy } from '../../strategies/strategy'

/** What an audit asks chains. */
export type ChainReader = Required<
  Pick<AuditOptions, 'readPowers' | 'demandsOf' | 'readBlock' | 'readTotal' | 'checkContract'>
>

/** Seconds by which the clocks of a chain, its node and a server may differ. */
const SLACK = 600

/**
 * Answers an audit's questions from chains: powers by the strategies' own code, contract wallets as when their message
 * was taken, at what was then the newest block. Voters whose power a contract cannot tell are absent from an answer. Everything throws `chain_unavailable`
 * while a chain cannot be read or does not know a block; `readPowers` throws `not_found` for a strategy that is not
 * installed.
 */
export function createChainReader(chains: Chains): ChainReader {
  return {
    async readPowers({ strategy: { id, version, params }, block, voters, blocks, ballots }) {
      const strategy = getStrategy(id, version)
      const parsed = strategy.paramsSchema.safeParse(params)
      if (!parsed.success) return new Map()
      const ref = refOf(block)
      const asked = [...new Set(voters)]
      if (!countsAt(params, ref)) return new Map(asked.map((voter) => [voter, 0n]))
      return measure(chains, strategy, {
        voters: asked,
        block: ref,
        params: parsed.data,
        ...(ballots && { ballots }),
        blockOn(chainId) {
          const stated = blocks.get(String(chainId))
          return stated ? Promise.resolve(refOf(stated)) : findBlockBeside(chains, ref, chainId)
        },
      })
    },

    demandsOf({ id, version, params }) {
      const strategy = findStrategy(id, version)
      const parsed = strategy?.paramsSchema.safeParse(params)
      if (!strategy || !parsed?.success) return undefined
      const { ballots, web } = demandsOf(strategy, parsed.data)
      return { ballots, web: web > 0 }
    },

    async readBlock(network, number) {
      const { hash, timestamp } = await getBlock(chains, Number(network), number)
      return { hash, timestamp }
    },

    readTotal: ({ powerSource, powerParams, block, timestamp }) =>
      readTotalPower(chains, {
        chainId: Number(block.network),
        powerSource,
        powerParams,
        snapshot: BigInt(block.number),
        signedAt: timestamp,
      }),

    // By number: the block itself may have left the chain since, and what it showed is shown by the one in its place.
    async checkContract({ network, block, method, address, hash, signature, acceptedAt }) {
      const chainId = Number(network)
      const at = await getBlock(chains, chainId, block)
      if (at.timestamp > acceptedAt + SLACK) return false
      const next = await fetchBlock(chains, chainId, block + 1).catch((error: unknown) => {
        if (error instanceof AppError && error.code === 'invalid') return undefined
        throw error
      })
      // At an older block the wallet may have had other owners.
      if (next && next.timestamp < acceptedAt - SLACK) return false
      const question = { chainId, address, hash, signature, block: at }
      const verified = await verifySignature(chains, question).catch((error: unknown) => {
        if (error instanceof AppError && error.code === 'invalid') return undefined
        throw error
      })
      return verified?.method === method
    },
  }
}

/** Powers of all voters that the strategy's contract can tell. */
async function measure(
  chains: Chains,
  strategy: Strategy,
  request: PowerRequest<unknown>,
): Promise<Map<Address, bigint>> {
  try {
    return await strategy.measure({ chains }, request)
  } catch (error) {
    if (!(error instanceof AppError) || !Array.isArray(error.details.unreadable)) throw error
    const unreadable = new Set<Address>(error.details.unreadable)
    const voters = request.voters.filter((voter) => !unreadable.has(voter))
    return voters.length === 0 ? new Map() : measure(chains, strategy, { ...request, voters })
  }
}

async function getBlock(chains: Chains, chainId: number, number: number) {
  return fetchBlock(chains, chainId, number).catch((error: unknown) => {
    if (!(error instanceof AppError) || error.code !== 'invalid') throw error
    throw new AppError('chain_unavailable', {
      message: `Chain ${chainId} does not know block ${number} at the moment.`,
      cause: error,
    })
  })
}

/** A closed vote's blocks do not move: whoever doubts one asks `readBlock` for it. */
function refOf({ network, number, hash, timestamp }: ReadBlock) {
  return { chainId: Number(network), number: BigInt(number), hash, timestamp, final: true }
}
