import { readFileSync } from 'node:fs'
import {
  buildSchema,
  findBreakingChanges,
  findDangerousChanges,
  type GraphQLInputObjectType,
  getIntrospectionQuery,
} from 'graphql'
import { zeroAddress } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../../db/client'
import { accounts } from '../../testing/accounts'
import { signProposal, signSettings, signVote } from '../../testing/factories'
import { createTestWorld, type TestWorld } from '../../testing/world'
import type { Api } from '../api-env'
import { createApi } from '../app'
import { answerQuery } from './answer-query'
import { type HubRows, hostileTexts, insertHubRows, NOW, person } from './hub-rows.suite'
import { schema } from './schema'

const { Ada, Ben, Chloe, Dan, Eve } = accounts

let world: TestWorld
let api: Api
let rows: HubRows

beforeAll(async () => {
  world = await createTestWorld()
  rows = await insertHubRows(world.ctx.db)
  api = createApi(world.ctx, world.ingest)
})
afterAll(() => world?.close())

/** Questions that one address may have open. */
const AT_ONCE = 8

type Node = Readonly<Record<string, unknown>>
interface Answer {
  readonly status: number
  readonly data?: Readonly<Record<string, unknown>> | null
  readonly errors?: readonly { readonly message: string }[]
}

async function post(query: unknown, more: object = {}, to: Api = api): Promise<Answer> {
  const response = await to.request('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, ...more }),
  })
  return { status: response.status, ...((await response.json()) as object) }
}
/** What a query that is well answers. */
async function ask(query: string, variables?: object): Promise<Readonly<Record<string, unknown>>> {
  const { status, data, errors } = await post(query, { variables })
  expect({ status, errors }).toEqual({ status: 200, errors: undefined })
  return data ?? {}
}
async function list(query: string, variables?: object): Promise<readonly Node[]> {
  const [first] = Object.values(await ask(query, variables))
  return first as readonly Node[]
}
async function refusal(query: string, variables?: object): Promise<string | undefined> {
  const { status, errors } = await post(query, { variables })
  expect(status).toBe(400)
  return errors?.[0]?.message
}

test('the schema has all of Snapshot’s, with the same defaults', () => {
  const theirs = buildSchema(readFileSync(new URL('vectors/hub.graphql', import.meta.url), 'utf8'))
  expect(findBreakingChanges(theirs, schema)).toEqual([])
  const dangers = findDangerousChanges(theirs, schema)
  expect(dangers.length).toBeGreaterThan(0)
  expect(new Set(dangers.map(({ type }) => type))).toEqual(new Set(['OPTIONAL_ARG_ADDED']))
  expect(dangers.every(({ description }) => description.includes('optional arg after on Query.'))).toBe(true)
})

/** A value of a row as it is shown, beside the name that `where` has for it. */
type Values = Readonly<Record<string, (node: Node) => unknown>>
type Predicate = (node: Node, wanted: never) => boolean

interface Law {
  readonly list: string
  readonly where: string
  readonly selection: string
  /** Ids of the rows that can be seen. */
  readonly visible: () => readonly unknown[]
  readonly id?: (node: Node) => unknown
  readonly values: Values
  /** What does not compare a value, with what to try it with. */
  readonly others?: Readonly<Record<string, { readonly tries: readonly unknown[]; readonly fits: Predicate }>>
  /** What is compared, and how equals are ordered where a node shows it. The first is the usual one. */
  readonly orders: Readonly<Record<string, (node: Node) => string | number>>
  /** The order that one gets who asks for one that there is not; the usual one unless told. */
  readonly unknownOrder?: string
}

const own = (...names: readonly string[]): Values =>
  Object.fromEntries(names.map((name) => [name, (node: Node) => node[name]]))
const space: Values = { space: (node) => (node.space as Node).id }
const number = (name: string) => (node: Node) => Number(node[name])
const isSeen = (id: unknown) => rows.spaces.some((row) => row.id === id && row.deleted_at === null)
const proposalRow = (node: Node) => rows.proposals.find((row) => row.id === node.id)
const spaceRow = (node: Node) => rows.spaces.find((row) => row.id === node.id)
const contains = (name: string, text: string) => text.toLowerCase().includes(name.toLowerCase())

