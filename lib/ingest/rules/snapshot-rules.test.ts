import { setTimeout as sleep } from 'node:timers/promises'
import { parseEther } from 'viem'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { demoTokenAbi, demoTokenBytecode } from '../../chain/abi/demo-token'
import type { SpaceSettings } from '../../core/messages/settings'
import { block } from '../../services/moderation/block'
import { moderate } from '../../services/moderation/moderate'
import { setOption } from '../../services/options/set-option'
import { hashFrozen } from '../../services/power/frozen-hash'
import { accounts } from '../../testing/accounts'
import {
  type SignedEnvelope,
  signCancel,
  signProposal,
  signSettings,
  signUpdate,
  signVote,
} from '../../testing/factories'
import { startRpcServer } from '../../testing/rpc-server'
import { createTestWorld, type TestWorld } from '../../testing/world'
import { expectRefusal } from '../expect-refusal.suite'
import { createIngest } from '../ingest'

// What of Snapshot's rules depends on the operator, on a space's kind and on conditions on people, each with its exact
// words. The others are in the files beside this one, by kind of message.

const { Ada, Ben, Chloe, Dan } = accounts
const by = 'a test'
let world: TestWorld
let space: string
let count = 0

beforeAll(async () => {
  // Ethereum is known, and silent.
  world = await createTestWorld({ variables: { RPC_URL_1: 'http://127.0.0.1:9' } })
})
afterAll(() => world.close())
beforeEach(() => {
  space = `space-${++count}`
  // So that what is the same in another test is another message.
  world.clock.advance(1)
})

type Text = Partial<Parameters<typeof signProposal>[1]>

const settingsBy = (who: typeof Ada, settings: Partial<SpaceSettings> = {}) =>
  signSettings(who, { space, settings, timestamp: world.now() })
const proposalBy = (who: typeof Ada, text: Text = {}) =>
  signProposal(who, { space, timestamp: world.now(), ...text })
const take = async (envelope: Promise<SignedEnvelope>) => (await world.ingest.ingest(await envelope)).id
const claim = (settings: Partial<SpaceSettings> = {}) => take(settingsBy(Ada, settings))
const onSpace = (action: string) => moderate(world.ctx, { type: 'space', value: space, action }, by)
const spaceRow = () => world.ctx.db.prisma.space.findUniqueOrThrow({ where: { id: space } })
const proposalRow = (id: string) => world.ctx.db.prisma.proposal.findUniqueOrThrow({ where: { id } })

/** With options set, and set back afterwards. */
async function withOptions(options: Readonly<Record<string, string>>, work: () => Promise<unknown>) {
  for (const [name, value] of Object.entries(options)) await setOption(world.ctx, name, value)
  await work().finally(async () => {
    for (const name of Object.keys(options)) await setOption(world.ctx, name, null)
  })
}

const listed = { name: 'whitelist', params: { addresses: [Ben.address] } }
const ifListed = { name: 'basic', params: { minScore: 1, strategies: [listed] } }

/** A rule of protocol.md: what is so, what is sent, and the words of the refusal. */
interface Case {
  readonly rule: string
  readonly words: string
  /** What is sent, when everything is in place. */
  send(): Promise<SignedEnvelope>
  readonly options?: Readonly<Record<string, string>>
  readonly code?: Parameters<typeof expectRefusal>[3]
}

async function propose(text: Text = {}, settings: Partial<SpaceSettings> = {}): Promise<string> {
  await claim(settings)
  return take(proposalBy(Ada, text))
}

const ofSettings: Case[] = [
  {
    rule: 'a deleted space is never anybody’s again',
    words: 'space deleted, contact admin',
    async send() {
      await claim()
      await world.ctx.db.query('update spaces set deleted_at = now() where id = $1', [space])
      return settingsBy(Ada, { about: 'Back' })
    },
  },
  {
    rule: 'one space a web address',
    words: 'domain already taken',
    async send() {
      await claim({ domain: 'https://vote.example.org/' })
      space = `${space}-b`
      return settingsBy(Ben, { domain: 'vote.example.org' })
    },
  },
  {
    rule: 'strategies up to the option of a new space',
    words: 'max number of strategies is 1',
    options: { 'space.default.strategies_limit': '1' },
    send: () => settingsBy(Ada, { strategies: [listed, { name: 'ticket' }] }),
  },
  {
    rule: 'where the operator demands it, a condition on voters with `ticket`',
    words: 'space with ticket requires voting validation',
    options: { 'space.require_validation': '1' },
    send: () => settingsBy(Ada, { filters: { onlyMembers: true } }),
  },
  {
    rule: 'where the operator demands it, a condition on proposers',
    words: 'space missing proposal validation',
    options: { 'space.require_validation': '1' },
    send: () => settingsBy(Ada, { strategies: [listed] }),
  },
  {
    rule: 'a space that was copied from another hub, until settings of it are signed here',
    words: 'This space is a copy from https://hub.example, which alone takes messages about it.',
    async send() {
      await claim()
      await world.ctx.db.query(
        `update spaces set origin = jsonb_build_object('hub', 'https://hub.example', 'settingsId', settings_id) where id = $1`,
        [space],
      )
      return proposalBy(Ada)
    },
  },
]

