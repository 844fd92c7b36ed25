import { createWalletClient, custom, type Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { foundry } from 'viem/chains'
import { type BlockRef, fetchBlock, findBlockAt } from '../chain/blocks'
import {
  type MessageTypedData,
  proposalTypedData,
  settingsTypedData,
  toEnvelope,
  voteTypedData,
} from '../client/typed-data'
import type { SpaceSettings } from '../core/messages/settings'
import { buildPlugins } from '../core/settlement/plugins'
import type { ProposalSummary } from '../core/views/proposal-view'
import { getVotingSystem } from '../core/voting/registry'
import { findSpace } from '../db/space/find-space'
import { readModule } from '../execution/module/read-module'
import { createIngest, type Ingest } from '../ingest/ingest'
import type { Context } from '../services/context'
import { storeExecution } from '../services/execution/store-execution'
import { finalizeProposal } from '../services/proposal/finalize-proposal'
import { listProposals } from '../services/proposal/list-proposals'
import { confirmSettlement } from '../services/settlement/confirm-settlement'
import { refreshSettlement } from '../services/settlement/refresh-settlement'
import { type DemoAccountName, demoAccounts } from './demo-accounts'
import type { DemoContracts } from './demo-contracts'
import { type DemoProposal, pastProposals, presentProposals, toCalls } from './demo-proposals'

export const DEMO_SPACE = 'demo'

/**
 * Fills the space `demo` through the write pipeline, with a clock that goes through the past week, so that
 * everything is signed, measured, counted and executed as it would have been. Later calls add what the present
 * lacks: new proposals when none with an execution can be voted on. Answers with the space's proposals.
 */
export async function seedDemo(base: Context, contracts: DemoContracts): Promise<readonly ProposalSummary[]> {
  const now = Math.floor(base.clock.now() / 1000)
  const events = await planEvents(base)
  let at = now
  const ctx: Context = { ...base, clock: { now: () => at * 1000 } }
  const ingest = createIngest(ctx)
  const seeding = { ctx, ingest, contracts, now }
  try {
    for (const event of events.sort((a, b) => a.at - b.at)) {
      at = now + event.at
      await event.happen(seeding)
    }
  } finally {
    await ingest.close()
  }
  return list(base)
}

interface Seeding {
  readonly ctx: Context
  readonly ingest: Ingest
  readonly contracts: DemoContracts
  /** Unix seconds of the present, to which the times of proposals relate. */
  readonly now: number
}

interface Event {
  /** Seconds before (-) or after the present. */
  readonly at: number
  happen(seeding: Seeding): Promise<unknown>
}

async function planEvents(ctx: Context): Promise<Event[]> {
  const isNew = (await findSpace(ctx.db, DEMO_SPACE)) === undefined
  const current = isNew ? [] : [...(await list(ctx, 'active')), ...(await list(ctx, 'pending'))]
  if (current.some(({ state, hasExecution }) => state === 'active' && hasExecution)) return []
  const titles = current.map(({ title }) => title)
  return [
    ...(isNew ? [{ at: -7 * 86_400, happen: openSpace }, ...pastProposals.flatMap(lifeOf)] : []),
    ...presentProposals.filter(({ title }) => !titles.includes(title)).flatMap(lifeOf),
  ]
}

/** What happens to a proposal until the present. */
function lifeOf(proposal: DemoProposal): Event[] {
  let id: Hex
  const { start, end, confirmedBy } = proposal
  const events: Event[] = [
    {
      at: proposal.at,
      async happen(seeding) {
        id = await propose(seeding, proposal)
      },
    },
    ...proposal.votes.map((ballot) => ({
      at: start + ballot.after,
      happen: (seeding: Seeding) => vote(seeding, proposal, id, ballot),
    })),
    { at: end + 2, happen: ({ ctx }) => finalizeProposal(ctx, id) },
  ]
  if (confirmedBy) events.push({ at: end + 3_600, happen: (seeding) => execute(seeding, id, confirmedBy) })
  return events.filter(({ at }) => at <= 0)
}

function openSpace(seeding: Seeding): Promise<Hex> {
  return send(seeding, 'Ada', (speech) =>
    settingsTypedData({ ...speech, settings: JSON.stringify(settingsOf(seeding.contracts)) }),
  )
}

async function propose(seeding: Seeding, proposal: DemoProposal): Promise<Hex> {
  const { ctx, contracts, now } = seeding
  const { author, type, title, body, choices } = proposal
  const block = await newestSnapshot(ctx)
  const plugins = await pluginsOf(ctx, contracts, proposal)
  const times = { start: now + proposal.start, end: now + proposal.end }
  return send(seeding, author, (speech) =>
    proposalTypedData({
      ...speech,
      ...times,
      ...{ type, title, body, choices, plugins },
      snapshot: Number(block.number),
    }),
  )
}

/** Stores what the proposal would execute, and names it. */
async function pluginsOf(
  ctx: Context,
  contracts: DemoContracts,
  { payments, settledBy }: DemoProposal,
): Promise<string> {
  if (!payments) return '{}'
  const chainId = foundry.id
  const { safe, module } = contracts
  const calls = toCalls(payments, contracts)
  if (settledBy === 'owners') {
    const { hash } = await storeExecution(ctx, { chainId, safe, calls })
    return buildPlugins({ chainId, safe, executionHash: hash })
  }
  const { hash } = await storeExecution(ctx, { chainId, module, calls })
  const block = await fetchBlock(ctx.chains, chainId, 'latest')
  const account = await readModule(ctx.chains, { module, chainId, block })
  if ('problem' in account) throw new Error(account.problem)
  return buildPlugins({ chainId, module, config: account.configHash, executionHash: hash })
}

function vote(
  seeding: Seeding,
  { type }: DemoProposal,
  proposal: Hex,
  { voter, choice, reason = '' }: DemoProposal['votes'][number],
): Promise<Hex> {
  const { ballot } = getVotingSystem(type)
  return send(seeding, voter, (speech) => voteTypedData({ ...speech, proposal, ballot, choice, reason }))
}

/** The owners sign the Safe's transaction, and the first of them sends it. */
async function execute({ ctx }: Seeding, proposal: Hex, owners: readonly DemoAccountName[]): Promise<void> {
  let settlement = await refreshSettlement(ctx, proposal)
  for (const name of owners) {
    const owner = privateKeyToAccount(demoAccounts[name].privateKey)
    const safeTxHash = settlement.safe?.safeTxHash ?? '0x'
    const signature = await owner.sign({ hash: safeTxHash })
    settlement = await confirmSettlement(ctx, proposal, { owner: owner.address, signature, safeTxHash })
  }
  const { safe } = settlement
  const [first] = owners
  if (!safe?.executeData || !first)
    throw new Error(`The Safe's transaction is ${settlement.state}, not ready.`)
  const client = await ctx.chains.client(foundry.id)
  const wallet = createWalletClient({
    account: privateKeyToAccount(demoAccounts[first].privateKey),
    chain: foundry,
    transport: custom({ request: ({ method, params }) => client.request({ method, params } as never) }),
  })
  const hash = await wallet.sendTransaction({ to: safe.address, data: safe.executeData })
  await client.waitForTransactionReceipt({ hash, pollingInterval: 50 })
  await refreshSettlement(ctx, proposal)
}

/** Signs what `build` makes of who speaks where and when, posts it, and answers with its id. */
async function send(
  { ctx, ingest }: Seeding,
  who: DemoAccountName,
  build: (speech: { from: Hex; space: string; timestamp: number }) => MessageTypedData,
): Promise<Hex> {
  const account = privateKeyToAccount(demoAccounts[who].privateKey)
  const timestamp = Math.floor(ctx.clock.now() / 1000)
  const typedData = build({ from: account.address, space: DEMO_SPACE, timestamp })
  const { domain, primaryType, message } = typedData
  const types = typedData.types as Record<string, { name: string; type: string }[]>
  const signature = await account.signTypedData({ domain, types, primaryType, message })
  return (await ingest.ingest(toEnvelope(account.address, signature, typedData))).id
}

/** The newest block that there was at the time on the clock, but below the chain's newest: a module's power is past. */
async function newestSnapshot(ctx: Context): Promise<BlockRef> {
  const timestamp = Math.floor(ctx.clock.now() / 1000)
  const { number, timestamp: newest } = await fetchBlock(ctx.chains, foundry.id, 'latest')
  return newest <= timestamp
    ? fetchBlock(ctx.chains, foundry.id, number - 1n)
    : findBlockAt(ctx.chains, foundry.id, timestamp)
}

async function list(ctx: Context, state?: 'active' | 'pending'): Promise<readonly ProposalSummary[]> {
  return (await listProposals(ctx, { space: DEMO_SPACE, first: 100, ...(state && { state }) })).items
}

function settingsOf({ token, safe }: DemoContracts): SpaceSettings {
  return {
    name: 'Lantern Grants',
    about: 'A small grants DAO for open-source tools that other communities stand on.',
    network: String(foundry.id),
    symbol: 'VOTE',
    strategies: [{ name: 'erc20-votes', params: { address: token, symbol: 'VOTE', decimals: 18 } }],
    admins: [demoAccounts.Ada.address],
    voting: { quorum: 60_000 },
    treasuries: [{ name: 'Grants Safe', address: safe, network: String(foundry.id) }],
    categories: ['grant'],
  }
}
