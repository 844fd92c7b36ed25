import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import snapshot from '@snapshot-labs/snapshot.js'
import fc from 'fast-check'
import { privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseEnvelope } from '../core/messages/parse-envelope'
import { resolveMessage } from '../core/messages/resolve-message'
import {
  cancelProposalTypedData,
  deleteSpaceTypedData,
  flagProposalTypedData,
  followTypedData,
  type MessageTypedData,
  profileTypedData,
  proposalTypedData,
  settingsTypedData,
  statementTypedData,
  toEnvelope,
  updateProposalTypedData,
  voteTypedData,
} from './typed-data'

const account = privateKeyToAccount(`0x${'11'.repeat(32)}`)
const sign = (typedData: unknown) =>
  account.signTypedData(typedData as Parameters<typeof account.signTypedData>[0])

/** The one method that snapshot.js calls of an ethers signer. */
const wallet = {
  _signTypedData: (domain: unknown, types: object, message: unknown) =>
    sign({ domain, types, primaryType: Object.keys(types)[0], message }),
} as never

/** Answers every POST with its own body, so that the published client hands back what it sends. */
const server = createServer((request, response) => {
  response.setHeader('content-type', 'application/json')
  request.pipe(response)
})
let client: InstanceType<typeof snapshot.Client712>
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  client = new snapshot.Client712(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
afterAll(() => server.close())

const speech = fc.record({
  from: fc.constant(account.address),
  space: fc.constantFrom('a.eth', 'river-dao'),
  timestamp: fc.integer({ min: 1_600_000_000, max: 1_900_000_000 }),
})
const prose = fc.string({ unit: 'grapheme', maxLength: 40 })
const id = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => `0x${Buffer.from(bytes).toString('hex')}`)
const texts = {
  type: fc.constantFrom('basic', 'approval'),
  title: prose,
  body: prose,
  discussion: prose,
  choices: fc.array(prose, { maxLength: 4 }),
  labels: fc.array(prose, { maxLength: 4 }),
  plugins: fc.constant('{}'),
}

/** Both clients sign the same message: one envelope, one id, one signature. */
async function expectSame(typedData: MessageTypedData, theirs: unknown) {
  const ours = toEnvelope(account.address, await sign(typedData), typedData)
  const sent = parseEnvelope(theirs)
  expect(JSON.parse(JSON.stringify(ours))).toEqual(sent)
  expect(resolveMessage(parseEnvelope(ours)).id).toBe(resolveMessage(sent).id)
  expect(resolveMessage(sent).id).toBe(snapshot.utils.getHash(sent.data as never))
}

const runs = { numRuns: 15 }

it('signs ballots as snapshot.js 0.17.5 does', async () => {
  const nat = fc.integer({ min: 1, max: 2 ** 32 - 1 })
  const ballots = fc.oneof(
    fc.record({ ballot: fc.constant('single' as const), type: fc.constant('single-choice'), choice: nat }),
    fc.record({
      ballot: fc.constant('multiple' as const),
      type: fc.constant('approval'),
      choice: fc.array(nat),
    }),
    fc.record({
      ballot: fc.constant('ranked' as const),
      type: fc.constant('ranked-choice'),
      choice: fc.array(nat),
    }),
    fc.record({
      ballot: fc.constant('weighted' as const),
      type: fc.constantFrom('weighted', 'quadratic'),
      choice: fc.dictionary(nat.map(String), fc.nat()),
    }),
  )
  const extras = fc.record({ reason: prose, app: prose, metadata: prose }, { requiredKeys: [] })
  await fc.assert(
    fc.asyncProperty(speech, id, ballots, extras, async (who, proposal, { type, ...ballot }, extra) => {
      const typedData = voteTypedData({ ...who, proposal, ...ballot, ...extra })
      // The client fills an empty metadata with its default.
      fc.pre(extra.metadata !== '')
      const message = { ...who, proposal, type, choice: structuredClone(ballot.choice), ...extra }
      await expectSame(typedData, await client.vote(wallet, account.address, message as never))
    }),
    { numRuns: 60 },
  )
})

it('signs proposals as snapshot.js 0.17.5 does', async () => {
  const times = { start: fc.nat(), end: fc.nat(), snapshot: fc.nat() }
  const proposals = fc.record(
    { ...texts, ...times, app: prose },
    { requiredKeys: ['type', 'title', 'body', 'choices', 'plugins', 'start', 'end', 'snapshot'] },
  )
  await fc.assert(
    fc.asyncProperty(speech, proposals, async (who, proposal) => {
      const theirs = await client.proposal(
        wallet,
        account.address,
        structuredClone({ ...who, ...proposal }) as never,
      )
      await expectSame(proposalTypedData({ ...who, ...proposal }), theirs)
    }),
    runs,
  )
})

it('signs updates, cancellations and settings as snapshot.js 0.17.5 does', async () => {
  await fc.assert(
    fc.asyncProperty(speech, id, fc.record(texts), prose, async (who, proposal, text, settings) => {
      const update = { ...who, proposal, ...text }
      const theirUpdate = await client.updateProposal(
        wallet,
        account.address,
        structuredClone(update) as never,
      )
      await expectSame(updateProposalTypedData(update), theirUpdate)
      const theirCancel = await client.cancelProposal(wallet, account.address, { ...who, proposal } as never)
      await expectSame(cancelProposalTypedData({ ...who, proposal }), theirCancel)
      const theirSettings = await client.space(wallet, account.address, { ...who, settings } as never)
      await expectSame(settingsTypedData({ ...who, settings }), theirSettings)
    }),
    runs,
  )
})

it('signs what people do with spaces and say of themselves as snapshot.js 0.17.5 does', async () => {
  const statements = fc.record({
    about: prose,
    statement: prose,
    discourse: prose,
    status: fc.constantFrom('ACTIVE' as const, 'INACTIVE' as const),
  })
  await fc.assert(
    fc.asyncProperty(speech, id, prose, statements, async (who, proposal, profile, statement) => {
      const { space: _, ...person } = who
      const theirs = async (
        method: 'flagProposal' | 'deleteSpace' | 'follow' | 'unfollow' | 'profile' | 'statement',
        message: object,
      ) => client[method](wallet, account.address, structuredClone(message) as never)
      await expectSame(
        flagProposalTypedData({ ...who, proposal }),
        await theirs('flagProposal', { ...who, proposal }),
      )
      await expectSame(deleteSpaceTypedData(who), await theirs('deleteSpace', who))
      for (const kind of ['follow', 'unfollow'] as const)
        await expectSame(followTypedData(kind, who), await theirs(kind, { ...who, network: 's' }))
      await expectSame(
        profileTypedData({ ...person, profile }),
        await theirs('profile', { ...person, profile }),
      )
      await expectSame(
        statementTypedData({ ...who, ...statement }),
        await theirs('statement', { ...who, ...statement, network: 's' }),
      )
    }),
    runs,
  )
})