const ofProposals: Case[] = [
  {
    rule: 'no space, or one that was deleted',
    words: 'unknown space',
    async send() {
      await claim()
      await world.ctx.db.query('update spaces set deleted_at = now() where id = $1', [space])
      return proposalBy(Ada)
    },
  },
  {
    rule: 'a hibernated space sleeps',
    words: 'invalid space settings: space hibernated',
    async send() {
      await claim()
      await onSpace('hibernate')
      return proposalBy(Ada)
    },
  },
  {
    rule: 'settings have to meet what is demanded today',
    words: 'invalid space settings: max number of strategies is 0',
    options: { 'space.turbo.strategies_limit': '0' },
    async send() {
      await claim()
      await onSpace('turbo')
      return proposalBy(Ada)
    },
  },
  {
    rule: 'an author whom the operator turns away',
    words: 'invalid proposal, please contact support',
    async send() {
      await claim()
      await block(world.ctx, { kind: 'address', value: Dan.address.toLowerCase() }, 'block', by)
      return proposalBy(Dan)
    },
  },
  {
    rule: 'whoever does not meet the space’s validation',
    words: 'validation failed',
    async send() {
      await claim({ validation: ifListed })
      return proposalBy(Chloe)
    },
  },
  {
    rule: 'a block from before Snapshot’s clients read the chain',
    words: 'proposal snapshot must be after network start',
    async send() {
      await claim({ network: '1', validation: { name: 'any' } })
      return proposalBy(Ada, { snapshot: 7_929_875 })
    },
  },
  {
    rule: 'a space’s proposals in a day, by its kind',
    words: 'proposal limit reached',
    options: { 'space.flagged.proposal_limit_per_day': '1' },
    async send() {
      await claim()
      await onSpace('flag')
      await take(proposalBy(Ben))
      return proposalBy(Chloe)
    },
  },
  {
    rule: 'a space’s proposals in a month, of the ecosystem’s list',
    words: 'proposal limit reached',
    options: {
      'space.ecosystem.proposal_limit_per_month': '0',
      'space.ecosystem.list': 'other, SPACE-listed',
    },
    async send() {
      space = 'space-listed'
      await claim()
      return proposalBy(Chloe)
    },
  },
  {
    rule: 'an author’s open proposals',
    words: 'active proposal limit reached for author',
    options: { 'space.active_proposal_limit_per_author': '0' },
    async send() {
      await claim()
      return proposalBy(Chloe)
    },
  },
  {
    rule: 'a body’s length',
    words: 'proposal body length can not exceed 5 characters',
    options: { 'space.verified.body_limit': '5' },
    async send() {
      await claim()
      await onSpace('verify')
      return proposalBy(Ada, { body: '123456' })
    },
  },
  {
    rule: 'a number of choices',
    words: 'number of choices can not exceed 2',
    options: { 'space.default.choices_limit': '2' },
    async send() {
      await claim()
      return proposalBy(Ada)
    },
  },
  {
    rule: 'a quorum that only a chain knows',
    words: 'unable to get quorum',
    async send() {
      await claim({ plugins: { quorum: { strategy: 'balance', address: Ada.address } } })
      return proposalBy(Ada)
    },
  },
  {
    rule: 'a finished vote is not deleted',
    words: 'not authorized to archive proposal: its voting has ended',
    async send() {
      const proposal = await propose({ end: world.now() + 10 })
      world.clock.advance(11)
      return signCancel(Ada, { space, proposal, timestamp: world.now() })
    },
  },
]

const imported = 'This proposal is a copy from https://hub.example, which alone takes messages about it.'

