import {
  encodeFunctionData,
  getAddress,
  type Hex,
  isAddress,
  isAddressEqual,
  zeroAddress,
  zeroHash,
} from 'viem'
import { z } from 'zod'
import { type BlockRef, fetchBlock, fetchFinalBlock } from '../chain/blocks'
import type { Chains } from '../chain/chains'
import { AppError } from '../core/errors'
import type { BallotRecord } from '../core/settlement/ballot-record'
import { type Commitment, commitTally } from '../core/settlement/commitment'
import type { ModuleConfig } from '../core/settlement/module-config'
import type { ModuleRef } from '../core/settlement/module-plugins'
import { defineExecutor, type Election, type Memory, type Progress, type Trace } from './executor'
import { actData } from './module/act-data'
import { describeStanding } from './module/describe-standing'
import { explainRevert } from './module/explain-revert'
import { findObstacle } from './module/find-obstacle'
import { findTraces, tracesIn } from './module/find-traces'
import { listSteps } from './module/list-steps'
import { moduleAbi as abi } from './module/module-abi'
import { moduleFacts } from './module/module-facts'
import { nextAct } from './module/next-act'
import { readModule } from './module/read-module'
import { readProof } from './module/read-proof'
import { readRecord } from './module/read-record'
import { isSettled, type Standing, stateOf } from './module/standing'
import { readSafe } from './safe/read-safe'
import { describeFailure, simulateBatch } from './safe/simulate-batch'

const hash = z
  .string()
  .regex(/^0x[0-9a-f]{64}$/)
  .transform((text) => text as Hex)

const configSchema = z.strictObject({
  chainId: z.int().positive(),
  module: z
    .string()
    .refine((module) => isAddress(module))
    .transform((module) => getAddress(module)),
  config: hash,
  executionHash: hash,
})

/** A module of the Safe checks every ballot itself, and anyone can then have it make the calls. No owner is needed. */
export const tallyModule = defineExecutor({
  id: 'tally-module',
  label: 'Tally module',
  key: 'module',
  settles: 'by-steps',
  configSchema,

  async simulate({ chains }, calls, { chainId, module }) {
    const block = await fetchBlock(chains, chainId, 'latest')
    const failed = (reason: string, call: number | null = null) =>
      ({ block, ok: false, call, reason }) as const
    const account = await readModule(chains, { module, chainId, block })
    if ('problem' in account) return failed(account.problem)
    const { safe, isEnabled } = account
    if (!isEnabled) return failed(`The Safe ${safe} has not enabled the module ${module}.`)
    const state = await readSafe(chains, { safe, block })
    if ('problem' in state) return failed(state.problem)
    if (calls.length > 1 && !state.canBatch) {
      return failed(
        'MultiSendCallOnly 1.4.1 is not on this chain, so several calls cannot be tried together.',
      )
    }
    const failure = await simulateBatch(chains, { safe, calls, block })
    return failure === null
      ? { block, ok: true }
      : failed(describeFailure(failure, calls.length), failure.call)
  },

  async look({ chains }, election, now, memory) {
    const block = await fetchBlock(chains, election.config.chainId, 'latest')
    const reading = await read(chains, election, block)
    if ('problem' in reading) return blocked(election, block, reading.problem, memory)

    const at = Math.max(block.timestamp, now)
    const found = await findTraces(chains, {
      module: election.config.module,
      proposal: election.proposal,
      author: election.message.from,
      since: BigInt(election.message.snapshot),
      head: block,
      memory,
    })
    const { traces } = found
    const state = stateOf(reading, at)
    const tally = await compareTally(chains, { election, reading, traces, block })
    const standing: Standing = { election, reading, state, at, traces, ...tally }

    const act = nextAct(standing)
    const obstacle = act && (await findObstacle(chains, standing, act, block))
    const trace = await findExecution(chains, standing)
    const isOver = trace ? trace.block.final : await isFinal(chains, standing)
    return {
      block,
      ...describeStanding(standing, obstacle),
      steps: listSteps(standing),
      next: obstacle === null ? act : null,
      trace,
      isOver,
      memory: found.memory,
      module: moduleFacts(standing, block),
    }
  },

  async prepare({ chains }, election, { next, block, memory, summary }, sender) {
    if (!next) throw new AppError('conflict', { message: `There is nothing to send. ${summary}` })
    if (next.sender && sender && !isAddressEqual(next.sender, sender)) {
      throw new AppError('conflict', {
        message: `Only the operator ${next.sender} can send this, not ${sender}.`,
      })
    }
    const { chainId, module } = election.config
    const transaction = { chainId, to: module, value: 0n }
    if (next.act === 'register') return { ...transaction, data: actData.register(election) }
    if (next.act === 'execute') return { ...transaction, data: actData.execute(election) }
    if (next.act === 'cancel') {
      if (!election.cancellation)
        throw new AppError('conflict', { message: 'Nobody withdrew this proposal.' })
      return { ...transaction, data: actData.cancel(election, election.cancellation) }
    }

    const reading = await read(chains, election, block)
    if ('problem' in reading) throw new AppError('conflict', { message: reading.problem })
    const { root, count, totals, ballots } = await honestTally(election, reading.config)
    if (next.act === 'commit') {
      const args = [election.proposal, root, BigInt(count), totals, zeroHash, ''] as const
      const data = encodeFunctionData({ abi, functionName: 'commitTally', args })
      return { ...transaction, value: reading.config.bond, data }
    }
    const traces = tracesIn(memory)
    const { prover, chunk } = await readProof(chains, { election, ballots, traces, block, sender })
    const args = [election.proposal, prover ?? zeroAddress, chunk.run, chunk.ballots, []] as const
    return { ...transaction, data: encodeFunctionData({ abi, functionName: 'proveBallots', args }) }
  },

  explain: explainRevert,
})