const laws: readonly Law[] = [
  {
    list: 'votes',
    where: 'VoteWhere',
    selection: 'id ipfs voter created space { id } proposal { id } reason app vp vp_state',
    visible: () => {
      const hidden = rows.proposals.filter(({ hidden_at }) => hidden_at !== null).map(({ id }) => id)
      return rows.votes
        .filter((row) => row.current && isSeen(row.space_id) && !hidden.includes(row.proposal_id))
        .map(({ id }) => id)
    },
    values: {
      ...own('id', 'ipfs', 'voter', 'reason', 'app', 'created', 'vp', 'vp_state'),
      ...space,
      proposal: (node) => (node.proposal as Node).id,
    },
    orders: { created: number('created'), vp: number('vp') },
  },
  {
    list: 'proposals',
    where: 'ProposalWhere',
    selection: `id ipfs space { id verified } author network title strategies { name } plugins validation { name } type app
      created updated start end scores_state labels state flagged votes scores_total_value`,
    visible: () =>
      rows.proposals.filter((row) => row.hidden_at === null && isSeen(row.space_id)).map(({ id }) => id),
    values: {
      ...own('id', 'ipfs', 'author', 'network', 'type', 'app', 'created', 'updated', 'start', 'end'),
      ...own('scores_state', 'votes', 'scores_total_value'),
      ...space,
    },
    others: {
      state: {
        tries: ['pending', 'active', 'closed', 'nonsense', '', 'toString', 'constructor', '__proto__'],
        fits: ({ state }, wanted) => !['pending', 'active', 'closed'].includes(wanted) || state === wanted,
      },
      title_contains: {
        tries: ['POSAL 1', '50%', '_s', '\\', ...hostileTexts],
        fits: ({ title }, wanted: string) => contains(wanted, String(title)),
      },
      strategies_contains: {
        tries: ['whitelist', '"name": "ticket"', ...hostileTexts],
        fits: (node, wanted: string) =>
          (proposalRow(node)?.strategies ?? []).some(({ id, network, params }) =>
            `[{"name": "${id}", "params": ${JSON.stringify(params)}, "network": "${network}", "version": 1}]`.includes(
              wanted,
            ),
          ),
      },
      plugins_contains: {
        tries: ['poap', ...hostileTexts],
        fits: ({ plugins }, wanted: string) => JSON.stringify(plugins).replaceAll(':', ': ').includes(wanted),
      },
      validation: {
        tries: ['any', 'basic', 'none'],
        fits: ({ validation }, wanted) => (validation as Node).name === wanted,
      },
      space_verified: {
        tries: [true, false],
        fits: ({ space }, wanted) => !wanted || (space as Node).verified === true,
      },
      flagged: { tries: [true, false], fits: ({ flagged }, wanted) => flagged === wanted },
      labels_in: {
        tries: [['a'], ['a', 'b'], ['c', 'b'], ['d'], [], hostileTexts],
        fits: ({ labels }, wanted: string[]) => wanted.every((label) => (labels as string[]).includes(label)),
      },
    },
    orders: {
      created: number('created'),
      updated: number('updated'),
      start: number('start'),
      end: number('end'),
      votes: number('votes'),
      scores_total_value: () => 0,
    },
  },
  {
    list: 'spaces',
    where: 'SpaceWhere',
    selection: 'id name created verified turbo domain strategies { name } plugins controller',
    visible: () => rows.spaces.filter(({ id }) => isSeen(id)).map(({ id }) => id),
    values: own('id', 'created', 'verified', 'turbo'),
    others: {
      strategy: {
        tries: ['api', 'ticket', 'none', ...hostileTexts],
        fits: ({ strategies }, wanted) =>
          !wanted || (strategies as Node[]).some(({ name }) => name === wanted),
      },
      plugin: {
        tries: ['poap', 'none', ...hostileTexts],
        fits: ({ plugins }, wanted) => !wanted || Object.hasOwn(plugins as object, wanted),
      },
      domain: {
        tries: ['vote1.example.org', 'https://vote6.example.org/', 'none.example.org', ...hostileTexts],
        fits: ({ domain }, wanted: string) => !wanted || domain === wanted.replace(/^https:\/\/|\/$/g, ''),
      },
      search: {
        tries: ['SPACE-1', 'space b', '100%', ...hostileTexts],
        fits: ({ id, name }, wanted: string) =>
          contains(wanted, String(id)) || contains(wanted, String(name)),
      },
      controller: {
        tries: ['', '0x12', person(0), person(1).toLowerCase(), person(2)],
        fits: ({ controller }, wanted: string) => String(controller).toLowerCase() === wanted.toLowerCase(),
      },
    },
    orders: {
      created: number('created'),
      updated: (node) => Math.floor((spaceRow(node)?.updated_at.getTime() ?? 0) / 1000),
      id: (node) => String(node.id),
    },
  },
  {
    list: 'messages',
    where: 'MessageWhere',
    selection: 'id mci address timestamp space type',
    visible: () => rows.messages.map(({ id }) => id),
    values: own('id', 'mci', 'address', 'timestamp', 'space', 'type'),
    orders: { timestamp: number('timestamp'), mci: number('mci') },
    unknownOrder: 'mci',
  },
  {
    list: 'aliases',
    where: 'AliasWhere',
    selection: 'id ipfs address alias created',
    visible: () => rows.aliases.map(({ id }) => id),
    values: own('id', 'ipfs', 'address', 'alias', 'created'),
    orders: { created: number('created') },
  },
  {
    list: 'follows',
    where: 'FollowWhere',
    selection: 'id ipfs follower space { id } network created',
    visible: () => rows.follows.filter((row) => isSeen(row.space_id)).map(({ id }) => id),
    values: { ...own('id', 'ipfs', 'follower', 'network', 'created'), ...space },
    orders: { created: number('created') },
  },
  {
    list: 'subscriptions',
    where: 'SubscriptionWhere',
    selection: 'id ipfs address space { id } created',
    visible: () => rows.subscriptions.filter((row) => isSeen(row.space_id)).map(({ id }) => id),
    values: { ...own('id', 'ipfs', 'address', 'created'), ...space },
    orders: { created: number('created') },
  },
  {
    list: 'statements',
    where: 'StatementsWhere',
    selection: 'id ipfs space network delegate created source',
    visible: () => rows.statements.filter((row) => isSeen(row.space_id)).map(({ id }) => id),
    values: own('id', 'ipfs', 'space', 'network', 'delegate', 'created', 'source'),
    orders: { created: number('created') },
  },
  {
    list: 'leaderboards',
    where: 'LeaderboardsWhere',
    selection: 'space user proposalsCount votesCount lastVote vpValue',
    id: ({ space, user }) => `${space} ${user}`,
    visible: () =>
      rows.participations
        .filter((row) => isSeen(row.space_id))
        .map(({ space_id, address }) => `${space_id} ${address}`),
    values: {
      ...own('space', 'user'),
      proposal_count: (node) => node.proposalsCount,
      vote_count: (node) => node.votesCount,
    },
    orders: {
      vote_count: number('votesCount'),
      proposal_count: number('proposalsCount'),
      last_vote: number('lastVote'),
      vp_value: number('vpValue'),
      space: (node) => String(node.space),
      user: (node) => String(node.user),
    },
  },
]

/** What one condition means, said once more. */
function fitsPlainly(value: unknown, suffix: string, wanted: unknown): boolean {
  const bound = Number([wanted].flat()[0])
  const isOne = (item: unknown) => value !== null && value === item
  switch (suffix) {
    case '':
      return isOne(wanted)
    case 'not':
      return wanted !== null && value !== null && value !== wanted
    case 'in':
      return (wanted as unknown[]).some(isOne)
    case 'not_in':
      return (wanted as unknown[]).length > 0 && value !== null && !(wanted as unknown[]).includes(value)
    default: {
      if (bound === 0) return true
      if (value === null) return false
      const difference = Number(value) - bound
      return (
        { gt: difference > 0, gte: difference >= 0, lt: difference < 0, lte: difference <= 0 }[suffix] ??
        false
      )
    }
  }
}

const suffixOf = (key: string, values: Values) => {
  const name = Object.keys(values)
    .filter((field) => key === field || key.startsWith(`${field}_`))
    .sort((a, b) => b.length - a.length)[0]
  return name === undefined ? undefined : { name, suffix: key.slice(name.length + 1) }
}