async function proposeElsewhere(): Promise<string> {
  const id = await propose({ start: world.now() + 50 })
  await world.ctx.db.query(`update proposals set origin = '{"hub":"https://hub.example"}' where id = $1`, [
    id,
  ])
  return id
}

const ofVotes: Case[] = [
  {
    rule: 'whoever does not meet the proposal’s validation at its snapshot',
    words: 'failed vote validation',
    async send() {
      const proposal = await propose({}, { voteValidation: ifListed })
      return signVote(Chloe, { space, proposal, timestamp: world.now() })
    },
  },
  {
    rule: 'the condition was copied when the proposal was made',
    words: 'failed vote validation',
    async send() {
      const proposal = await propose({}, { voteValidation: ifListed })
      world.clock.advance(1)
      await claim()
      return signVote(Chloe, { space, proposal, timestamp: world.now() })
    },
  },
  {
    rule: 'a proposal of a deleted space',
    words: 'unknown space',
    async send() {
      const proposal = await propose()
      await world.ctx.db.query('update spaces set deleted_at = now() where id = $1', [space])
      return signVote(Ada, { space, proposal, timestamp: world.now() })
    },
  },
  {
    rule: 'a copied proposal takes no vote',
    words: imported,
    async send() {
      const proposal = await proposeElsewhere()
      return signVote(Ada, { space, proposal, timestamp: world.now() })
    },
  },
  {
    rule: 'nor an edit',
    words: imported,
    async send() {
      return signUpdate(Ada, { space, proposal: await proposeElsewhere(), timestamp: world.now() })
    },
  },
  {
    rule: 'nor a deletion',
    words: imported,
    async send() {
      return signCancel(Ada, { space, proposal: await proposeElsewhere(), timestamp: world.now() })
    },
  },
]

describe.each([
  ['settings (2.3)', ofSettings],
  ['proposals (2.4)', ofProposals],
  ['votes (2.5)', ofVotes],
])('refused: %s', (_, cases) => {
  test.each(cases)('$rule: $words', async ({ words, send, options = {}, code }) => {
    await withOptions(options, async () => expectRefusal(world, await send(), words, code))
  })
})

test('a sender whose address is turned away is `unauthorized`, whatever it sends (2.1)', async () => {
  await block(world.ctx, { kind: 'ip', value: '192.0.2.7' }, 'block', by)
  const refused = { code: 'invalid', message: 'unauthorized' }
  await expect(world.ingest.ingest({}, { ip: '192.0.2.7' })).rejects.toMatchObject(refused)
  const envelope = await settingsBy(Ada)
  await expect(world.ingest.ingest(envelope, { ip: '192.0.2.7' })).rejects.toMatchObject(refused)
  await block(world.ctx, { kind: 'ip', value: '192.0.2.7' }, 'unblock', by)
  await world.ingest.ingest(envelope, { ip: '192.0.2.7' })
})

test('where the snapshot cannot be read, a voter is told to try again', async () => {
  const proposal = await propose({}, { voteValidation: ifListed })
  const { ctx } = world
  const cutOff = { ...world, ingest: createIngest(ctx.another({ rpcUrls: { 31337: 'http://127.0.0.1:9' } })) }
  // A key's signature needs no chain.
  const vote = await signVote(Ben, { space, proposal, timestamp: world.now() })
  await expectRefusal(cutOff, vote, 'failed to check vote validation', 'chain_unavailable')
  await world.ingest.ingest(vote)
})

test('voters who come together share the reads of the condition on them', async () => {
  const everybody = Object.values(accounts)
  const { chain, ctx } = world
  const token = await chain.deploy(demoTokenAbi, demoTokenBytecode, [
    everybody.map(({ address }) => address),
    everybody.map(() => parseEther('2')),
  ])
  const snapshot = Number(await chain.client.getBlockNumber())
  await chain.mine(3)
  const strategies = [{ name: 'erc20-balance-of', params: { address: token } }]
  const voteValidation = { name: 'basic', params: { minScore: 1 } }
  const proposal = await propose({ snapshot }, { strategies, voteValidation })
  const node = await startRpcServer(chain.rpcUrl, async (_, __, upstream) => {
    await sleep(100)
    await upstream()
  })
  const ingest = createIngest(ctx.another({ rpcUrls: { 31337: node.url } }))
  const votes = await Promise.all(
    everybody.map((who) => signVote(who, { space, proposal, timestamp: world.now() })),
  )
  await Promise.all(votes.map((vote) => ingest.ingest(vote)))
  expect(node.asked.filter((method) => method === 'eth_call').length).toBeLessThan(votes.length)
  await node.stop()
})

