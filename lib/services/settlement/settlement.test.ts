import {
  type Address,
  createTestClient,
  encodeFunctionData,
  erc20Abi,
  type Hex,
  http,
  parseEther,
} from 'viem'
import { foundry } from 'viem/chains'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildPlugins } from '../../core/settlement/plugins'
import { execTransactionData, safeTransactionFor, safeTxHash } from '../../core/settlement/safe-transaction'
import type { SettlementView } from '../../core/views/settlement-view'
import type { DemoAccountName } from '../../dev/demo-accounts'
import { type SafeWorld, startSafeWorld } from '../../execution/safe-world.suite'
import { createIngest, type Ingest } from '../../ingest/ingest'
import { unixSeconds } from '../../platform/clock'
import { accounts } from '../../testing/accounts'
import { createTestContext, type TestContext } from '../../testing/context'
import { signCancel, signProposal, signSettings, signVote } from '../../testing/factories'
import { watchChains } from '../chain/watch-chains'
import { storeExecution } from '../execution/store-execution'
import { finalizeProposal } from '../proposal/finalize-proposal'
import { getProposal } from '../proposal/get-proposal'
import { confirmSettlement } from './confirm-settlement'
import { getSettlement } from './get-settlement'
import { refreshSettlement } from './refresh-settlement'
import { settleProposal } from './settle-proposal'

const { Ada, Ben, Chloe, Dan } = accounts
let world: SafeWorld
let ctx: TestContext
let ingest: Ingest
let safe: Address
/** The machine's, ahead by what votes have taken. */
let aheadMs = 0
const clock = { now: () => Date.now() + aheadMs }

beforeAll(async () => {
  world = await startSafeWorld()
  safe = await world.newSafe()
  ctx = await createTestContext({ clock, rpcUrls: { 31337: world.chain.rpcUrl } })
  ingest = createIngest(ctx)
  await ingest.ingest(await signSettings(Ada, { timestamp: now(), settings: treasury(safe) }))
})
afterAll(async () => {
  await ingest?.close()
  await ctx?.close()
  await world?.stop()
})

const treasury = (address: Address) => ({ treasuries: [{ name: 'Main', address, network: '31337' }] })

/** Proposals that pay Dan from the Safe and have been voted on; a result each, in the order given. */
async function decide(
  choices: readonly (1 | 2)[],
  { withdraw = false, wei = '1000000000000000000' } = {},
): Promise<string[]> {
  const timestamp = now()
  const proposals: string[] = []
  for (const [index, choice] of choices.entries()) {
    const data = encodeFunctionData({
      abi: erc20Abi,
      functionName: 'transfer',
      args: [Dan.address, parseEther('5') + BigInt(timestamp + index)],
    })
    const calls = [
      { to: Dan.address, value: wei, data: '0x' },
      { to: world.token, value: '0', data },
    ]
    const { hash } = await storeExecution(ctx, { chainId: 31337, safe, calls })
    const plugins = buildPlugins({ chainId: 31337, safe, executionHash: hash })
    const { id } = await ingest.ingest(
      await signProposal(Ada, {
        timestamp,
        title: `Pay Dan ${index}`,
        start: timestamp,
        end: timestamp + 60,
        plugins,
      }),
    )
    await ingest.ingest(await signVote(Ben, { timestamp, proposal: id, choice }))
    if (withdraw) await ingest.ingest(await signCancel(Ada, { timestamp, proposal: id }))
    proposals.push(id)
  }
  aheadMs += 61_000
  for (const id of proposals) await finalizeProposal(ctx, id)
  return proposals
}

async function confirm(id: string, names: readonly DemoAccountName[]): Promise<SettlementView> {
  let view = await getSettlement(ctx, id)
  for (const name of names) {
    const shown = view.safe
    if (!shown) throw new Error('nothing to confirm')
    const signature = await accounts[name].sign({ hash: shown.safeTxHash })
    view = await confirmSettlement(ctx, id, {
      owner: accounts[name].address,
      signature,
      safeTxHash: shown.safeTxHash,
    })
  }
  return view
}

async function execute(view: SettlementView): Promise<Hex> {
  if (!view.safe?.executeData) throw new Error(`not ready: ${view.state} ${view.reason}`)
  const receipt = await world.send({ to: safe, data: view.safe.executeData })
  return receipt.transactionHash
}

