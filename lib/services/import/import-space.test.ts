import { getAddress } from 'viem'
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { flagProposalTypedData, followTypedData, statementTypedData } from '../../client/typed-data'
import { latestDefinition } from '../../core/messages/definitions'
import { SNAPSHOT_DOMAIN } from '../../core/messages/resolve-message'
import type { HexString } from '../../core/views/hex-string'
import { votingSystems } from '../../core/voting/registry'
import type { BallotKind, Choice } from '../../core/voting/voting-system'
import { listDueProposals } from '../../db/proposal/list-due-proposals'
import { accounts } from '../../testing/accounts'
import {
  signCancel,
  signMessage,
  signProposal,
  signSettings,
  signUpdate,
  signVote,
} from '../../testing/factories'
import { getInclusion } from '../log/get-inclusion'
import { getMessage } from '../message/get-message'
import { finalizeProposal } from '../proposal/finalize-proposal'
import { getProposal } from '../proposal/get-proposal'
import { listProposals } from '../proposal/list-proposals'
import { openHub } from '../remote-hub/remote-hub'
import { createTransport, type Transport } from '../remote-hub/transport'
import { getSpace } from '../space/get-space'
import { listTrail } from '../trail/list-trail'
import { listVotes } from '../vote/list-votes'
import { followHub } from './follow-hub'
import { createHubWorld, type HubWorld } from './hub-world.suite'
import type { ImportSource } from './import-source'
import { importSpace } from './import-space'

const { Ada, Ben, Chloe, Dan, Eve } = accounts
const key = privateKeyToAccount(`0x${'77'.repeat(32)}`)
const wallet = getAddress('0x000000000000000000000000000000000000c0de')
const choices = ['Red', 'Green', 'Blue']

const samples: Record<BallotKind, readonly [Choice, Choice]> = {
  single: [1, 3],
  multiple: [[1, 2], [3]],
  ranked: [
    [2, 1, 3],
    [3, 1, 2],
  ],
  weighted: [
    { 1: 1, 2: 3 },
    { 3: 0.5, 1: 2 },
  ],
}

function linkTypedData(from: HexString, alias: HexString, timestamp: number) {
  const { types, primaryType } = latestDefinition('alias')
  return { domain: SNAPSHOT_DOMAIN, types, primaryType, message: { from, alias, timestamp } }
}

let world: HubWorld
let source: ImportSource
/** By voting system. */
const proposals = new Map<string, HexString>()

beforeAll(async () => {
  world = await createHubWorld(wallet)
  const { send, now, clock, there } = world
  const settings = {
    strategies: [
      { name: 'ticket', params: { value: 3 } },
      { name: 'whitelist', params: { addresses: [Ada.address, wallet] } },
    ],
    voting: { quorum: 2 },
    moderators: [Eve.address],
  }
  await send(signSettings(Ada, { settings, timestamp: now() }))
  await send(signMessage(Ada, linkTypedData(Ada.address, key.address, now())))
  await send(
    signMessage(Ben, followTypedData('follow', { from: Ben.address, space: 'test', timestamp: now() })),
  )
  await send(
    signMessage(
      Chloe,
      statementTypedData({
        from: Chloe.address,
        space: 'test',
        timestamp: now(),
        about: 'Me',
        statement: 'I stand.',
        status: 'ACTIVE',
      }),
    ),
  )
  clock.advance(1)
  for (const { id: type, ballot } of votingSystems) {
    const text = type === 'basic' ? ['For', 'Against', 'Abstain'] : choices
    const plugins = '{"quorum": {"total": 1}}'
    const id = await send(
      signProposal(Ada, {
        type,
        choices: text,
        title: `By ${type}`,
        timestamp: now(),
        start: now() + 1,
        snapshot: 7,
        plugins,
      }),
    )
    proposals.set(type, id)
    if (type === 'approval') {
      await send(
        signUpdate(Ada, {
          proposal: id,
          type,
          choices: text,
          title: 'By approval, after all',
          timestamp: now(),
        }),
      )
    }
    clock.advance(1)
    const [first, second] = samples[ballot]
    const vote = (who: PrivateKeyAccount, choice: Choice, from?: HexString, reason = '') =>
      signVote(who, { proposal: id, ballot, choice, timestamp: now(), reason, ...(from && { from }) })
    await send(vote(key, first, Ada.address, 'By “a key”.'))
    await send(vote(Ben, first))
    await send(vote(Chloe, second, wallet).then((envelope) => ({ ...envelope, address: wallet })))
    clock.advance(1)
    await send(vote(Ben, second))
    await send(vote(Dan, first))
  }
  clock.advance(4000)
  for (const id of proposals.values()) await finalizeProposal(there, id)
  source = await open()
})
afterAll(() => world.close())

