import type { DecisionRule } from '../proposal/rule'
import type { HexString } from './hex-string'
import type { BundleView, VerificationView } from './record-view'
import type { CallView, SettlementView } from './settlement-view'

/** Where a proposal is in its life. `closing`: the window is over, the result is being computed. */
export type ProposalState =
  | 'pending'
  | 'active'
  | 'closing'
  | 'passed'
  | 'rejected'
  | 'quorum-missed'
  | 'executed'

/** A proposal as a row in a list. Powers and scores are 18-decimal fixed point as decimal strings; times are unix seconds. */
export interface ProposalSummary {
  readonly id: HexString
  readonly space: string
  readonly author: HexString
  readonly title: string
  readonly type: string
  readonly choices: readonly string[]
  readonly state: ProposalState
  readonly start: number
  readonly end: number
  readonly createdAt: number
  readonly symbol: string
  /** By option; running while active, final once closed. */
  readonly scores: readonly string[]
  readonly scoresTotal: string
  readonly votes: number
  /** Ballots accepted whose power is still to be read. */
  readonly pendingVotes: number
  readonly quorum: QuorumView | null
  readonly hasExecution: boolean
  readonly settlementState: SettlementView['state'] | null
  readonly hidden: { readonly by: HexString; readonly at: number } | null
  /** Shown behind a warning. `by` is null where no signed message did it: the operator. */
  readonly flagged: { readonly as: 'spam' | 'legal'; readonly by: HexString | null } | null
  /** Of a proposal that was copied from another hub: it takes no votes and no edits here. */
  readonly origin: OriginView | null
  /** The asking voter's own newest ballot, when the request named a voter and there is one. */
  readonly ownVote: VoteView | null
}

/** Where an imported proposal comes from, and what of it was checked here. */
export interface OriginView {
  /** Web address of the hub. */
  readonly hub: string
  readonly importedAt: number
  /** The message in the log that its text comes from: not the proposal's id where what was signed is not proven. */
  readonly message: HexString
  /** Ballots that are here, by whether their signature could be checked; none of them is proven false. */
  readonly signatures: { readonly checked: number; readonly unchecked: number }
  /** Ballots of the hub that were not taken over. */
  readonly leftOut: number
  /** The ballots here, counted by our rules, beside the hub's result. `impossible`: their voting system is not here. */
  readonly recount: 'agrees' | 'differs' | 'impossible' | 'pending'
  /** What differs, in sentences. */
  readonly differences: readonly string[]
}

export interface QuorumView {
  readonly counted: string
  readonly required: string
  readonly met: boolean
}

/** Everything a proposal's page shows. */
export interface ProposalView extends ProposalSummary {
  readonly body: string
  readonly discussion: string
  readonly labels: readonly string[]
  /** As signed; `execution` is what is read from them here. */
  readonly plugins: Readonly<Record<string, unknown>>
  readonly app: string
  readonly updatedAt: number | null
  /** The block at which power is read. */
  readonly snapshot: {
    readonly chainId: number
    readonly block: string
    readonly hash: HexString
    readonly timestamp: number
  }
  readonly strategies: readonly StrategyView[]
  /** Whether a voter's power depends on who else votes, so that no total is settled before the end. */
  readonly dependsOnOthers: boolean
  readonly rule: { readonly text: string; readonly data: DecisionRule }
  /** The outcome as a fact and a sentence, once final. */
  readonly outcome: { readonly status: 'passed' | 'rejected' | 'quorum-missed'; readonly text: string } | null
  readonly scoresByStrategy: readonly (readonly string[])[]
  readonly execution: ExecutionView | null
  readonly settlement: SettlementView | null
  readonly logIndex: string
  readonly ipfs: string
  readonly finalizedAt: number | null
  /** The file from which anybody recounts it, once it is written. */
  readonly bundle: BundleView | null
  /** What this server's own last audit of that file found. */
  readonly verification: VerificationView | null
}

export interface StrategyView {
  readonly id: string
  readonly version: number
  readonly label: string
  readonly description: string
  readonly chainId: number
  readonly params: unknown
}

/** The batch a proposal asks to have executed. */
export interface ExecutionView {
  readonly executor: string
  readonly hash: HexString
  readonly chainId: number
  readonly safe: HexString
  readonly safeName: string | null
  /** The tally module whose proposal it is, and for which `hash` is made; null: it is the Safe's. */
  readonly module: HexString | null
  readonly calls: readonly CallView[]
}

/** One ballot. */
export interface VoteView {
  readonly id: HexString
  readonly proposal: HexString
  readonly voter: HexString
  readonly choice: number | readonly number[] | Readonly<Record<string, number>>
  readonly choiceText: string
  /** null while `powerState` is pending. */
  readonly power: string | null
  readonly powerByStrategy: readonly string[]
  /** `unrecorded`: of a contract wallet, which a tally module counts only once it is recorded on chain. */
  readonly powerState: 'counted' | 'pending' | 'none' | 'unrecorded'
  /** The power may still change: it depends on who else votes. */
  readonly provisional: boolean
  readonly reason: string
  readonly app: string
  readonly createdAt: number
  readonly acceptedAt: number
  readonly logIndex: string
}

/** A voter's power for one proposal, or for a proposal made now. */
export interface PowerView {
  readonly voter: HexString
  readonly state: 'known' | 'pending'
  readonly total: string
  readonly byStrategy: readonly { readonly strategy: StrategyView; readonly power: string }[]
  readonly block: { readonly chainId: number; readonly number: string; readonly timestamp: number }
  /** Why it is zero and what would change that; null otherwise. */
  readonly whyZero: string | null
  /** What is being waited for while pending. */
  readonly waitingFor: string | null
  /** It is the most there can be: who else votes may take from it. */
  readonly provisional: boolean
}