test('where a validation needs more than there is, it is 400 like Snapshot’s', async () => {
  await claim({ validation: ifListed })
  const gone = { name: 'whitelist', params: { addresses: ['0x1'] } }
  const validation = { name: 'basic', params: { minScore: 1, strategies: [gone] } }
  const settings = { network: '31337', name: 'S', strategies: [listed], validation }
  await world.ctx.db.query('update spaces set settings = $2::jsonb where id = $1', [
    space,
    JSON.stringify(settings),
  ])
  const words =
    "invalid space settings: strategy 'whitelist' has wrong params: addresses.0: An entry of the list is not an address."
  await expectRefusal(world, await proposalBy(Chloe), words)
})

test('saving settings wakes a hibernated space, and fills in the chain of delegations', async () => {
  await claim()
  await onSpace('hibernate')
  const delegationPortal = {
    delegationType: 'split-delegation' as const,
    delegationContract: Ada.address,
    delegationApi: 'https://delegates.example',
  }
  world.clock.advance(1)
  await claim({ delegationPortal, domain: 'https://river.example/' })
  expect(await spaceRow()).toMatchObject({
    hibernated: false,
    domain: 'river.example',
    settings: { delegationPortal: { ...delegationPortal, delegationNetwork: '1' } },
  })
  await take(proposalBy(Ada))
})

test('two spaces that ask for one web address in the same moment: one gets it', async () => {
  const domain = `v${count}.example.org`
  const sent = await Promise.all([
    signSettings(Ada, { space: `${space}-a`, settings: { domain }, timestamp: world.now() }),
    signSettings(Ben, { space: `${space}-b`, settings: { domain }, timestamp: world.now() }),
  ])
  const outcomes = await Promise.allSettled(sent.map((envelope) => world.ingest.ingest(envelope)))
  const [loser] = outcomes.filter((outcome) => outcome.status === 'rejected')
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(loser?.reason).toMatchObject({ code: 'invalid', message: 'domain already taken' })
})

test('a link that is turned away flags the proposal, which is taken; an edit does not clear it', async () => {
  await block(world.ctx, { kind: 'link', value: 'Drain.example/claim' }, 'block', by)
  const start = world.now() + 100
  const id = await propose({ body: 'Go to https://DRAIN.example/claim?x', start })
  expect(await proposalRow(id)).toMatchObject({ flagCode: 1, flaggedBy: null })
  await take(signUpdate(Ada, { space, proposal: id, timestamp: world.now(), body: 'Nothing' }))
  expect(await proposalRow(id)).toMatchObject({ flagCode: 1, body: 'Nothing' })

  const clean = await take(proposalBy(Ada, { start, title: 'Clean' }))
  await take(signUpdate(Ada, { space, proposal: clean, timestamp: world.now(), body: 'drain.example/CLAIM' }))
  expect(await proposalRow(clean)).toMatchObject({ flagCode: 1 })
})

test('what is copied from the space is kept with its hash, which the row gives again', async () => {
  const params = {
    z: 1,
    symbol: 'GOV',
    decimals: 18,
    addresses: [Ada.address],
    deep: { b: [1, 2.5], a: null },
  }
  const settingsId = await claim({
    strategies: [{ name: 'whitelist', params }],
    symbol: 'GOV',
    voteValidation: { name: 'basic', params: { minScore: 0.1, strategies: [{ name: 'ticket' }] } },
    voting: { quorumType: 'rejection' },
    plugins: { quorum: { strategy: 'static', total: 12.5 } },
  })
  const id = await take(proposalBy(Ada))
  const row = await proposalRow(id)
  expect(row).toMatchObject({
    settingsId,
    quorum: 12.5,
    quorumType: 'rejection',
    rule: { kind: 'rejection', limit: '12500000000000000000' },
    voteValidation: { name: 'basic', params: { minScore: 0.1 } },
  })
  expect(hashFrozen(row)).toBe(row.frozenHash)
  for (const changed of [{ quorum: 12 }, { symbol: 'X' }, { strategies: [] }, { settingsId: id }]) {
    expect(hashFrozen({ ...row, ...changed })).not.toBe(row.frozenHash)
  }
})
