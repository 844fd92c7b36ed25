import { type Address, encodeAbiParameters, getAddress, type Hex, isAddress, keccak256 } from 'viem'
import { z } from 'zod'
import { type BlockRef, fetchBlock } from '../chain/blocks'
import { AppError, refuse } from '../core/errors'
import { executionHash } from '../core/settlement/batch'
import {
  type Confirmation,
  execTransactionData,
  packSignatures,
  type SafeDomain,
  safeTransactionFor,
} from '../core/settlement/safe-transaction'
import {
  type ConfirmedSubmission,
  defineExecutor,
  type ExecutionContext,
  type OwnerSignature,
  type Submission,
} from './executor'
import { buildTransaction } from './safe/build-transaction'
import { checkConfirmation } from './safe/check-confirmation'
import { findExecution } from './safe/find-execution'
import { readSafe, type SafeState } from './safe/read-safe'
import { describeFailure, simulateBatch } from './safe/simulate-batch'
import { simulateExecution } from './safe/simulate-execution'

const configSchema = z.strictObject({
  chainId: z.int().positive(),
  safe: z
    .string()
    .refine((safe) => isAddress(safe))
    .transform((safe) => getAddress(safe)),
  executionHash: z
    .string()
    .regex(/^0x[0-9a-f]{64}$/)
    .transform((hash) => hash as Hex),
})

/** The account's owners confirm the voted transaction one by one; at its threshold anyone can send it. Any Safe, no module. */
export const safeSigners = defineExecutor({
  id: 'safe-signers',
  label: 'Safe signers',
  key: 'safe',
  settles: 'by-owners',
  configSchema,

  plan({ proposal, status, calls }, { chainId, safe, executionHash: voted }) {
    if (status !== 'passed') refuse(`a proposal that is ${status} has nothing executed`)
    if (executionHash({ chainId, verifyingContract: safe, calls }) !== voted) {
      throw new AppError('fault', { message: `The calls of proposal ${proposal} are not those of ${voted}.` })
    }
    const parts = [
      { type: 'string' },
      { type: 'bytes32' },
      { type: 'uint256' },
      { type: 'address' },
      { type: 'bytes32' },
    ] as const
    const id = keccak256(encodeAbiParameters(parts, ['safe-signers', proposal, BigInt(chainId), safe, voted]))
    return { id, proposal, chainId, account: safe, executionHash: voted, calls }
  },

  async simulate({ chains }, calls, { chainId, safe }) {
    const block = await fetchBlock(chains, chainId, 'latest')
    const state = await readSafe(chains, { safe, block })
    const problem = problemOf(state, calls.length)
    if (problem !== null) return { block, ok: false, call: null, reason: problem }
    const failure = await simulateBatch(chains, { safe, calls, block })
    if (failure === null) return { block, ok: true }
    return { block, ok: false, call: failure.call, reason: describeFailure(failure, calls.length) }
  },

  async submit(ctx, plan, own, confirmed = []) {
    const { chainId, account: safe, calls } = plan
    const block = await fetchBlock(ctx.chains, chainId, 'latest')
    const state = await readSafe(ctx.chains, { safe, block })
    if ('problem' in state) return refuse(state.problem)
    const others = confirmed.filter(({ proposal }) => proposal !== plan.proposal)
    // The same calls at the same nonce are one transaction: it belongs to the proposal it was confirmed for.
    const isOurs = ({ hash }: Submission) => others.every((other) => other.hash !== hash)
    for (const former of own.filter(isReplacedUnspent).filter(isOurs)) {
      const spent = await findSpent(ctx, former, state, block)
      if (spent && spent.phase !== 'conflict') return former
    }
    const newest = own.slice(-1).find(isOurs)
    const spent = newest && (await findSpent(ctx, newest, state, block))
    if (newest && spent && spent.phase !== 'conflict') return newest
    // Until the conflict is final its nonce may come back, and two live transactions for one decision with it.
    if (newest && confirmed.some(({ hash }) => hash === newest.hash) && !spent?.trace.block.final)
      return newest

    const nonce = nextNonce(state, others)
    if (newest?.nonce === nonce) return newest
    const { hash } = await buildTransaction(ctx.chains, { ...plan, safe, calls, nonce })
    return { plan, hash, nonce, since: { block: block.number, nonce: state.nonce } }
  },

  async confirm(ctx, submission, { owner, signature }) {
    const { block, state } = await look(ctx, submission)
    if ('problem' in state) return refuse(state.problem)
    if (state.nonce > submission.nonce) {
      throw new AppError('conflict', {
        message: `The Safe has already used the nonce ${submission.nonce}: there is nothing left to confirm.`,
      })
    }
    return checkConfirmation(ctx.chains, { ...signed(submission), state, block, owner, signature })
  },

  async status(ctx, submission, signatures) {
    const { block, state } = await look(ctx, submission)
    if ('problem' in state) return { phase: 'blocked', block, summary: state.problem, approval: null }
    const { owners, threshold, version } = state

    const spent = await findSpent(ctx, submission, state, block)
    if (spent) {
      const approval = { confirmed: signatures.map(({ owner }) => owner), owners, threshold, version }
      return { ...spent, block, summary: summaries[spent.phase](submission), approval }
    }

    const valid = await findValid(ctx, submission, signatures, state, block)
    const approval = { confirmed: valid.map(({ owner }) => owner), owners, threshold, version }
    const problem = problemOf(state, submission.plan.calls.length)
    if (problem !== null) return { phase: 'blocked', block, summary: problem, approval }
    if (valid.length < threshold) {
      const summary = `${valid.length} of the ${threshold} owners needed have confirmed.`
      return { phase: 'confirming', block, summary, approval }
    }
    if (state.nonce < submission.nonce) {
      const summary = `Confirmed. The Safe must first run its transaction with nonce ${state.nonce}; this one has ${submission.nonce}.`
      return { phase: 'waiting', block, summary, approval }
    }
    const { domain, transaction } = signed(submission)
    const data = execTransactionData(transaction, packSignatures(valid))
    const reason = await simulateExecution(ctx.chains, domain, { data, calls: submission.plan.calls, block })
    if (reason !== null) return { phase: 'blocked', block, summary: reason, approval }
    return {
      phase: 'ready',
      block,
      summary: `${threshold} of ${owners.length} owners have confirmed: anyone can send the transaction.`,
      approval,
      transaction: { chainId: domain.chainId, to: domain.safe, value: 0n, data },
    }
  },
})