describe.each(laws)(
  '$list',
  ({ list: name, where, selection, visible, values, others = {}, orders, ...law }) => {
    const idOf = law.id ?? ((node: Node) => node.id)
    const ids = (nodes: readonly Node[]) => nodes.map(idOf).map(String).toSorted()
    const all = () => list(`{ ${name}(first: 1000) { ${selection} } }`)

    test('shows every row that can be seen', async () => {
      expect(visible().length).toBeGreaterThan(5)
      expect(ids(await all())).toEqual(visible().map(String).toSorted())
    })

    test('every condition leaves the rows that it names', async () => {
      const nodes = await all()
      const type = schema.getType(where) as GraphQLInputObjectType
      const cases: { key: string; wanted: unknown; expected: string[] }[] = []
      for (const key of Object.keys(type.getFields())) {
        const other = others[key]
        if (other) {
          for (const wanted of other.tries) {
            const expected = ids(nodes.filter((node) => other.fits(node, wanted as never)))
            cases.push({ key, wanted, expected })
          }
          continue
        }
        const found = suffixOf(key, values)
        expect({ key, found }).toMatchObject({ found: expect.anything() })
        if (!found) continue
        const { name: field, suffix } = found
        const value = (node: Node) => values[field]?.(node)
        const shown = [...new Set(nodes.map(value))]
        const [some, another] = [shown[Math.floor(shown.length / 3)], shown.at(-1)]
        const isAddress = /^0x[0-9a-fA-F]{40}$/.test(String(shown[0]))
        const isText = typeof some === 'string' || some === undefined
        const tries = ['in', 'not_in'].includes(suffix)
          ? [[some, another], [], ...(isText && !isAddress ? [hostileTexts] : [])]
          : ['', 'not'].includes(suffix)
            ? [some, null, ...(isText && !isAddress ? hostileTexts.slice(-3) : [])]
            : [some, 0].map((bound) => (where === 'LeaderboardsWhere' ? [bound] : bound))
        for (const wanted of tries) {
          const expected = ids(nodes.filter((node) => fitsPlainly(value(node), suffix, wanted)))
          cases.push({ key, wanted, expected })
          if (isAddress && typeof wanted === 'string') {
            cases.push({ key, wanted: wanted.toUpperCase().replace('0X', '0x'), expected })
          }
        }
      }
      const shortest = law.id ? 'space user' : 'id'
      const query = `query ($where: ${where}) { rows: ${name}(first: 1000, where: $where) { ${shortest} }
      count: ${name}Count(where: $where) }`
      const answers: object[] = []
      for (let i = 0; i < cases.length; i += AT_ONCE) {
        const some = cases.slice(i, i + AT_ONCE).map(async ({ key, wanted }) => {
          const { rows, count } = await ask(query, { where: { [key]: wanted } })
          return { key, wanted, found: ids(rows as Node[]), count }
        })
        answers.push(...(await Promise.all(some)))
      }
      expect(answers).toEqual(
        cases.map(({ key, wanted, expected }) => ({ key, wanted, found: expected, count: expected.length })),
      )
      expect(cases.some(({ expected }) => expected.length > 0 && expected.length < nodes.length)).toBe(true)
    })

    test('every order sorts, and pages of any kind make up the whole', async () => {
      for (const [order, keyOf] of Object.entries(orders)) {
        for (const direction of ['asc', 'desc']) {
          const sorted = await list(
            `{ ${name}(first: 1000, orderBy: "${order}", orderDirection: ${direction}) { ${selection} cursor } }`,
          )
          const keys = sorted.map(keyOf)
          const sign = direction === 'asc' ? 1 : -1
          expect(keys).toEqual(keys.toSorted((a, b) => (a < b ? -sign : a > b ? sign : 0)))

          const paged: Node[] = []
          for (let after: unknown = null; ; after = paged.at(-1)?.cursor) {
            const page = await list(
              `query ($after: String) { ${name}(first: 41, orderBy: "${order}", orderDirection: ${direction}, after: $after) {
              ${selection} cursor } }`,
              { after },
            )
            paged.push(...page)
            if (page.length < 41) break
          }
          expect(paged).toEqual(sorted)
          const skipped = await list(
            `{ ${name}(first: 4, skip: 3, orderBy: "${order}", orderDirection: ${direction}) { ${selection} cursor } }`,
          )
          expect(skipped).toEqual(sorted.slice(3, 7))
        }
      }
      const usual = await list(`{ ${name} { ${selection} } }`)
      const named = await list(`{ ${name}(orderBy: "'; --", skip: 0, first: 20) { ${selection} } }`)
      const by = (order: string | undefined) =>
        list(`{ ${name}(orderBy: "${order}", orderDirection: desc, first: 20) { ${selection} } }`)
      const [order] = Object.keys(orders)
      expect(usual).toEqual(await by(order))
      expect(named).toEqual(await by(law.unknownOrder ?? order))
    })
  },
)

test('messages are of Snapshot’s kinds, by who signed them', async () => {
  const ballots = rows.messages.filter(({ kind }) => String(kind).startsWith('vote'))
  const count = async (where: object) =>
    (await ask('query ($where: MessageWhere) { messagesCount(where: $where) }', { where })).messagesCount
  expect(await count({ type: 'vote' })).toBe(ballots.length)
  expect(await count({ type_in: ['vote', 'proposal'] })).toBe(ballots.length + rows.proposals.length)
  for (const type of ['vote-array', 'vote-string', 'constructor']) expect(await count({ type })).toBe(0)

  const signed = rows.messages.find(({ verification }) => verification.alias !== undefined)
  const key = signed?.verification.alias?.address
  const found = await list(
    'query ($key: String) { messages(first: 1000, where: {address: $key}) { id address } }',
    {
      key,
    },
  )
  expect(found).toContainEqual({ id: signed?.id, address: key })
  expect(new Set(found.map(({ address }) => address))).toEqual(new Set([key]))
  expect(await count({ address: signed?.author })).toBe(
    rows.messages.filter(
      ({ author, verification }) => (verification.alias?.address ?? author) === signed?.author,
    ).length,
  )
})

describe('users', () => {
  const profileOf = (address: unknown) => rows.profiles.find((row) => row.address === address)

  test('are those with a profile; who is asked for by address is shown in any case', async () => {
    const known = await list('{ users(first: 1000) { id name about lens created ipfs } }')
    expect(known.map(({ id }) => id).toSorted()).toEqual(
      rows.profiles.map(({ address }) => address).toSorted(),
    )
    for (const { id, name, created } of known) {
      expect({ name, created }).toEqual({
        name: profileOf(id)?.profile.name,
        created: profileOf(id)?.created,
      })
    }
    const [first] = rows.profiles
    const asked = await list(
      'query ($in: [String]) { users(where: { id_in: $in }) { id name ipfs votesCount } }',
      {
        in: [first?.address?.toLowerCase(), Eve.address.toLowerCase()],
      },
    )
    const votes = rows.participations
      .filter((row) => row.address === first?.address && isSeen(row.space_id))
      .reduce((sum, row) => sum + row.vote_count, 0)
    expect(asked).toEqual([
      { id: first?.address, name: 'Person 0', ipfs: expect.stringMatching(/^bafkrei/), votesCount: votes },
      { id: Eve.address, name: null, ipfs: null, votesCount: 0 },
    ])
    const stranger = await ask(
      `{ user(id: "${Eve.address.toLowerCase()}") { id created proposalsCount lastVote } }`,
    )
    expect(stranger).toEqual({ user: { id: Eve.address, created: null, proposalsCount: 0, lastVote: null } })
    expect(await ask('{ user(id: "nobody") { id } usersCount }')).toEqual({ user: null, usersCount: 7 })
  })
})

