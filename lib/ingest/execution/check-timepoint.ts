import { type BlockRef, fetchBlock, findBlockAt } from '../../chain/blocks'
import { refuse } from '../../core/errors'
import type { ModuleConfig } from '../../core/settlement/module-config'
import { registrationSeconds } from '../../core/settlement/module-obstacles'
import type { PowerSource } from '../../core/settlement/power-source'
import type { IngestContext } from '../rule'
import type { CheckedProposal } from './asked-execution'

interface Clock {
  readonly config: ModuleConfig
  readonly source: Extract<PowerSource, { kind: 'votes' }>
  readonly head: BlockRef
}

/**
 * When a module reads power, in units of its source's clock: past, and not older than it takes at the next block. What the
 * strategy reads at the snapshot is the same, since the snapshot is the timepoint, or the last block before it.
 */
export async function checkTimepoint(
  ctx: IngestContext,
  proposal: CheckedProposal,
  clock: Clock,
): Promise<bigint> {
  return clock.source.clock === 'timestamp' ? checkSecond(ctx, proposal, clock) : checkBlock(proposal, clock)
}

function checkBlock({ snapshot }: CheckedProposal, { config, source }: Clock): bigint {
  const { now } = source
  if (snapshot.number >= now) {
    refuse(`The snapshot must be past: sign block ${now - 1n}, the one before the newest.`)
  }
  const oldest = now + 1n - config.maxSnapshotAge
  if (snapshot.number < oldest) {
    refuse(`The snapshot is older than the module takes: sign block ${oldest} or a later one.`)
  }
  return snapshot.number
}

async function checkSecond(
  ctx: IngestContext,
  { message: { timestamp }, snapshot }: CheckedProposal,
  { config, source, head }: Clock,
): Promise<bigint> {
  const timepoint = timestamp - 1
  if (BigInt(timepoint) >= source.now) {
    refuse(
      `The module reads power in the second before the proposal's timestamp, which must be past on its chain: sign the timestamp ${source.now}, the newest block's.`,
    )
  }
  const oldest = source.now + BigInt(registrationSeconds) - config.maxSnapshotAge
  if (BigInt(timepoint) < oldest) {
    refuse(
      `The module reads power in the second before the proposal's timestamp, which is older than it takes: sign a timestamp of ${oldest + 1n} or later.`,
    )
  }
  if (!(await isLastBefore(ctx, snapshot, timepoint))) {
    const right = await findBlockAt(ctx.chains, head.chainId, timepoint)
    refuse(`The snapshot must be the last block before the proposal's timestamp: sign block ${right.number}.`)
  }
  return BigInt(timepoint)
}

/** Of a second that its chain's newest block is past. */
async function isLastBefore(ctx: IngestContext, block: BlockRef, second: number): Promise<boolean> {
  if (block.timestamp > second) return false
  return (await fetchBlock(ctx.chains, block.chainId, block.number + 1n)).timestamp > second
}
