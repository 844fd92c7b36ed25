import type { BlockRef } from '../../chain/blocks'
import type { StatedModule } from '../../core/audit/module-config-json'
import type { ProposalPayload } from '../../core/messages/proposal'
import type { ResolvedMessage } from '../../core/messages/resolve-message'
import type { DecisionRule } from '../../core/proposal/rule'
import type { HexString } from '../../core/views/hex-string'
import type { KnownSpace } from '../find-subject'
import type { SignedBy } from '../rule'

/** A proposal as far as it is checked. */
export interface CheckedProposal {
  readonly message: ResolvedMessage
  readonly payload: ProposalPayload
  readonly space: KnownSpace
  readonly signed: SignedBy
  /** The block it names. */
  readonly snapshot: BlockRef
}

/** What a proposal asks to have executed. */
export interface AskedExecution {
  /** Of the batch. */
  readonly hash: HexString
  /** The Safe that makes the calls. EIP-55. */
  readonly treasury: HexString
  /** What decides, where that is not the space's own rule. */
  readonly rule: DecisionRule | null
  /** What that rule was made from, where a tally module decides. */
  readonly module: StatedModule | null
  /** Whether there is something to do on chain before the vote is over. */
  readonly startsAtOnce: boolean
}