describe('single rows', () => {
  test('are found by id in any case, and null where they cannot be seen', async () => {
    const seen = rows.proposals.find((row) => row.hidden_at === null && isSeen(row.space_id))
    const hidden = rows.proposals.find((row) => row.hidden_at !== null)
    const old = rows.votes.find((row) => !row.current)
    const upper = seen?.id.toUpperCase().replace('0X', '0x')
    expect(
      await ask(`{ a: proposal(id: "${upper}") { id body } b: proposal(id: "${hidden?.id}") { id }
        c: vote(id: "${old?.id}") { id } d: space(id: "SPACE-1") { id } e: space(id: "space-13") { id } }`),
    ).toEqual({ a: { id: seen?.id, body: seen?.body }, b: null, c: null, d: { id: 'space-1' }, e: null })
    const vote = rows.votes.find((row) => row.current && row.power === null)
    const { statement, one } = await ask(
      `{ statement(id: "${rows.statements[0]?.id}") { about } one: votes(where: {id: "${vote?.id}"}) { vp exactVp } }`,
    )
    expect(statement).toEqual({ about: 'About 0' })
    expect((one as Node[]).every((row) => row.vp === 0 && row.exactVp === null)).toBe(true)
  })

  test('are nowhere for ids that Postgres cannot keep', async () => {
    for (const id of hostileTexts) {
      expect(
        await ask(
          `query ($id: String!) { space(id: $id) { name } proposal(id: $id) { title } vote(id: $id) { vp }
             statement(id: $id) { about } user(id: $id) { name } }`,
          { id },
        ),
      ).toEqual({ space: null, proposal: null, vote: null, statement: null, user: null })
    }
  })

  test('a space is as Snapshot formats it, where its settings say little', async () => {
    await world.ingest.ingest(await signSettings(Ada, { space: 'plain', timestamp: world.now() }))
    expect(
      await ask(`{ space(id: "plain") { id name private about avatar cover terms network symbol skin domain
        strategies { name network params } admins members moderators filters { minScore onlyMembers } plugins
        voting { delay period type quorum quorumType blind hideAbstain privacy aliased } categories
        validation { name params } voteValidation { name params } delegationPortal { delegationNetwork }
        treasuries { name } labels { id } skinSettings { theme } activeProposals proposalsCount proposalsCount1d
        followersCount followersCount7d votesCount votesCount7d parent { id } children { id } guidelines verified
        flagged flagCode hibernated turbo turboExpiration boost { enabled bribeEnabled } created
        controller nameProblem } }`),
    ).toMatchSnapshot()
  })

  test('a space knows its family, whichever fields are wanted, and leaves out whom there is not', async () => {
    const ids = await ask('{ space(id: "space-1") { parent { id } children { id } } }')
    expect(ids).toEqual({
      space: {
        parent: { id: 'space-2' },
        children: [{ id: 'space-4' }, { id: 'space-7' }, { id: 'space-99' }],
      },
    })
    const more = await ask('{ space(id: "space-1") { parent { name } children { name children { id } } } }')
    expect(more).toEqual({
      space: {
        parent: { name: 'Space C' },
        children: [
          { name: 'Space B', children: [] },
          { name: 'Space B', children: [] },
        ],
      },
    })
  })
})

describe('a vote, from its message on', () => {
  test('is counted in doubles and exactly, and has a receipt', async () => {
    const { id: proposal } = await world.ingest.ingest(
      await signProposal(Ada, {
        space: 'plain',
        timestamp: world.now(),
        plugins: '{"poap":{}}',
        app: 'mine',
      }),
    )
    const voted = await world.ingest.ingest(
      await signVote(Ada, { space: 'plain', timestamp: world.now(), proposal, reason: 'yes' }),
    )
    await world.ingest.ingest(
      await signVote(Ben, { space: 'plain', timestamp: world.now(), proposal, choice: 2 }),
    )
    const answer = await ask(`{
      proposal(id: "${proposal}") { title body author created start end snapshot network symbol app plugins type state votes
        scores scores_by_strategy scores_total scores_state exactScores exactScoresTotal quorumType flagCode link
        strategies { name network params } validation { name params } rule { text } outcome { status } settlement { state } }
      votes(where: {proposal: "${proposal}", voter: "${Ada.address.toLowerCase()}"}) { voter choice vp vp_by_strategy
        vp_state exactVp reason metadata receipt { messageId signature logIndex } proposal { title } space { name } }
      messages(where: {id: "${voted.id}"}) { type address sig receipt envelope ipfs verification } }`)
    const { messages, proposal: shown, votes } = answer as Record<string, Node & Node[]>
    expect({ proposal: shown, votes }).toMatchObject({
      proposal: {
        ...{
          title: 'Shall we?',
          body: 'We shall.',
          author: Ada.address,
          created: NOW,
          start: NOW,
          end: NOW + 3600,
        },
        ...{
          snapshot: 1,
          network: '31337',
          symbol: 'VOTE',
          app: 'mine',
          plugins: { poap: {} },
          type: 'basic',
        },
        ...{
          state: 'active',
          votes: 2,
          scores: [1, 1, 0],
          scores_by_strategy: [[1], [1], [0]],
          scores_total: 2,
        },
        ...{ scores_state: 'pending', quorumType: 'default', flagCode: 0, outcome: null, settlement: null },
        exactScores: ['1000000000000000000', '1000000000000000000', '0'],
        exactScoresTotal: '2000000000000000000',
        link: `${world.ctx.env.publicUrl}/plain/proposal/${proposal}`,
        strategies: [{ name: 'ticket', network: '31337', params: {} }],
        validation: { name: 'any', params: {} },
        rule: { text: 'Passes if For > Against.' },
      },
      votes: [
        {
          ...{ voter: Ada.address, choice: 1, vp: 1, vp_by_strategy: [1], vp_state: 'final', reason: 'yes' },
          ...{ metadata: {}, exactVp: '1000000000000000000', proposal: { title: 'Shall we?' } },
          receipt: {
            messageId: voted.id,
            signature: voted.relayer.receipt,
            logIndex: voted.receipt.logIndex,
          },
          space: { name: 'Test space' },
        },
      ],
    })
    const [message] = messages ?? []
    expect(message).toMatchObject({
      ...{ type: 'vote', address: Ada.address, receipt: voted.relayer.receipt, ipfs: voted.ipfs },
      verification: { method: 'ecdsa' },
    })
    expect(JSON.parse(String(message?.envelope))).toMatchObject({ hash: voted.id, sig: message?.sig })
  })

  test('is on one page, whoever votes meanwhile', async () => {
    const { id: proposal } = await world.ingest.ingest(
      await signProposal(Ada, { space: 'plain', timestamp: world.now(), title: 'Busy' }),
    )
    const cast = async (voter: (typeof accounts)['Ada']) => {
      world.clock.advance(1)
      const timestamp = world.now()
      return (await world.ingest.ingest(await signVote(voter, { space: 'plain', timestamp, proposal }))).id
    }
    const early: unknown[] = []
    for (const voter of [Ada, Ben, Chloe]) early.push(await cast(voter))
    for (const [direction, late] of [
      ['desc', [accounts.Femi, accounts.Grace]],
      ['asc', [Dan, Eve]],
    ] as const) {
      const before = await list(`{ votes(where: {proposal: "${proposal}"}) { id } }`)
      const seen: unknown[] = []
      const newcomers: unknown[] = []
      for (let after: unknown = null; ; ) {
        const page = await list(
          `query ($after: String) {
            votes(where: {proposal: "${proposal}"}, first: 1, orderDirection: ${direction}, after: $after) { id cursor } }`,
          { after },
        )
        if (page.length === 0) break
        seen.push(...page.map(({ id }) => id))
        after = page.at(-1)?.cursor
        const voter = late[newcomers.length]
        if (voter) newcomers.push(await cast(voter))
      }
      const wanted = [...before.map(({ id }) => id), ...(direction === 'asc' ? newcomers : [])]
      expect(seen.toSorted()).toEqual(wanted.toSorted())
    }
    expect(early.length).toBe(3)
  })
})