test('a passed proposal is confirmed by owners, executed by anybody, and says so with its transaction', async () => {
  const [id = ''] = await decide([1])
  expect((await getProposal(ctx, id)).settlement).toMatchObject({ state: 'waiting', safe: null })
  expect(await settleProposal(ctx, id)).toEqual({ settled: false })

  const asked = await getSettlement(ctx, id)
  expect(asked).toMatchObject({
    executor: 'safe-signers',
    state: 'confirming',
    safe: { address: safe, threshold: 2, version: '1.4.1', executeData: null, superseded: [] },
  })
  expect(asked.safe?.owners.map(({ confirmedAt }) => confirmedAt)).toEqual([null, null, null])
  expect(asked.steps.map(({ label, state }) => [label, state])).toEqual([
    ['Vote passed', 'done'],
    ['Owners confirm (0 of 2)', 'current'],
    ['Execute', 'todo'],
  ])

  const half = await confirm(id, ['Ada'])
  expect(half.state).toBe('confirming')
  expect(half.safe?.owners.filter(({ confirmedAt }) => confirmedAt !== null)).toHaveLength(1)
  const ready = await confirm(id, ['Ben'])
  expect(ready).toMatchObject({ state: 'ready', steps: [{}, { state: 'done' }, { state: 'current' }] })

  const before = await world.client.getBalance({ address: Dan.address })
  const transactionHash = await execute(ready)
  const done = await refreshSettlement(ctx, id)
  expect(done).toMatchObject({ state: 'executed', transactionHash })
  expect(done.steps.at(-1)).toMatchObject({ label: 'Executed', state: 'done', transactionHash })
  expect((await world.client.getBalance({ address: Dan.address })) - before).toBe(parseEther('1'))
  expect(await getProposal(ctx, id)).toMatchObject({ state: 'executed', settlementState: 'executed' })
  // Twice is once.
  await settleProposal(ctx, id)
  expect(await getSettlement(ctx, id)).toEqual(done)
  await world.chain.mine(5)
  expect(await settleProposal(ctx, id)).toEqual({ settled: true })
})

test('owners read that the calls would fail before they confirm, for as long as they would', async () => {
  const [id = ''] = await decide([1], { wei: parseEther('12345').toString() })
  await settleProposal(ctx, id)
  expect(await getSettlement(ctx, id)).toMatchObject({
    state: 'confirming',
    safe: {
      obstacle: expect.stringMatching(/^Call 1 of 2 would fail now: it sends 12,345 ETH and the Safe/),
    },
  })
  await createTestClient({
    mode: 'anvil',
    chain: foundry,
    transport: http(world.chain.rpcUrl),
  }).setBalance({ address: safe, value: parseEther('20000') })
  await world.chain.mine(1)
  expect(await refreshSettlement(ctx, id)).toMatchObject({ state: 'confirming', safe: { obstacle: null } })
})

test('only owners confirm, and only what is asked now', async () => {
  const [id = ''] = await decide([1])
  await settleProposal(ctx, id)
  const { safe: shown } = await getSettlement(ctx, id)
  const safeTxHash = shown?.safeTxHash ?? '0x'
  const signature = await Dan.sign({ hash: safeTxHash })
  await expect(
    confirmSettlement(ctx, id, { owner: Dan.address, signature, safeTxHash }),
  ).rejects.toMatchObject({
    code: 'invalid',
  })
  await expect(
    confirmSettlement(ctx, id, { owner: Ada.address, signature, safeTxHash }),
  ).rejects.toMatchObject({
    code: 'invalid',
  })
  const other = `0x${'12'.repeat(32)}` as const
  await expect(
    confirmSettlement(ctx, id, {
      owner: Ada.address,
      signature: await Ada.sign({ hash: other }),
      safeTxHash: other,
    }),
  ).rejects.toMatchObject({ code: 'conflict' })
  expect((await getSettlement(ctx, id)).safe?.owners.every(({ confirmedAt }) => confirmedAt === null)).toBe(
    true,
  )
})

test('what did not pass, or was withdrawn in time, is not executed', async () => {
  const [rejected = ''] = await decide([2])
  const [withdrawn = ''] = await decide([1], { withdraw: true })
  for (const id of [rejected, withdrawn]) {
    expect(await settleProposal(ctx, id)).toEqual({ settled: true })
    expect(await getSettlement(ctx, id)).toMatchObject({ state: 'refused', safe: null })
    const given = { owner: Ada.address, signature: '0x', safeTxHash: `0x${'00'.repeat(32)}` } as const
    await expect(confirmSettlement(ctx, id, given)).rejects.toMatchObject({ code: 'conflict' })
  }
  expect((await getSettlement(ctx, withdrawn)).reason).toContain(`withdrawn by ${Ada.address}`)
})

test('what nobody has confirmed holds nothing up; confirmed ones get nonces in their order', async () => {
  safe = await world.newSafe()
  await ingest.ingest(await signSettings(Ada, { timestamp: now(), settings: treasury(safe) }))
  const [jam = '', twin = '', honest = '', next = ''] = await decide([1, 1, 1, 1])
  const all = [jam, twin, honest, next]
  const nonceOf = async (id: string) => (await getSettlement(ctx, id)).safe?.transaction.nonce
  await Promise.all([...all, ...all].map((id) => settleProposal(ctx.another(), id)))
  expect(await Promise.all(all.map(nonceOf))).toEqual(['0', '0', '0', '0'])

  const ready = await confirm(honest, ['Ada', 'Ben'])
  expect(ready).toMatchObject({ state: 'ready', safe: { transaction: { nonce: '0' } } })
  // Signed for the nonce that is gone: refused with words, and the new transaction is there.
  await expect(confirm(next, ['Ada'])).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('another proposal'),
  })
  const waiting = await confirm(next, ['Ada', 'Chloe'])
  expect(waiting).toMatchObject({ state: 'queued', safe: { transaction: { nonce: '1' } } })
  expect(waiting.reason).toContain('must first run')

  await execute(ready)
  expect(await refreshSettlement(ctx, honest)).toMatchObject({ state: 'executed' })
  await execute(await refreshSettlement(ctx, next))
  expect(await refreshSettlement(ctx, next)).toMatchObject({ state: 'executed' })
  for (const id of [jam, twin]) {
    expect(await refreshSettlement(ctx, id)).toMatchObject({
      state: 'confirming',
      safe: { transaction: { nonce: '2' } },
    })
  }
})

