import type { Address } from 'abitype'
import { concatHex, keccak256, stringToHex } from 'viem/utils'
import type { HexString } from '../views/hex-string'
import type { ModuleRef } from './module-plugins'

/** The fields of a signed `Proposal` that differ from one module proposal to the next. */
export interface SignedProposal {
  /** EIP-55. */
  readonly from: Address
  /** Unix seconds; likewise start and end. */
  readonly timestamp: number
  readonly title: string
  readonly body: string
  readonly discussion: string
  readonly labels: readonly string[]
  readonly start: number
  readonly end: number
  /** Block number. */
  readonly snapshot: number
  readonly app: string
}

const hashText = (text: string) => keccak256(stringToHex(text))

/** The contract's `ProposalMessage`: the argument of `register` and `proposalIdOf`. */
export function proposalMessage(proposal: SignedProposal, { config, executionHash }: ModuleRef) {
  const labels: HexString[] = proposal.labels.map(hashText)
  return {
    author: proposal.from,
    timestamp: BigInt(proposal.timestamp),
    titleHash: hashText(proposal.title),
    bodyHash: hashText(proposal.body),
    discussionHash: hashText(proposal.discussion),
    labelsHash: keccak256(concatHex(labels)),
    appHash: hashText(proposal.app),
    start: BigInt(proposal.start),
    end: BigInt(proposal.end),
    snapshot: BigInt(proposal.snapshot),
    config,
    executionHash,
  }
}