test('power is asked of the chain, for a proposal or now', async () => {
  const [proposal] = await list('{ proposals(where: {title_contains: "Busy"}) { id } }')
  const vp = (voter: string, rest: string) =>
    `{ vp(voter: "${voter}", ${rest}) { vp vp_by_strategy vp_state } }`
  const there = `space: "plain", proposal: "${proposal?.id}"`
  expect(await ask(vp(Dan.address.toLowerCase(), there))).toEqual({
    vp: { vp: 1, vp_by_strategy: [1], vp_state: 'final' },
  })
  expect(await ask(vp(Dan.address, 'space: "PLAIN"'))).toEqual({
    vp: { vp: 1, vp_by_strategy: [1], vp_state: 'pending' },
  })
  expect(await refusal(vp(zeroAddress, there))).toBe('invalid address')
  expect(await refusal(vp('', there))).toBe('invalid address')
  expect(await refusal(vp(Dan.address, 'space: "plain", proposal: "0x12"'))).toBe('proposal not found')
  expect(await refusal(vp(Dan.address, 'space: "nowhere"'))).toBe('space not found')
  expect(await refusal(vp(Dan.address, 'space: ""'))).toBe('missing argument')
  expect(await refusal(vp(Dan.address, 'space: "plain", proposal: "a\\u0000b"'))).toBe('proposal not found')
  expect(await refusal(vp(Dan.address, 'space: "a\\u0000b"'))).toBe('space not found')
})

describe('facts about all spaces', () => {
  test('the ranking leaves out private and flagged spaces, and the marked come first', async () => {
    const { ranking } = (await ask(
      '{ ranking { items { id rank turbo verified activeProposals } metrics { total categories } } }',
    )) as {
      ranking: { items: readonly Node[]; metrics: Node }
    }
    const ids = ranking.items.map(({ id }) => id)
    expect(ids).not.toContain('space-4')
    expect(ids).not.toContain('space-6.eth')
    expect(ids).not.toContain('space-13')
    expect(ranking.items.map(({ rank }) => rank)).toEqual(ids.map((_, index) => index + 1))
    expect(ranking.metrics).toEqual({ total: ids.length, categories: { defi: 5, grant: 2 } })
    const tier = ({ turbo, verified, activeProposals: open }: Node) =>
      [turbo && open, verified && open, turbo, verified, open, true].findIndex(Boolean)
    const tiers = ranking.items.map(tier)
    expect(tiers).toEqual(tiers.toSorted())
    const pages: unknown[] = []
    for (let after: unknown = null; ; ) {
      const { ranking: page } = (await ask(
        'query ($after: String) { ranking(first: 5, after: $after) { items { id cursor } } }',
        { after },
      )) as { ranking: { items: readonly Node[] } }
      if (page.items.length === 0) break
      pages.push(...page.items.map(({ id }) => id))
      after = page.items.at(-1)?.cursor
    }
    expect(pages).toEqual(ids)
    const grants = await ask(
      '{ ranking(where: {category: "grant", search: "SPACE"}) { items { categories } metrics { total } } }',
    )
    expect(grants).toMatchObject({ ranking: { metrics: { total: 2 } } })
  })

  test('what spaces use is counted', async () => {
    const { plugins, validations, strategies, networks, skins } = (await ask(
      `{ plugins { id spacesCount } validations { id } strategies { id spacesCount verifiedSpacesCount schema override disabled }
         networks { id name spacesCount premium } skins { id } }`,
    )) as Record<string, Node[]>
    const used = (id: string) =>
      rows.spaces.filter((row) => isSeen(row.id) && row.settings.strategies.some(({ name }) => name === id))
        .length
    expect(plugins).toEqual([
      { id: 'poap', spacesCount: 3 },
      { id: 'quorum', spacesCount: 3 },
    ])
    expect(validations?.map(({ id }) => id)).toEqual(expect.arrayContaining(['any', 'basic']))
    const found = strategies?.find(({ id }) => id === 'erc20-votes')
    expect(found).toMatchObject({ spacesCount: used('erc20-votes'), override: false, disabled: false })
    expect(found?.schema).toBeTypeOf('object')
    expect(await ask('{ strategy(id: "erc20-votes") { id } none: strategy(id: "x") { id } }')).toEqual({
      strategy: { id: 'erc20-votes' },
      none: null,
    })
    expect(networks).toMatchObject([{ id: '31337', name: 'Local chain', premium: true }])
    expect(skins).toEqual([])
    expect(await list('{ options { name value } }')).toContainEqual({
      name: 'space.default.proposal_limit_per_day',
      value: expect.stringMatching(/^\d+$/),
    })
  })

  test('roles are found in any case', async () => {
    const address = String(rows.spaces[1]?.settings.admins?.[0]).toLowerCase()
    expect(await list(`{ roles(where: {address: "${address}"}) { space permissions } }`)).toEqual(
      rows.spaces
        .filter((_, i) => i % 3 === 1 && i !== 13)
        .map(({ id }) => ({ space: id, permissions: ['admin', 'author'] }))
        .toSorted((a, b) => (a.space < b.space ? -1 : 1)),
    )
    expect(await refusal('{ roles(where: {address: "me"}) { space } }')).toBe('Invalid addresses in address')
  })
})

