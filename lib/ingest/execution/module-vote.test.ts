import fc from 'fast-check'
import type { Hex } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { voteTypedData } from '../../client/typed-data'
import { parseEnvelope } from '../../core/messages/parse-envelope'
import { resolveMessage } from '../../core/messages/resolve-message'
import { type BallotVariant, voteTypeText } from '../../core/settlement/ballot-variant'
import { commitTally } from '../../core/settlement/commitment'
import { recount } from '../../core/tally/recount'
import { getVotingSystem } from '../../core/voting/registry'
import type { Choice } from '../../core/voting/voting-system'
import { listBallots } from '../../db/vote/list-ballots'
import { finalizeProposal } from '../../services/proposal/finalize-proposal'
import { getProposal } from '../../services/proposal/get-proposal'
import { getProposalRow } from '../../services/proposal/get-proposal-row'
import { measurePending } from '../../services/proposal/measure-pending'
import { listElectionBallots } from '../../services/settlement/list-election-ballots'
import { listVotes } from '../../services/vote/list-votes'
import { switchableWalletAbi, switchableWalletBytecode } from '../../testing/abi/switchable-wallet'
import { accounts } from '../../testing/accounts'
import { startTestChain } from '../../testing/chain'
import { type SignedEnvelope, signKind, signMessage, signProposal } from '../../testing/factories'
import { expectRefusal } from '../expect-refusal.suite'
import { createIngest } from '../ingest'
import { createModuleWorld, type ModuleWorld, payment } from '../module-world.suite'

const { Ada, Ben, Chloe, Dan, Eve } = accounts
/** Each has a key, and code that takes Eve's signature for his, as an account with borrowed code (EIP-7702) may. */
const voters = [Ada, Ben, Chloe, Dan]
/** A key of each that may sign for him. */
const aliases = voters.map(() => privateKeyToAccount(generatePrivateKey()))
let world: ModuleWorld
let proposal: Hex

beforeAll(async () => {
  world = await createModuleWorld({ isTimed: true })
  const template = await world.chain.deploy(switchableWalletAbi, switchableWalletBytecode, [Eve.address])
  const bytecode = (await world.chain.client.getCode({ address: template })) as Hex
  const slot = await world.chain.client.getStorageAt({ address: template, slot: '0x0' })
  for (const { address } of voters) {
    await world.chain.client.setCode({ address, bytecode })
    await world.chain.client.setStorageAt({ address, index: 0, value: slot as Hex })
  }
  for (const [at, { address: alias }] of aliases.entries()) {
    const who = voters[at] as typeof Ada
    await world.ingest.ingest(await signKind(who, 'alias', { alias, timestamp: world.now() }))
  }
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.tick(12)
  proposal = await propose()
})

async function propose(): Promise<Hex> {
  const draft = await world.draft(await world.refFor([payment]))
  return (await world.ingest.ingest(await signProposal(Ada, draft))).id
}

interface Vote {
  readonly choice?: number
  readonly reason?: string
  readonly timestamp?: number
  readonly space?: string
  readonly variant?: BallotVariant
  readonly fields?: readonly { readonly name: string; readonly type: string }[]
  readonly domain?: object
  readonly proposal?: string
}

function fieldsOf(variant: BallotVariant) {
  return voteTypeText(variant)
    .slice('Vote('.length, -1)
    .split(',')
    .map((field) => ({ name: field.split(' ')[1] ?? '', type: field.split(' ')[0] ?? '' }))
}

/** A vote in the voter's name, signed by its key, by Eve's for his code, or by his alias. */
async function voteBy(
  voter: typeof Ada,
  given: Vote = {},
  by: 'key' | 'code' | 'alias' = 'key',
): Promise<SignedEnvelope> {
  const { variant = 0, fields = fieldsOf(variant), domain, choice = 1, ...message } = given
  const typedData = voteTypedData({
    ...{ from: voter.address, space: 'dao', proposal, timestamp: world.now(), ballot: 'single', choice },
    ...message,
  })
  const chain = variant & 4 ? { chainId: 31337 } : {}
  const names = fields.map(({ name }) => name)
  const alias = aliases[voters.indexOf(voter)] ?? Eve
  const envelope = await signMessage({ key: voter, code: Eve, alias }[by], {
    ...typedData,
    domain: { ...typedData.domain, ...chain, ...domain },
    types: { Vote: fields },
    message: Object.fromEntries(names.map((name) => [name, typedData.message[name] ?? ''])),
  })
  return by === 'alias' ? envelope : { ...envelope, address: voter.address }
}

