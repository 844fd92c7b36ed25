import { AppError, refuse } from '../../core/errors'
import type { HexString } from '../../core/views/hex-string'
import type { MeasuredPower } from '../../services/power/measure-power'
import type { KnownProposal } from '../proposal-cache'
import type { IngestContext } from '../rule'

/**
 * A voter's power at the proposal's snapshot; undefined when the chain cannot tell within about two of its time-outs:
 * the ballot is then taken as pending, and a late answer still lands in the cache.
 */
export async function measureVoter(
  ctx: IngestContext,
  proposal: KnownProposal,
  voter: HexString,
): Promise<MeasuredPower | undefined> {
  const { id, snapshot, strategies } = proposal
  const patience = startTimer(2 * ctx.env.rpcTimeoutMs)
  try {
    const power = ctx.power.read(`${id} ${snapshot.hash}`, { strategies, at: snapshot, keep: true }, voter)
    return await Promise.race([power, patience.over])
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (error.code === 'invalid') refuse('failed to check voting power', { reason: error.message })
    if (error.code !== 'chain_unavailable') throw error
    // Perhaps the snapshot moved in a reorg: the proposal's row knows by then.
    ctx.proposals.forget(id)
    return undefined
  } finally {
    patience.stop()
  }
}

function startTimer(ms: number): { readonly over: Promise<undefined>; stop(): void } {
  let stop = () => {}
  const over = new Promise<undefined>((resolve) => {
    const timer = setTimeout(() => resolve(undefined), ms)
    stop = () => clearTimeout(timer)
  })
  return { over, stop }
}
