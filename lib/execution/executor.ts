import type { Address, Hex } from 'viem'
import type { z } from 'zod'
import type { BlockRef } from '../chain/blocks'
import type { Chains } from '../chain/chains'
import type { BallotRecord } from '../core/settlement/ballot-record'
import type { BallotVariant } from '../core/settlement/ballot-variant'
import type { Call } from '../core/settlement/batch'
import type { SignedProposal } from '../core/settlement/proposal-message'
import type { Confirmation } from '../core/settlement/safe-transaction'
import type {
  BrakeView,
  ModuleSettlementView,
  NextAct,
  SettlementState,
  SettlementStep,
} from '../core/views/settlement-view'

/** What a vote decided and what it decided on. */
export interface Outcome {
  readonly proposal: Hex
  readonly status: 'passed' | 'rejected' | 'quorum-missed'
  readonly calls: readonly Call[]
}

/** What is to be done for a proposal that passed. `id` is a hash of everything in it. */
export interface Plan {
  readonly id: Hex
  readonly proposal: Hex
  readonly chainId: number
  /** The account that makes the calls: a Safe, a module. */
  readonly account: Address
  readonly executionHash: Hex
  readonly calls: readonly Call[]
}

/** A plan put forward on chain or to the account's owners. Stored, and handed back to ask how it goes. */
export interface Submission {
  readonly plan: Plan
  /** What is signed or registered: the safeTxHash. */
  readonly hash: Hex
  /** Its place in the account's own order. */
  readonly nonce: number
  /** The account as it stood when this was put forward: where a search for traces starts. */
  readonly since: { readonly block: bigint; readonly nonce: number }
}

/** A submission to an account that somebody who was an owner then has confirmed: it keeps its place. */
export interface ConfirmedSubmission {
  readonly proposal: Hex
  readonly hash: Hex
  readonly nonce: number
  readonly confirmedBy: readonly Address[]
}

/** Whether a batch would go through if it ran now. `call` counts from 0. */
export type Simulation = { readonly block: BlockRef } & (
  | { readonly ok: true }
  | { readonly ok: false; readonly call: number | null; readonly reason: string }
)

/** A transaction that anyone can send. */
export interface Transaction {
  readonly chainId: number
  readonly to: Address
  readonly value: bigint
  readonly data: Hex
}

/** What is on chain for good once `block.final`. */
export interface Trace {
  readonly transactionHash: Hex
  readonly block: BlockRef
}

/** How a submission stands at `block`. `summary` is one sentence for people. */
export type ExecutionStatus = {
  readonly block: BlockRef
  readonly summary: string
  /** Whose agreement counts now; null when the account cannot be read as what it should be. */
  readonly approval: Approval | null
} /** Agreed, but something else must happen first. */ & (
  | { readonly phase: 'waiting' }
  /** More owners must confirm. */
  | { readonly phase: 'confirming' }
  /** `transaction` would succeed at `block`. */
  | { readonly phase: 'ready'; readonly transaction: Transaction }
  | { readonly phase: 'executed'; readonly trace: Trace }
  /** It ran, failed, and its place in the order is used up. */
  | { readonly phase: 'failed'; readonly trace: Trace }
  /** Another transaction took its place: `submit` gives it a new one. */
  | { readonly phase: 'conflict'; readonly trace: Trace }
  /** It cannot go through as things are; `summary` says why. May heal. */
  | { readonly phase: 'blocked' }
)

export interface Approval {
  readonly confirmed: readonly Address[]
  readonly owners: readonly Address[]
  readonly threshold: number
  /** The account's own version. */
  readonly version: string
}

/** What an owner hands in. */
export interface OwnerSignature {
  readonly owner: Address
  readonly signature: Hex
}

export interface ExecutionContext {
  readonly chains: Chains
}

/** What every executor says of itself. */
interface Executing<Id extends string, Config> {
  readonly id: Id
  readonly label: string
  /** The key of the signed `comitia` plugins entry that only this executor's proposals have. */
  readonly key: string
  readonly configSchema: z.ZodType<Config>
  /** Would these calls go through at the newest block? Needs no vote and no signatures. */
  simulate(ctx: ExecutionContext, calls: readonly Call[], config: Config): Promise<Simulation>
}

/**
 * Executes what the account's owners confirm. Stores nothing: it is given what is known and returns what to keep. Every
 * method that reads a chain throws `chain_unavailable` when it cannot, rather than guess.
 */