/** From units of a token with 6 decimals to ours. */
const scale = 10n ** 12n
const row = () => getProposalRow(world.ctx, proposal)

async function commitment() {
  const records = await listElectionBallots(world.ctx, await row())
  return commitTally(records, { space: 'dao', proposal, chainId: 31337 })
}

describe('what a module cannot count', () => {
  const form = `A module counts this proposal, and it cannot read a vote signed in this form: sign ${voteTypeText(0)} under the domain snapshot 0.1.4, without a chain id or with 31337.`

  test('a form without all fields', async () => {
    const fields = fieldsOf(1).filter(({ name }) => name !== 'metadata')
    await expectRefusal(world, await voteBy(Ben, { fields }), form)
  })

  test('a choice that is no number', async () => {
    const fields = fieldsOf(0).map(({ name, type }) => ({ name, type: name === 'choice' ? 'string' : type }))
    const text = await signMessage(Ben, {
      ...voteTypedData({
        ...{ from: Ben.address, space: 'dao', proposal, timestamp: world.now() },
        ...{ ballot: 'weighted', choice: { 1: 1 } },
      }),
      types: { Vote: fields },
    })
    await expectRefusal(world, text, form)
  })

  test('another chain’s domain, or a contract’s', async () => {
    await expectRefusal(world, await voteBy(Ben, { domain: { chainId: 1 } }), form)
    await expectRefusal(world, await voteBy(Ben, { domain: { verifyingContract: world.module } }), form)
  })

  test('the space, or the proposal, in other letters', async () => {
    await expectRefusal(
      world,
      await voteBy(Ben, { space: 'Dao' }),
      'The vote names the space "Dao"; its module takes "dao", letter for letter.',
    )
    const upper = proposal.toUpperCase().replace('0X', '0x')
    await expectRefusal(
      world,
      await voteBy(Ben, { proposal: upper }),
      `The vote names the proposal "${upper}"; its module takes ${proposal}, letter for letter.`,
    )
  })

  test.each([0, 4])('choice %d', async (choice) => {
    await expectRefusal(world, await voteBy(Ben, { choice }), 'invalid choice')
  })

  test('a signature by a contract wallet: kept and shown, not counted', async () => {
    const answer = await world.ingest.ingest(await voteBy(Ben, { reason: 'By contract' }, 'code'))
    const power = (300n * 10n ** 18n).toString()
    expect(answer.power).toEqual({ state: 'unrecorded', total: power })
    const view = await getProposal(world.ctx, proposal, Ben.address)
    expect(view).toMatchObject({ votes: 0, pendingVotes: 0, scoresTotal: '0' })
    expect(view.ownVote).toMatchObject({ powerState: 'unrecorded', power, reason: 'By contract' })
    const { items } = await listVotes(world.ctx, { proposal, first: 5, order: 'power' })
    expect(items).toMatchObject([{ voter: Ben.address, powerState: 'unrecorded', power }])
    expect((await commitment()).count).toBe(0)

    world.clock.advance(1)
    expect((await world.ingest.ingest(await voteBy(Ben, { choice: 2 }))).power?.state).toBe('counted')
    expect((await getProposal(world.ctx, proposal)).scores).toEqual(['0', power, '0'])
    world.clock.advance(1)
    await world.ingest.ingest(await voteBy(Ben, {}, 'code'))
    expect((await getProposal(world.ctx, proposal)).scores).toEqual(['0', '0', '0'])
  })

  test('a signature by an alias: kept and shown, not counted', async () => {
    const answer = await world.ingest.ingest(await voteBy(Ben, {}, 'alias'))
    expect(answer.power?.state).toBe('unrecorded')
    expect((await getProposal(world.ctx, proposal)).scores).toEqual(['0', '0', '0'])
    expect((await commitment()).count).toBe(0)
  })

  test('a proposal by an alias, and that its space is deleted', async () => {
    const { address: from } = Ada
    const draft = await world.draft(await world.refFor([payment]))
    await expectRefusal(
      world,
      await signProposal(aliases[0] ?? Ada, { ...draft, from, title: 'Mine' }),
      `A module takes a proposal from its author alone: sign it with ${from}, not with an alias.`,
    )
    await expectRefusal(
      world,
      await signKind(Ada, 'delete-space', { space: 'dao', timestamp: world.now() }),
      'A vote that a tally module counts is not over: delete the space when it is, or withdraw the proposal.',
    )
  })

  test('it is not waited for while its power is unknown, and never counted later', async () => {
    const stopped = await startTestChain()
    await stopped.stop()
    const answer = await world.ingest.ingest(await voteBy(Ada, {}))
    expect(answer.power?.state).toBe('counted')
    await world.ctx.db.query(
      `update votes set power = null, power_by_strategy = '{}', countable = false where proposal_id = $1`,
      [proposal],
    )
    await world.ctx.db.query('delete from tally_cells where proposal_id = $1', [proposal])
    await world.ctx.db.query('update proposals set vote_count = 0 where id = $1', [proposal])
    const cutOff = createIngest(world.ctx.another({ rpcUrls: { 31337: stopped.rpcUrl } }))
    await cutOff.ingest(await voteBy(Dan))
    expect(await row()).toMatchObject({ voteCount: 1, pendingCount: 1 })
    await measurePending(world.ctx, proposal)
    expect(await row()).toMatchObject({ voteCount: 1, pendingCount: 0 })
    expect((await getProposal(world.ctx, proposal, Ada.address)).ownVote?.powerState).toBe('unrecorded')
    expect((await getProposal(world.ctx, proposal)).scores[0]).toBe((250n * 10n ** 18n).toString())
  })
})

