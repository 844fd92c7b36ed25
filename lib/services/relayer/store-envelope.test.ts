import { type Address, getAddress } from 'viem'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { toEnvelope, voteTypedData } from '../../client/typed-data'
import type { HexString } from '../../core/views/hex-string'
import { switchableWalletAbi, switchableWalletBytecode } from '../../testing/abi/switchable-wallet'
import { accounts } from '../../testing/accounts'
import { signProposal, signSettings } from '../../testing/factories'
import { createTestWorld, type TestWorld } from '../../testing/world'
import { listWaiting } from './list-waiting'
import { storeEnvelope } from './store-envelope'

let world: TestWorld
let wallet: Address
let proposal: HexString
let votes = 0

beforeAll(async () => {
  // Sixty at once on a busy machine are no silent chain.
  world = await createTestWorld({ variables: { COMITIA_RPC_TIMEOUT_MS: '30000' } })
  const { Ada } = accounts
  // No Safe: nothing shows that it approves until it does.
  wallet = getAddress(await world.chain.deploy(switchableWalletAbi, switchableWalletBytecode, [Ada.address]))
  await world.ingest.ingest(await signSettings(Ada, { timestamp: world.now() }))
  proposal = (await world.ingest.ingest(await signProposal(Ada, { timestamp: world.now() }))).id
})
afterAll(() => world?.close())
beforeEach(() => world.ctx.db.query('delete from relayed_envelopes'))

/** The wallet's vote, each with another reason. */
function vote() {
  votes += 1
  const text = { space: 'test', proposal, ballot: 'single' as const, choice: 1, reason: `${votes}` }
  const timestamp = Math.floor(world.now())
  return toEnvelope(wallet, '0x', voteTypedData({ from: wallet, timestamp, ...text }))
}

const store = (ip: string, envelope = vote()) => storeEnvelope(world.ctx, world.ingest, envelope, { ip })

/** Stores as many, each later than the one before, and answers the ids of those that were taken. */
async function storeMany(ip: string, count: number): Promise<HexString[]> {
  const ids: HexString[] = []
  for (let i = 0; i < count; i++) {
    world.clock.advance(0.001)
    try {
      ids.push((await store(ip)).id)
    } catch (error) {
      expect(error).toMatchObject({ code: 'rate_limited', details: { retryAfter: 600 } })
    }
  }
  return ids
}

async function waiting(): Promise<HexString[]> {
  const { rows } = await world.ctx.db.query<{ id: HexString }>(
    `select id from relayed_envelopes where state = 'waiting' order by created_at, id`,
  )
  return rows.map(({ id }) => id)
}

/** As if as many networks had sent as many votes each of the wallet, half a minute ago. */
async function crowd(senders: number, each: number): Promise<void> {
  const { id } = await store('192.0.2.1')
  await world.ctx.db.query(
    `insert into relayed_envelopes (id, address, chain_id, kind, space, proposal, envelope, state, sender, created_at,
       expires_at, due_at)
     select 'of ' || n || ': ' || i, address, chain_id, kind, space, proposal, envelope, state, 'crowd ' || n,
       created_at - interval '30 seconds' + (n * 100 + i) * interval '1 ms', expires_at, due_at
     from relayed_envelopes, generate_series(1, $2::int) as n, generate_series(1, $3::int) as i where id = $1`,
    [id, senders, each],
  )
  await world.ctx.db.query('delete from relayed_envelopes where id = $1', [id])
}

test('a hundred messages from one IPv6 /48 are ten, and push nothing out', async () => {
  const { id } = await store('203.0.113.1')
  const taken: HexString[] = []
  for (let i = 0; i < 10; i++) taken.push(...(await storeMany(`2001:db8:0:${i}::/64`, 10)))
  expect(taken).toHaveLength(10)
  expect(await listWaiting(world.ctx, id)).toHaveLength(1)
})

test('a wallet’s first message stays, however many networks come after it', async () => {
  const { id } = await store('203.0.113.1')
  world.clock.advance(60)
  await crowd(9, 10)
  const first: HexString[] = []
  for (let i = 0; i < 15; i++) first.push(...(await storeMany(`2001:db8:${i}:0::/64`, 1)))
  expect(await waiting()).toHaveLength(100)
  // Whoever came when all was taken got a place too, from those who had most.
  expect(first).toHaveLength(15)
  expect(await waiting()).toEqual(expect.arrayContaining([id, ...first]))
})

test('in a full wallet the newest of who has most gives way, of several the one who came last', async () => {
  await crowd(33, 3)
  const [own] = await storeMany('198.51.100.1', 1)
  expect(await waiting()).toHaveLength(100)
  const [second] = await storeMany('198.51.100.1', 1)
  expect(await waiting()).toEqual(expect.arrayContaining(['of 33: 2', 'of 32: 3', own, second]))
  expect(await waiting()).not.toContain('of 33: 3')
  // With a third one he would have as many as they, and be the last.
  expect(await storeMany('198.51.100.1', 1)).toEqual([])
  await storeMany('198.51.100.2', 1)
  expect(await waiting()).not.toContain('of 32: 3')
  expect(await waiting()).toHaveLength(100)
})

test('where everybody has one, the newcomer is refused', async () => {
  await crowd(100, 1)
  const before = await waiting()
  expect(await storeMany('198.51.100.1', 1)).toEqual([])
  expect(await waiting()).toEqual(before)
})

test('what an owner approved neither gives way nor counts against its sender', async () => {
  await crowd(50, 2)
  const approve = (column: string, sender: number) =>
    world.ctx.db.query(`update relayed_envelopes set ${column} where sender = $1`, [`crowd ${sender}`])
  await approve(`approvals = '{"0x1": "0x"}'`, 50)
  await approve(`safe = '{"approvedBy": ["0x1"]}'`, 49)
  await storeMany('198.51.100.1', 1)
  expect(await waiting()).not.toContain('of 48: 2')
  expect(await waiting()).toEqual(expect.arrayContaining(['of 50: 2', 'of 49: 2', 'of 48: 1', 'of 47: 2']))
})

test('when all places are taken, who has most in all wallets gives way', async () => {
  await crowd(50, 40)
  await world.ctx.db.query(`update relayed_envelopes set address = 'elsewhere ' || id`)
  const [own] = await storeMany('198.51.100.1', 1)
  const ids = await waiting()
  expect(ids).toHaveLength(2_000)
  expect(ids).toContain(own)
  expect(ids).not.toContain('of 50: 40')
})

test('sixty at once from one sender are ten', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 60 }, () => store('203.0.113.1')))
  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
  expect(refused).toHaveLength(50)
  for (const reason of refused) expect(reason).toMatchObject({ code: 'rate_limited' })
  expect(await waiting()).toHaveLength(10)
})

test('many senders at once never get a wallet more than its places', async () => {
  await crowd(19, 5)
  await Promise.allSettled(Array.from({ length: 20 }, (_, i) => store(`198.51.100.${i}`)))
  expect(await waiting()).toHaveLength(100)
})

test('the same one many times at once is one', async () => {
  const envelope = vote()
  const ids = await Promise.all(Array.from({ length: 20 }, () => store('203.0.113.1', envelope)))
  expect(new Set(ids.map(({ id }) => id)).size).toBe(1)
  expect(await waiting()).toHaveLength(1)
})