export interface OwnersExecutor<Id extends string = string, Config = unknown> extends Executing<Id, Config> {
  readonly settles: 'by-owners'
  /** Pure: the same outcome and config give the same plan. Refuses an outcome that is not `passed`. */
  plan(outcome: Outcome, config: Config): Plan
  /**
   * Puts a plan forward. `own` holds its submissions so far, oldest first; `confirmed` those of every
   * plan to the same account that count now and have a confirmation, its own included. Only these keep their
   * place: anybody can have a plan put forward to any account. A plan whose submission ran, or still has its
   * place, gives that submission back: twice is once. A confirmed one is replaced only when its conflict is final.
   */
  submit(
    ctx: ExecutionContext,
    plan: Plan,
    own: readonly Submission[],
    confirmed?: readonly ConfirmedSubmission[],
  ): Promise<Submission>
  /** Checks an owner's signature over `submission.hash`; refuses it with a sentence. */
  confirm(ctx: ExecutionContext, submission: Submission, given: OwnerSignature): Promise<Confirmation>
  /** `signatures` are those that `confirm` let through; which of them still count is found anew. */
  status(
    ctx: ExecutionContext,
    submission: Submission,
    signatures: readonly OwnerSignature[],
  ): Promise<ExecutionStatus>
}

/** A proposal as an executor that goes by steps needs it. */
export interface Election<Config = unknown> {
  /** The digest its author signed. */
  readonly proposal: Hex
  readonly config: Config
  readonly calls: readonly Call[]
  /** The author's message and signature, as stored. */
  readonly message: SignedProposal
  readonly signature: Hex
  /** The author's signed withdrawal, when there is one that was handed in by `end`. */
  readonly cancellation: SignedCancellation | null
  /** Null before the result is final. */
  readonly result: 'passed' | 'rejected' | 'quorum-missed' | null
  /** Whether a tally that did not pass was asked for. */
  readonly isDemanded: boolean
  /**
   * Current ballots that can be counted, in any order, powers in the source's smallest unit. After the result only, and the
   * same array again where it is known: what is computed from it is kept with it.
   */
  ballots(): Promise<readonly BallotRecord[]>
}

export interface SignedCancellation {
  readonly author: Address
  /** Unix seconds, as signed. */
  readonly timestamp: number
  readonly variant: BallotVariant
  readonly signature: Hex
}

/** What an executor wants kept between two looks, in JSON: where it has searched, what it found. */
export type Memory = Readonly<Record<string, unknown>>

/** How an election stands on chain at `block`. */
export interface Progress {
  readonly block: BlockRef
  readonly state: Extract<
    SettlementState,
    'waiting' | 'unregistered' | 'settling' | 'ready' | 'executed' | 'refused' | 'blocked'
  >
  /** One sentence for people. */
  readonly summary: string
  readonly steps: readonly SettlementStep[]
  readonly next: NextAct | null
  /** Of the execution. */
  readonly trace: Trace | null
  /** Nothing can change any more, whatever anybody does, and `block` finality included. */
  readonly isOver: boolean
  readonly memory: Memory
  /** Null when the module cannot be read as what it should be; `summary` says what it is. */
  readonly module: ModuleFacts | null
}

/** The part of a module's view that the chain tells. */
export type ModuleFacts = Omit<
  ModuleSettlementView,
  'keeper' | 'isHidden' | 'isDemanded' | 'uncountable' | 'veto' | 'pause'
> & {
  readonly veto: Omit<BrakeView, 'reason'> | null
  readonly pause: (Omit<BrakeView, 'reason'> & { readonly until: number }) | null
}

/**
 * Executes by transactions that anyone can send, one after the other, from the proposal's creation on. What comes next
 * is a function of the chain and the election, so that it goes on after any interruption, whoever did the last step.
 * Throws `chain_unavailable` rather than guess.
 */
export interface StepsExecutor<Id extends string = string, Config = unknown> extends Executing<Id, Config> {
  readonly settles: 'by-steps'
  /**
   * Reads how it stands. `now` (unix seconds) is the caller's clock: a chain's newest block may be old. `memory` is
   * what the last look gave, or nothing; a wrong or old one costs time, never truth.
   */
  look(ctx: ExecutionContext, election: Election<Config>, now: number, memory?: Memory): Promise<Progress>
  /** The transaction of `progress.next`, for `sender`. Throws `conflict` when there is none. */
  prepare(
    ctx: ExecutionContext,
    election: Election<Config>,
    progress: Progress,
    sender: Address | null,
  ): Promise<Transaction>
  /** Why one of its transactions reverts, in a sentence, from the revert data. */
  explain(reverted: Hex): string
}

/** How a decision becomes transactions. */
export type Executor<Id extends string = string, Config = unknown> =
  | OwnersExecutor<Id, Config>
  | StepsExecutor<Id, Config>

/** Ties an executor's literal id and config type together. */
export function defineExecutor<const Id extends string, Config>(
  executor: OwnersExecutor<Id, Config>,
): OwnersExecutor<Id, Config>
export function defineExecutor<const Id extends string, Config>(
  executor: StepsExecutor<Id, Config>,
): StepsExecutor<Id, Config>
export function defineExecutor(executor: Executor): Executor {
  return executor
}