test('two owners who confirm two proposals at once do not share a nonce', async () => {
  const both = await decide([1, 1])
  for (const id of both) await settleProposal(ctx, id)
  const results = await Promise.allSettled(both.map((id) => confirm(id, ['Ben'])))
  expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const views = await Promise.all(both.map((id) => refreshSettlement(ctx, id)))
  expect(new Set(views.map((view) => view.safe?.transaction.nonce)).size).toBe(2)
})

test('refreshing at once is reading once', async () => {
  const [id = ''] = await decide([1])
  const views = Array.from({ length: 5 }, () => refreshSettlement(ctx, id))
  expect(new Set(views).size).toBe(1)
  expect(await views[0]).toMatchObject({ state: 'confirming' })
  expect(refreshSettlement(ctx, id)).not.toBe(views[0])
})

test('the explanation of a batch can be replaced until a proposal names it', async () => {
  const post = (amount: bigint, note: string) =>
    storeExecution(ctx, {
      chainId: 31337,
      safe,
      calls: [{ to: Dan.address, value: amount.toString(), data: '0x', note }],
    })
  const { hash } = await post(77n, 'first')
  await post(77n, 'second')
  const read = () => ctx.db.prisma.execution.findUniqueOrThrow({ where: { hash } })
  expect((await read()).calls).toMatchObject([{ note: 'second' }])
  const timestamp = now()
  const plugins = buildPlugins({ chainId: 31337, safe, executionHash: hash })
  await ingest.ingest(
    await signProposal(Ada, { timestamp, title: 'Named', start: timestamp, end: timestamp + 60, plugins }),
  )
  await post(77n, 'third')
  expect((await read()).calls).toMatchObject([{ note: 'second' }])
})

test('an unreadable chain blocks a settlement visibly; it goes on afterwards', async () => {
  const [id = ''] = await decide([1])
  const cut = ctx.another({ rpcUrls: { 31337: 'http://127.0.0.1:1' } })
  await expect(settleProposal(cut, id)).rejects.toMatchObject({ code: 'chain_unavailable' })
  expect(await getSettlement(ctx, id)).toMatchObject({ state: 'blocked', safe: null })
  await settleProposal(ctx, id)
  expect(await getSettlement(ctx, id)).toMatchObject({ state: 'confirming' })
})

test('a reorg takes back what the chain had said, and it is read again', async () => {
  expect(await watchChains(ctx)).toEqual([])
  expect(await watchChains(ctx)).toEqual([])
  const executed = await ctx.db.prisma.settlement.findFirstOrThrow({ where: { state: 'executed' } })
  await ctx.db.prisma.chainState.update({
    where: { chainId: 31337 },
    data: { blockHash: `0x${'ee'.repeat(32)}` },
  })
  const proposals = await watchChains(ctx)
  expect(proposals).toContain(executed.proposalId)
  expect(await getSettlement(ctx, executed.proposalId)).toMatchObject({
    state: 'confirming',
    transactionHash: null,
  })
  await settleProposal(ctx, executed.proposalId)
  expect(await getSettlement(ctx, executed.proposalId)).toMatchObject({
    state: 'executed',
    transactionHash: executed.transactionHash,
  })
  expect(await watchChains(ctx)).toEqual([])
})

test('when another transaction takes the nonce, owners are asked again for a new one', async () => {
  const own = await world.newSafe([Chloe.address], 1)
  safe = own
  await ingest.ingest(await signSettings(Ada, { timestamp: now(), settings: treasury(own) }))
  const [id = ''] = await decide([1])
  await settleProposal(ctx, id)
  const first = await confirm(id, ['Chloe'])

  // The owner uses the nonce for something else.
  const other = safeTransactionFor([{ to: Dan.address, value: 1n, data: '0x', operation: 0 }], 0)
  const signature = await Chloe.sign({ hash: safeTxHash({ chainId: 31337, safe: own }, other) })
  await world.send({ to: own, data: execTransactionData(other, signature) })
  expect(await refreshSettlement(ctx, id)).toMatchObject({ state: 'conflict' })

  await world.chain.mine(5)
  const second = await refreshSettlement(ctx, id)
  expect(second).toMatchObject({
    state: 'confirming',
    safe: {
      transaction: { nonce: '1' },
      superseded: [{ nonce: '0', safeTxHash: first.safe?.safeTxHash }],
    },
  })
  await execute(await confirm(id, ['Chloe']))
  expect(await refreshSettlement(ctx, id)).toMatchObject({ state: 'executed' })
})

function now(): number {
  return unixSeconds(clock)
}
