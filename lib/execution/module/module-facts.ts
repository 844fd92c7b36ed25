import { zeroAddress } from 'viem'
import type { BlockRef } from '../../chain/blocks'
import { moduleTimes } from '../../core/settlement/module-state'
import type { ModuleFacts } from '../executor'
import type { ModuleTrace } from './find-traces'
import type { Standing } from './standing'

/** What the page shows of the module beside the timeline. */
export function moduleFacts(standing: Standing, block: BlockRef): ModuleFacts {
  const { election, reading, state, traces, isOurs, proof } = standing
  const { record, config, safe, isConfigCurrent, isEnabled } = reading
  const { proposal, commitment } = record
  const { commitUntil, ...windows } = moduleTimes(record, config)
  const pausedUntil = proposal?.pausedUntil || null
  const pause = pausedUntil && brake(traces, 'ProposalPaused')
  return {
    chainId: block.chainId,
    address: election.config.module,
    safe,
    state,
    readAt: { block: String(block.number), timestamp: block.timestamp },
    operator: config.operator,
    configHash: election.config.config,
    isConfigCurrent,
    isEnabled,
    timepoint: proposal && String(proposal.timepoint),
    totalPower: proposal && String(proposal.total),
    commitment: commitment && {
      root: commitment.root,
      count: commitment.count,
      totals: [String(commitment.totals[0]), String(commitment.totals[1]), String(commitment.totals[2])],
      at: commitment.committedAt,
      isOurs,
    },
    proof: commitment && { checked: proof.checked, count: commitment.count },
    times: { commitUntil: proposal && commitUntil, ...windows, pausedUntil },
    guardian:
      config.guardian === zeroAddress
        ? null
        : { address: config.guardian, until: Number(config.guardianExpiry) },
    veto: proposal?.isVetoed ? brake(traces, 'ProposalVetoed') : null,
    pause: pause ? { ...pause, until: pausedUntil } : null,
  }
}

/** Null until the search has come to it. */
function brake(traces: readonly ModuleTrace[], event: 'ProposalVetoed' | 'ProposalPaused') {
  const trace = traces.findLast((candidate) => candidate.event === event)
  if (!trace?.by || !trace.reasonHash) return null
  const { by, timestamp, reasonHash, transactionHash } = trace
  return { by, at: timestamp, reasonHash, transactionHash }
}