const summaries = {
  executed: () => 'The Safe has made the calls that were voted on.',
  failed: () => 'The Safe ran the transaction and it failed; none of its calls had an effect.',
  conflict: ({ nonce }: Submission) =>
    `The Safe used nonce ${nonce} for another transaction. Once that is final, its owners are asked to confirm a new one.`,
}

function signed({ plan, nonce }: Submission) {
  const domain: SafeDomain = { chainId: plan.chainId, safe: plan.account }
  return { domain, transaction: safeTransactionFor(plan.calls, nonce) }
}

/**
 * The first nonce that no owner has confirmed something else for. Former owners' confirmations keep none: a removed
 * owner cannot hold up the Safe.
 */
function nextNonce(state: SafeState, others: readonly ConfirmedSubmission[]): number {
  const reserved = new Set(
    others
      .filter(({ confirmedBy }) => confirmedBy.some((owner) => state.owners.includes(owner)))
      .map(({ nonce }) => nonce),
  )
  let nonce = state.nonce
  while (reserved.has(nonce)) nonce += 1
  return nonce
}

/** It gave way while its nonce was free: owners who signed it elsewhere can still have the Safe run it. */
function isReplacedUnspent(submission: Submission, index: number, own: readonly Submission[]): boolean {
  const next = own[index + 1]
  return next !== undefined && submission.nonce >= next.since.nonce
}

async function look({ chains }: ExecutionContext, { plan }: Submission) {
  const block = await fetchBlock(chains, plan.chainId, 'latest')
  return { block, state: await readSafe(chains, { safe: plan.account, block }) }
}

function problemOf(state: SafeState | { readonly problem: string }, callCount: number): string | null {
  if ('problem' in state) return state.problem
  if (callCount === 1 || state.canBatch) return null
  return 'MultiSendCallOnly 1.4.1 is not on this chain, so a Safe here cannot make several calls at once.'
}

/** What used the submission's nonce; null while it is free. */
async function findSpent(ctx: ExecutionContext, submission: Submission, state: SafeState, head: BlockRef) {
  if (state.nonce <= submission.nonce) return null
  const { plan, hash, nonce, since } = submission
  return findExecution(ctx.chains, {
    safe: plan.account,
    safeTxHash: hash,
    nonce,
    since,
    head,
    headNonce: state.nonce,
  })
}

/** The confirmations that the Safe would accept at `block`, one per owner: owners change, and contracts change their mind. */
async function findValid(
  ctx: ExecutionContext,
  submission: Submission,
  signatures: readonly OwnerSignature[],
  state: SafeState,
  block: BlockRef,
): Promise<readonly Confirmation[]> {
  const valid = new Map<Address, Confirmation>()
  for (const { owner, signature } of signatures) {
    try {
      const checked = await checkConfirmation(ctx.chains, {
        ...signed(submission),
        state,
        block,
        owner,
        signature,
      })
      valid.set(checked.owner, checked)
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'invalid') throw error
    }
  }
  return [...valid.values()]
}