test('any of the eight forms is counted, by the module too', async () => {
  for (const variant of [0, 1, 2, 3, 4, 5, 6, 7] as const) {
    world.clock.advance(1)
    await world.ingest.ingest(await voteBy(Chloe, { variant, choice: 3, reason: `Form ${variant}` }))
    const { ballots, totals } = await commitment()
    expect(ballots).toMatchObject([{ voter: Chloe.address, variant, kind: 0 }])
    expect(totals).toEqual([0n, 0n, 350n * world.unit])
  }
})

test('running totals, a recount, the commitment and the result are one', async () => {
  const step = fc.record({
    voter: fc.nat(3),
    by: fc.constantFrom('key', 'key', 'code', 'alias'),
    choice: fc.constantFrom(1, 2, 3),
    variant: fc.integer({ min: 0, max: 7 }).map((variant) => variant as BallotVariant),
    second: fc.integer({ min: 0, max: 5 }),
    reason: fc.string({ unit: 'grapheme', maxLength: 20 }),
  })
  const property = fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
    await world.tick(12)
    proposal = await propose()
    const from = world.now()
    world.clock.advance(10)
    /** What should be counted: the latest of each voter, by time and then by id. */
    const latest = new Map<string, { time: number; id: Hex; choice: number; counts: boolean }>()
    for (const { voter, by, second, ...given } of steps) {
      const who = voters[voter] as typeof Ada
      const time = from + second
      const envelope = await voteBy(who, { ...given, timestamp: time }, by as 'key' | 'code' | 'alias')
      const { id } = resolveMessage(parseEnvelope(envelope))
      const known = latest.get(who.address)
      const isLater = !known || time > known.time || (time === known.time && id > known.id)
      await world.ingest.ingest(envelope).then(
        () => expect(isLater).toBe(true),
        () => expect(isLater).toBe(false),
      )
      if (isLater) latest.set(who.address, { time, id, choice: given.choice, counts: by === 'key' })
    }
    const powers = new Map(voters.map(({ address }, i) => [address, [100n, 300n, 350n, 250n][i] ?? 0n]))
    const expected = [0n, 0n, 0n]
    for (const [address, { choice, counts }] of latest) {
      if (counts) expected[choice - 1] = (expected[choice - 1] ?? 0n) + (powers.get(address as Hex) ?? 0n)
    }
    const count = [...latest.values()].filter(({ counts }) => counts).length
    const scores = expected.map((whole) => whole * 10n ** 18n)

    expect((await getProposal(world.ctx, proposal)).scores).toEqual(scores.map(String))
    expect(await row()).toMatchObject({ voteCount: count, pendingCount: 0 })
    const ballots: { choice: Choice; powerByStrategy: readonly bigint[] }[] = []
    for await (const page of listBallots(world.ctx.db, proposal)) {
      ballots.push(
        ...page.map(({ choice, powerByStrategy }) => ({ choice: choice as Choice, powerByStrategy })),
      )
    }
    expect(recount(getVotingSystem('basic'), ballots, 3, 1).scores).toEqual(scores)
    const committed = await commitment()
    expect(committed.count).toBe(count)
    expect(committed.totals.map((total) => total * scale)).toEqual(scores)

    world.clock.advance(3_600)
    expect(await finalizeProposal(world.ctx, proposal)).toBe(true)
    const { result } = await row()
    expect(result?.scores.map(BigInt)).toEqual(scores)
  })
  await fc.assert(property, { numRuns: 25 })
}, 120_000)
