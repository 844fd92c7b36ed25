import { votesPowerSourceAbi } from '../../chain/abi/votes-power-source'
import { readChain } from '../../chain/read-chain'
import { AppError, refuse } from '../../core/errors'
import { formatUnits } from '../../core/proposal/format-units'
import type { StrategyToken } from '../../core/settlement/strategy-token'
import type { HexString } from '../../core/views/hex-string'
import type { IngestContext } from '../rule'
import type { CheckedProposal } from './asked-execution'
import type { PowerAt } from './read-total'

/** Who may propose by the module's config, and whose signature the contract can check. */
export async function checkModuleAuthor(
  ctx: IngestContext,
  { message: { from }, signed, space }: CheckedProposal,
  question: PowerAt & { readonly token: StrategyToken },
): Promise<void> {
  if (signed.byAlias) {
    refuse(`A module takes a proposal from its author alone: sign it with ${from}, not with an alias.`)
  }
  if (signed.method === 'erc6492') {
    refuse(
      `The wallet ${from} is not deployed yet, so that no module can check its signature: deploy it first, or propose from another account.`,
    )
  }
  if (signed.method === 'eip1271-legacy') {
    refuse(
      `The wallet ${from} checks signatures in an old way that no module asks for: propose from another account.`,
    )
  }
  const { config, token } = question
  if (config.proposers.includes(from)) return
  if (config.proposalThreshold === 0n) {
    refuse(`Only accounts on the module's list may propose, and ${from} is not on it.`)
  }
  const power = await readPower(ctx, from, question)
  if (power >= config.proposalThreshold) return
  const amount = (units: bigint) =>
    `${formatUnits(units, { decimals: token.decimals, fraction: 'exact' })} ${space.settings.symbol || 'votes'}`
  refuse(
    `The module asks proposers for ${amount(config.proposalThreshold)} delegated to them at the snapshot; ${from} had ${amount(power)}.`,
  )
}

async function readPower(ctx: IngestContext, who: HexString, { config, timepoint, head }: PowerAt) {
  const { powerSource: address, powerParams } = config
  const question = { address, abi: votesPowerSourceAbi, functionName: 'powerOf' } as const
  return readChain(ctx.chains, head.chainId, (client) =>
    client.readContract({
      ...question,
      args: [powerParams, who, timepoint, '0x'],
      blockNumber: head.number,
    }),
  ).catch((error: unknown) => {
    if (!(error instanceof AppError) || error.code !== 'invalid') throw error
    return refuse(`The token does not tell how many votes ${who} had at the snapshot: sign another one.`)
  })
}