async function open(transport: Transport = createTransport({ pauseMs: 1 })): Promise<ImportSource> {
  return { transport, hub: await openHub(world.url, transport), chains: world.here.chains }
}

async function rows(sql: string): Promise<unknown[]> {
  return (await world.here.db.query(sql)).rows
}

/** All that an import writes. */
async function everything(): Promise<unknown> {
  return {
    messages: await rows(
      'select id, kind, space, author, proposal, envelope, verification from messages order by id',
    ),
    votes: await rows(
      'select id, voter, choice, power, power_by_strategy, current, reason from votes order by id',
    ),
    proposals: await rows(
      "select id, title, vote_count, origin - 'importedAt' as origin from proposals order by id",
    ),
    results: await rows(
      'select proposal_id, scores, scores_total, votes, status from results order by proposal_id',
    ),
    cells: await rows('select * from tally_cells order by proposal_id, strategy, key'),
    people: await rows('select * from follows'),
    deeds: await rows('select * from participations order by address'),
    space: await rows(
      'select id, settings, controller, proposal_count, vote_count, follower_count from spaces',
    ),
  }
}

describe('a space of another installation', () => {
  it('is copied whole, though the copying breaks off again and again', async () => {
    const transport = createTransport({ pauseMs: 1 })
    for (let patience = 3, tries = 0; ; patience *= 2, tries += 1) {
      let left = patience
      const failing: Transport = {
        ...transport,
        post: (url, question) => {
          if (left-- <= 0) throw new Error('killed')
          return transport.post(url, question)
        },
      }
      try {
        await importSpace(world.here, await open(failing), 'test')
        expect(tries).toBeGreaterThan(2)
        break
      } catch (error) {
        if (!(error instanceof Error) || error.message !== 'killed') throw error
      }
    }
    const [broken] = [await everything()]
    const again = await importSpace(world.here, source, 'test')
    expect(await everything()).toEqual(broken)
    expect(again).toMatchObject({
      added: 0,
      proposals: 7,
      counted: 7,
      votes: 28,
      follows: 1,
      statements: 1,
      differing: [],
      problems: [],
      leftOut: { count: 0 },
      // Settings, a link to a key, a follow, a statement, 7 proposals, an edit, 21 ballots of keys and 7 of a wallet.
      checks: { ecdsa: 1 + 1 + 1 + 7 + 1 + 21, eip1271: 7 },
    })
    // A link to a key is about no space.
    expect(await rows("select kind from messages where space = ''")).toEqual([{ kind: 'alias' }])
  })

  it('has the same results as there, and nothing due', async () => {
    const { here, there, now } = world
    for (const id of proposals.values()) {
      const [copy, original] = await Promise.all([getProposal(here, id), getProposal(there, id)])
      for (const field of [
        'title',
        'state',
        'scores',
        'scoresTotal',
        'scoresByStrategy',
        'votes',
        'quorum',
        'outcome',
        'choices',
        'author',
      ] as const) {
        expect([field, copy[field]]).toEqual([field, original[field]])
      }
      expect(copy.origin).toMatchObject({
        hub: world.url,
        recount: 'agrees',
        leftOut: 0,
        signatures: { checked: 4, unchecked: 0 },
      })
      const votes = async (ctx: typeof here) =>
        (await listVotes(ctx, { proposal: id, first: 10, order: 'power' })).items
          .map(({ voter, choiceText, power, reason, createdAt }) => ({
            voter,
            choiceText,
            power,
            reason,
            createdAt,
          }))
          .toSorted((a, b) => (a.voter < b.voter ? -1 : 1))
      expect(await votes(here)).toEqual(await votes(there))
    }
    expect(await listDueProposals(here.db, now() + 9_999_999)).toEqual({
      toClose: [],
      toSettle: [],
      toWrite: [],
      toMeasure: [],
    })
    expect((await listProposals(here, { space: 'test', first: 10 })).items).toHaveLength(7)
    expect(await getSpace(here, 'test')).toMatchObject({
      controller: Ada.address,
      proposals: 7,
      votes: 28,
      followers: 1,
    })
  })

  it('is in the log as everything is: a page, a receipt and a proof for each message', async () => {
    const { here } = world
    const { rows: all } = await here.db.query<{ id: HexString }>('select id from messages order by log_index')
    for (const { id } of all) {
      const view = await getMessage(here, id)
      expect(view.verification).toMatchObject({ method: 'imported', imported: world.url })
      expect((await getInclusion(here, view.logIndex)).index).toBe(view.logIndex)
    }
    const trail = await listTrail(here, { space: 'test', first: 100, order: 'new' })
    expect(trail.items.length).toBeGreaterThan(30)
  })

  it('may sign nothing here by a key that was linked there', async () => {
    expect(await rows('select * from aliases')).toEqual([])
  })

  it('is not taken for a space that was made here', async () => {
    const { there } = world
    await expect(importSpace(there, source, 'test')).rejects.toThrow('The space test was made here')
    await expect(
      importSpace(world.here, { ...source, hub: { ...source.hub, url: 'https://other.example' } }, 'test'),
    ).rejects.toThrow(`The space test was copied from ${world.url}, not from https://other.example.`)
    await expect(importSpace(world.here, source, 'nowhere')).rejects.toThrow('has no space nowhere')
  })
})