describe('refusals', () => {
  const ids = (count: number) => JSON.stringify(Array.from({ length: count }, (_, i) => `id-${i}`))

  test.each([
    ['{ votes(first: 1001) { id } }', 'The `first` argument must not be greater than 1000'],
    ['{ votes(first: -1) { id } }', 'The `first` argument must be positive'],
    ['{ votes(skip: 5001) { id } }', 'The `skip` argument must not be greater than 5000'],
    ['{ votes(skip: -1) { id } }', 'The `skip` argument must be positive'],
    ['{ spaces(skip: 100001) { id } }', 'The `skip` argument must not be greater than 100000'],
    ['{ ranking(first: 21) { metrics { total } } }', 'The `first` argument must not be greater than 20'],
    [`{ votes(where: {id_in: ${ids(101)}}) { id } }`, 'The `id_in` argument must not be greater than 100'],
    [
      `{ votesCount(where: {app_not_in: ${ids(101)}}) }`,
      'The `app_not_in` argument must not be greater than 100',
    ],
    [
      `{ proposals(where: {labels_in: ${ids(101)}}) { id } }`,
      'The `labels_in` argument must not be greater than 100',
    ],
    [
      `{ proposals(where: {space_in: ${ids(10001)}}) { id } }`,
      'The `space_in` argument must not be greater than 10000',
    ],
    ['{ votes(where: {voter: "bob"}) { id } }', 'Invalid addresses in voter'],
    [`{ votes(where: {voter_in: ["${zeroAddress}", "0x12"]}) { id } }`, 'Invalid addresses in voter'],
    ['{ votes(after: "x") { id } }', 'after: this is not a cursor from an earlier page of the same list'],
    ['{ nothing { id } }', 'Cannot query field "nothing" on type "Query".'],
    ['{ votes { ', 'Syntax Error: Expected Name, found <EOF>.'],
    ['', 'Must provide query string.'],
    [
      'query A { plugins { id } } query B { plugins { id } }',
      'Must provide operation name if query contains multiple operations.',
    ],
    [
      'query ($first: Int!) { votes(first: $first) { id } }',
      'Variable "$first" of required type "Int!" was not provided.',
    ],
  ])('%s', async (query, message) => {
    expect(await refusal(query)).toBe(message)
  })

  test.each([
    ['query ($n: Int) { spaces(first: $n) { id } }', 'first', 'Int!'],
    ['query ($n: Int) { plugins { id } votes(skip: $n) { id } }', 'skip', 'Int!'],
    ['query ($n: Int) { ...F } fragment F on Query { ranking(first: $n) { items { id } } }', 'first', 'Int!'],
    ['query ($n: Boolean = true) { spaces @include(if: $n) { id } }', 'if', 'Boolean!'],
  ])('null as a variable of %s', async (query, argument, type) => {
    const { status, data, errors } = await post(query, { variables: { n: null } })
    const message = `Argument "${argument}" of non-null type "${type}" must not be null.`
    expect({ status, data, errors }).toMatchObject({ status: 400, data: null, errors: [{ message }] })
  })

  test('what is allowed at the limits is answered', async () => {
    await ask(`{ proposals(where: {space_in: ${ids(10_000)}}) { id } }`)
    await ask(`{ votes(first: 1000, skip: 5000, where: {id_in: ${ids(100)}}) { id } }`)
    await ask('{ votes(first: 0) { id } spaces(skip: 100000) { id } }')
    await ask('{ messages(first: 100) { envelope } }')
    await ask('{ messages(first: 1000) { id mci ipfs address version timestamp space type sig receipt } }')
    await ask(`{ proposals(first: 1000, where: {title_contains: "a"}) { id ipfs title body discussion choices labels
      start end snapshot state author created updated plugins network type quorum quorumType symbol privacy link app
      validation { name params } strategies { name network params } space { id name avatar verified }
      scores scores_by_strategy scores_state scores_total votes flagged flagCode } }`)
    const search = (where: string) => `votes(where: {${where}}, first: 1000) { id voter vp choice created }`
    await ask(`{ ${Array.from('abcde', (name) => `${name}: ${search('reason_not: "x"')}`).join(' ')} }`)
    await ask(`{ votes(where: {reason_not: "x", space: "space-1"}, first: 1000) { ${'id '.repeat(500)} } }`)
    const power = `vp(voter: "${Ada.address}", space: "plain") { vp vp_by_strategy vp_state }`
    await ask(`{ a: ${power} b: ${power} }`)
  })

  test('a cursor is good for its own order only', async () => {
    const [vote] = await list('{ votes(first: 1, orderBy: "vp") { cursor } }')
    expect(await refusal(`{ votes(after: "${vote?.cursor}") { id } }`)).toMatch('not a cursor')
    const forged = Buffer.from(JSON.stringify(['created', 'desc', "0'; --", '1'])).toString('base64url')
    expect(await refusal(`{ votes(after: "${forged}") { id } }`)).toMatch('not a cursor')
  })

  const fragments = (count: number) =>
    Array.from(
      { length: count },
      (_, i) => `fragment F${i} on Space { parent { ...F${i + 1} ...F${i + 1} } }`,
    ).join(' ')

  test.each([
    [
      'seven deep',
      '{ votes { proposal { space { parent { parent { parent { id } } } } } } }',
      /exceeds maximum operation depth of 5/,
    ],
    [
      'six roots',
      `{ ${Array.from('abcdef', (name) => `${name}: plugins { id }`).join(' ')} }`,
      /6 root selections/,
    ],
    [
      'six roots in a fragment',
      `{ ...F } fragment F on Query { ${Array.from('abcdef', (name) => `${name}: plugins { id }`).join(' ')} }`,
      /6 root selections/,
    ],
    [
      'six operations',
      Array.from('abcdef', (name) => `query ${name} { plugins { id } }`).join(' '),
      /6 operations/,
    ],
    ['many fields of one name', `{ plugins { ${'id '.repeat(1_001)} } }`, /1002 fields/],
    [
      'many rows of many fields',
      `{ votes(first: 1000) { ${Array.from({ length: 99 }, (_, i) => `a${i}: proposal { body }`).join(' ')} } }`,
      /may have \d+ values/,
    ],
    [
      'as many by a variable',
      `query ($n: Int! = 1000) { votes(first: $n) { ${Array.from({ length: 99 }, (_, i) => `a${i}: proposal { body }`).join(' ')} } }`,
      /may have \d+ values/,
    ],
    [
      'children of children',
      '{ spaces(first: 1000) { children { children { children { id name about } } } } }',
      /may have \d+ values/,
    ],
    [
      'fragments of fragments',
      `{ spaces { ...F0 } } ${fragments(40)} fragment F40 on Space { id }`,
      /depth of 5/,
    ],
    [
      'a fragment in itself',
      '{ spaces { ...F } } fragment F on Space { parent { ...F } }',
      /Cannot spread fragment "F" within itself/,
    ],
    [
      'introspection without end',
      '{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }',
      /introspection depth/,
    ],
    [
      'introspection many times over',
      `{ __schema { ${Array.from({ length: 90 }, (_, i) => `a${i}: types { fields { type { fields { args { name } } } } }`).join(' ')} } }`,
      /may have \d+ values/,
    ],
    [
      'a long text under many names',
      `{ messages(first: 5) { ${Array.from({ length: 940 }, (_, i) => `a${i}: envelope`).join(' ')} } }`,
      /'envelope' has 940 aliases; there may be 2/,
    ],
    [
      'as many by fragments',
      '{ proposals { a: body ...F } } fragment F on Proposal { b: body ... { c: body } }',
      /'body' has 3 aliases; there may be 2/,
    ],
    ['a thousand envelopes', '{ messages(first: 1000) { envelope } }', /may have \d+ values/],
    [
      'three powers',
      `{ ${Array.from('abc', (name) => `${name}: vp(voter: "x", space: "y") { vp }`).join(' ')} }`,
      /may have \d+ values/,
    ],
    [
      'five searches of all votes for many rows',
      `{ ${['reason: "x"', 'app_not: "x"', 'vp_gt: 1', 'vp_state: "final"', 'app: "x", space_in: null']
        .map(
          (where, i) => `a${i}: votes(where: {${where}}, first: 1000, orderBy: "vp") { ${'id '.repeat(25)} }`,
        )
        .join(' ')} }`,
      /may have 625000 values/,
    ],
    [
      'many counts',
      `{ ...F } fragment F on Query { ${Array.from('abcdef', (name) => `${name}: votesCount`).join(' ')} }`,
      /root selections/,
    ],
    ['deeper than a parser goes', `${'{a'.repeat(7_000)}${'}'.repeat(7_000)}`, /tokens|deep/],
    ['more tokens than one reads', `{ plugins { ${'id '.repeat(20_000)} } }`, /token/],
    [
      'more text than one reads',
      `{ plugins { id } } #${'x'.repeat(300_000)}`,
      /longer than 256000 characters/,
    ],
  ])('%s', async (_, query, message) => {
    const startedAt = performance.now()
    expect(await refusal(query)).toMatch(message)
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  })

  test('the usual introspection passes', async () => {
    expect(Object.keys(await ask(getIntrospectionQuery()))).toEqual(['__schema'])
  })

  test('an address has two statements under way, another comes between, and none begins for nobody', async () => {
    const { db } = world.ctx
    let begun = 0
    let open = () => {}
    const opened = new Promise<void>((resolve) => {
      open = resolve
    })
    const transaction: typeof db.transaction = async (work) => {
      begun++
      await opened
      return db.transaction(work)
    }
    const ctx = { ...world.ctx, db: { ...db, transaction } }
    const answer = (ip: string, query: string) =>
      answerQuery(ctx, { ip, inTurn: (work) => work() }, { query })
    const four = Array.from('abcd', (name) => `${name}: votes(first: 1) { id }`).join(' ')
    const { status } = await answer('one', `{ ${four} e: votes(after: "x") { id } }`)
    expect({ status, begun }).toEqual({ status: 400, begun: 2 })
    const later = ['one', 'another'].map((ip) => answer(ip, '{ votes(first: 1) { id } }'))
    await expect.poll(() => begun).toBe(3)
    open()
    expect((await Promise.all(later)).map((answered) => answered.status)).toEqual([200, 200])
    expect(begun).toBe(4)
  })

  test('of the database clients know one sentence, of mistakes of ours another', async () => {
    const gone = { ...world.ctx, db: createDatabase({ url: 'postgresql://nobody@127.0.0.1:1/none' }) }
    const { status, data, errors } = await post('{ votes { id } }', {}, createApi(gone, world.ingest))
    expect({ status, data, message: errors?.[0]?.message }).toEqual({
      status: 503,
      data: null,
      message: 'request failed',
    })
    const query = () => Promise.reject(new Error('secret'))
    const mistaken = { ...world.ctx, db: { ...world.ctx.db, transaction: query } }
    expect((await post('{ votes { id } }', {}, createApi(mistaken, world.ingest))).errors?.[0]?.message).toBe(
      'Unexpected error',
    )
    expect((await post('{ votes { id } }')).status).toBe(200)
  })
})