function read(chains: Chains, election: Election<ModuleRef>, block: BlockRef) {
  const { config: ref, proposal, message } = election
  return readRecord(chains, { ref, proposal, author: message.from, block })
}

/** By the ballots they are of: a tree of ten thousand takes seconds, and every look asks for it. */
const tallies = new WeakMap<readonly BallotRecord[], Commitment>()

/** What the operator should commit. */
async function honestTally(election: Election<ModuleRef>, { space }: ModuleConfig): Promise<Commitment> {
  const { proposal, config } = election
  const ballots = await election.ballots()
  const tally = tallies.get(ballots) ?? commitTally(ballots, { space, proposal, chainId: config.chainId })
  tallies.set(ballots, tally)
  return tally
}

/** The posted tally beside the one computed here, and how far its proof has come. */
async function compareTally(
  chains: Chains,
  standing: Pick<Standing, 'election' | 'reading' | 'traces'> & { readonly block: BlockRef },
): Promise<Pick<Standing, 'isOurs' | 'proof'>> {
  const { election, reading, traces } = standing
  const { proposal, commitment } = reading.record
  if (!commitment) return { isOurs: null, proof: { checked: 0, transactions: 0 } }
  const honest = election.result === null ? null : await honestTally(election, reading.config)
  // The root covers count and totals; these are stated beside it and compared at the end of a proof.
  const isOurs =
    honest &&
    honest.root === commitment.root &&
    honest.count === commitment.count &&
    honest.totals.every((power, index) => power === commitment.totals[index])
  if (proposal?.provenAt) return { isOurs, proof: { checked: commitment.count, transactions: 0 } }
  if (honest && isOurs) {
    return { isOurs, proof: await readProof(chains, { ...standing, ballots: honest.ballots }) }
  }
  const checked = Math.max(0, ...traces.map(({ index = 0 }) => index))
  return { isOurs, proof: { checked, transactions: 0 } }
}

/** The transaction that made the calls; null before, and until the search has come to it. */
async function findExecution(chains: Chains, { election, state, traces }: Standing): Promise<Trace | null> {
  const trace = traces.find(({ event }) => event === 'ProposalExecuted')
  if (!trace || state !== 'executed') return null
  const block = await fetchBlock(chains, election.config.chainId, trace.block)
  return { transactionHash: trace.transactionHash, block }
}

/** Whether it had come to an end, and to the same one, by the newest final block. */
async function isFinal(chains: Chains, { election, reading, state, at }: Standing): Promise<boolean> {
  // An execution is over with the block that its trace is in.
  if (state === 'executed' || !isSettled(election, reading, at)) return false
  const block = await fetchFinalBlock(chains, election.config.chainId)
  const before = await read(chains, election, block)
  if ('problem' in before) return false
  return isSettled(election, before, block.timestamp) && stateOf(before, block.timestamp) === state
}

function blocked(
  { message }: Election<ModuleRef>,
  block: BlockRef,
  summary: string,
  memory: Memory = {},
): Progress {
  const proposed = { label: 'Proposed', state: 'done', at: message.timestamp, due: null } as const
  const nothing = { next: null, trace: null, isOver: false, module: null } as const
  return {
    block,
    state: 'blocked',
    summary,
    steps: [{ ...proposed, transactionHash: null }],
    memory,
    ...nothing,
  }
}