describe('the mirror', () => {
  it('follows what happens there', async () => {
    const { here, there, send, now, clock } = world
    const follow = async () => {
      await followHub(here, source, 'test')
      return followHub(here, source, 'test')
    }
    expect(await followHub(here, source, 'test')).toBeUndefined()

    const propose = (title: string, timestamp: number) =>
      send(signProposal(Ada, { title, timestamp, start: timestamp + 2, snapshot: 7 }))
    const [first, second] = [await propose('First', now()), await propose('Second', now())]
    await follow()
    expect(await getProposal(here, first)).toMatchObject({
      title: 'First',
      state: 'pending',
      origin: { hub: world.url },
    })

    await send(signUpdate(Ada, { proposal: first, title: 'First, after all', timestamp: now() + 1 }))
    await send(signCancel(Ada, { proposal: second, timestamp: now() + 1 }))
    await send(
      signMessage(
        Ben,
        followTypedData('unfollow', { from: Ben.address, space: 'test', timestamp: now() + 1 }),
      ),
    )
    await follow()
    expect(await getProposal(here, first)).toMatchObject({ title: 'First, after all' })
    expect(await getProposal(here, second)).toMatchObject({ hidden: { by: Ada.address } })
    expect(await rows('select * from follows')).toEqual([])

    clock.advance(3)
    const vote = (who: PrivateKeyAccount, choice: number, timestamp: number) =>
      send(signVote(who, { proposal: first, choice, timestamp }))
    await vote(Ben, 1, now())
    await vote(Chloe, 1, now())
    await follow()
    expect(await getProposal(here, first)).toMatchObject({
      state: 'active',
      votes: 2,
      scores: [`6${'0'.repeat(18)}`, '0', '0'],
    })

    clock.advance(2)
    await vote(Ben, 2, now())
    // Signed earlier than what was copied already.
    await vote(Dan, 2, now() - 2)
    await send(
      signMessage(
        Eve,
        flagProposalTypedData({ from: Eve.address, space: 'test', proposal: first, timestamp: now() }),
      ),
    )
    await follow()
    expect(await getProposal(here, first)).toMatchObject({
      votes: 3,
      scores: [`3${'0'.repeat(18)}`, `6${'0'.repeat(18)}`, '0'],
    })
    expect(await rows(`select flag_code from proposals where id = '${first}'`)).toEqual([{ flag_code: 1 }])
    expect(
      await rows(
        `select current from votes where proposal_id = '${first}' and voter = '${Ben.address}' order by log_index`,
      ),
    ).toEqual([{ current: false }, { current: true }])

    clock.advance(4000)
    await finalizeProposal(there, first)
    await follow()
    expect(await getProposal(here, first)).toMatchObject({ state: 'rejected', origin: { recount: 'agrees' } })
    expect(await followHub(here, source, 'test')).toBeUndefined()
  })
})
