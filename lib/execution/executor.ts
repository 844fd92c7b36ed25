import type { Address, Hex } from 'viem'
import type { z } from 'zod'
import type { BlockRef } from '../chain/blocks'
import type { Chains } from '../chain/chains'
import type { Call } from '../core/settlement/batch'
import type { Confirmation } from '../core/settlement/safe-transaction'

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

/**
 * How a decision becomes transactions. An executor stores nothing: it is given what is known and returns what
 * to keep. Every method that reads a chain throws `chain_unavailable` when it cannot, rather than guess.
 */
export interface Executor<Id extends string = string, Config = unknown> {
  readonly id: Id
  readonly label: string
  /** The key of the signed `comitia` plugins entry that only this executor's proposals have. */
  readonly key: string
  readonly configSchema: z.ZodType<Config>
  /** Pure: the same outcome and config give the same plan. Refuses an outcome that is not `passed`. */
  plan(outcome: Outcome, config: Config): Plan
  /** Would these calls go through at the newest block? Needs no vote and no signatures. */
  simulate(ctx: ExecutionContext, calls: readonly Call[], config: Config): Promise<Simulation>
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

/** Ties an executor's literal id and config type together. */
export function defineExecutor<const Id extends string, Config>(
  executor: Executor<Id, Config>,
): Executor<Id, Config> {
  return executor
}