describe('HTTP', () => {
  test('many questions of one address at once wait for each other', async () => {
    const asked = Array.from({ length: 60 }, (_, i) => post(`{ votes(first: ${i}) { id } }`))
    expect(new Set((await Promise.all(asked)).map(({ status }) => status))).toEqual(new Set([200]))
  })

  test('a question comes in any form that express-graphql takes', async () => {
    const query = 'query A ($n: Int! = 3) { spaces(first: $n) { id } } query B { plugins { id } }'
    const variables = '{"n":2}'
    const search = new URLSearchParams({ query, variables, operationName: 'A' }).toString()
    const rest = { variables: 5, operationName: 7 }
    for (const [path, type, body, count] of [
      ['', 'application/json', JSON.stringify({ query, variables, operationName: 'A' }), 2],
      [
        '',
        'application/json; charset=utf-8',
        JSON.stringify({ ...rest, query: '{ spaces(first: 3) { id } }' }),
        3,
      ],
      ['', 'application/graphql', '{ spaces(first: 4) { id } }', 4],
      ['?operationName=A&variables=%7B%22n%22%3A1%7D', 'application/graphql; charset=utf-8', query, 1],
      ['', 'application/x-www-form-urlencoded', search, 2],
      [`?${search}`, 'application/json', '', 2],
      [`?${search}`, 'application/json', JSON.stringify({ query: '{ none }', operationName: 'B' }), 2],
    ] as const) {
      const init = { method: 'POST', headers: { 'content-type': type }, body }
      const answer = (await (await api.request(`/graphql${path}`, init)).json()) as Answer
      expect({ type, found: (answer.data?.spaces as Node[])?.length }).toEqual({ type, found: count })
    }
    const bare = await api.request(`/graphql?${search}`, { method: 'POST' })
    expect(bare.status).toBe(200)
  })

  test('both addresses take both methods, from any origin', async () => {
    const query = 'query ($n: Int! = 3) { spaces(first: $n) { id } }'
    const search = new URLSearchParams({ query, variables: '{"n":2}' })
    for (const path of ['/graphql', '/hub/graphql']) {
      const got = await api.request(`${path}?${search}`, { headers: { origin: 'https://elsewhere.example' } })
      expect(got.headers.get('access-control-allow-origin')).toBe('*')
      expect(((await got.json()) as { data: { spaces: unknown[] } }).data.spaces).toHaveLength(2)
      const body = JSON.stringify({ query, variables: null, operationName: null })
      const posted = await api.request(path, { method: 'POST', body })
      expect(((await posted.json()) as { data: { spaces: unknown[] } }).data.spaces).toHaveLength(3)
    }
  })

  test('a browser gets a page, whoever errs a sentence', async () => {
    const page = await api.request('/graphql', { headers: { accept: 'text/html,*/*' } })
    expect(page.headers.get('content-type')).toMatch('text/html')
    expect(await page.text()).toMatch('type Proposal {')
    for (const [init, message] of [
      [{ method: 'GET' }, 'Must provide query string.'],
      [{ method: 'POST', body: '{' }, 'POST body sent invalid JSON.'],
      [{ method: 'POST', body: '[{"query":"{plugins{id}}"}]' }, 'Must provide query string.'],
      [{ method: 'POST' }, 'Must provide query string.'],
      [{ method: 'POST', body: '{"query":5}' }, 'Must provide query string.'],
      [{ method: 'POST', body: '{"query":"{plugins{id}}","variables":"{"}' }, 'Variables are invalid JSON.'],
      [{ method: 'POST', body: new URLSearchParams({ variables: '{}' }) }, 'Must provide query string.'],
      [{ method: 'POST', body: JSON.stringify({ query: 'x'.repeat(1_500_000) }) }, 'too large message'],
    ] as const) {
      const response = await api.request('/graphql', init)
      expect(response.status).toBe(400)
      expect(await response.json()).toEqual({ errors: [{ message }] })
    }
    const response = await api.request('/graphql?query=%7Bplugins%7Bid%7D%7D&variables=%7B')
    expect(await response.json()).toEqual({ errors: [{ message: 'Variables are invalid JSON.' }] })
  })

  const get = async (path: string, init?: RequestInit) => {
    const response = await api.request(path, init)
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }

  test('spaces, scores and what the hub says no more', async () => {
    expect(await get('/api/spaces/SPACE-3.eth')).toMatchObject({
      status: 200,
      body: { name: 'Space 3', domain: null, flagged: false, verified: true, turbo: false, deleted: false },
    })
    expect((await get('/api/spaces/space-13')).body).toMatchObject({ deleted: true })
    const missing = { error: 'unauthorized', error_description: 'not_found' }
    expect(await get('/api/spaces/nowhere')).toEqual({ status: 404, body: missing })
    expect(await get('/api/spaces/plain/poke')).toEqual({
      status: 200,
      body: { error: 'unable to resolve space uri' },
    })
    const final = rows.results.find(({ proposal_id }) => proposalRow({ id: proposal_id })?.hidden_at === null)
    const [open] = await list('{ proposals(where: {title_contains: "Busy"}) { id } }')
    for (const [id, result] of [
      [final?.proposal_id, true],
      [open?.id, false],
      ['nothing', false],
    ]) {
      expect(await get(`/api/scores/${id}`)).toEqual({ status: 200, body: { result } })
    }
    // A sequencer has the same without /api.
    expect((await get(`/scores/${final?.proposal_id}`)).body).toEqual({ result: true })
    expect((await get('/spaces/plain/poke')).body).toEqual({ error: 'unable to resolve space uri' })
    expect(await get('/api/message', { method: 'POST', body: '{}' })).toEqual({
      status: 410,
      body: { error: 'unauthorized', error_description: 'personal sign is not supported anymore' },
    })
  })

  test('verified spaces are described as EIP-4824 describes DAOs', async () => {
    const base = { '@context': '<http://www.daostar.org/schemas>', type: 'DAO', name: 'Space A' }
    const url = `${world.ctx.env.publicUrl}/api/eip4824/space-3.eth`
    expect((await get('/api/eip4824/SPACE-3.eth')).body).toMatchObject({
      ...base,
      membersURI: `${url}/members`,
      activityLogURI: `${url}/activities`,
    })
    expect((await get('/api/eip4824/space-3.eth/members')).body).toEqual({ ...base, members: [] })
    expect((await get('/api/eip4824/space-3.eth/contracts')).body).toEqual({ ...base, contracts: [] })
    const { proposals } = (await get('/api/eip4824/space-3.eth/proposals')).body as { proposals: Node[] }
    const { activities } = (await get('/api/eip4824/space-3.eth/activities')).body as { activities: Node[] }
    const ours = await list('{ proposals(where: {space: "space-3.eth"}) { id name: title status: state } }')
    expect(proposals).toMatchObject(ours)
    expect(proposals[0]).toMatchObject({
      type: 'proposal',
      calls: [],
      contentURI: { body: expect.stringMatching('Body') },
    })
    expect(activities).toHaveLength(20)
    expect((await get('/api/eip4824/space-1')).body).toEqual({ error: 'INVALID' })
    expect(await get('/api/eip4824/nowhere/members')).toEqual({ status: 404, body: { error: 'NOT_FOUND' } })
  })
})
