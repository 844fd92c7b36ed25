import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buildSchema, graphql } from 'graphql'
import { parseEnvelope } from '../../core/messages/parse-envelope'
import { parseJsonObject } from '../../core/messages/payload-fields'
import { resolveMessage } from '../../core/messages/resolve-message'
import { parseVote } from '../../core/messages/vote'
import type { SignedEnvelope } from '../../testing/factories'

/** As much of a hub's schema as is asked for; `envelope` is what only our own servers have. */
const schemaOf = (hasEnvelopes: boolean) =>
  buildSchema(`
    scalar Any
    enum OrderDirection { asc desc }
    type Query {
      space(id: String!): Space
      proposal(id: String!): Proposal
      ${['votes', 'proposals', 'follows', 'statements', 'messages']
        .map((list) => {
          const type = {
            votes: 'Vote',
            proposals: 'Proposal',
            follows: 'Follow',
            statements: 'Statement',
            messages: 'Message',
          }[list]
          const where = list === 'statements' ? 'StatementsWhere' : `${type}Where`
          return `${list}(first: Int! = 20, skip: Int! = 0, where: ${where}, orderBy: String, orderDirection: OrderDirection): [${type}!]!`
        })
        .join('\n')}
    }
    input VoteWhere { id_in: [String] proposal: String space: String created_gte: Int voter: String }
    input ProposalWhere { id_in: [String] space: String created_gte: Int state: String }
    input FollowWhere { space: String created_gte: Int }
    input StatementsWhere { space: String created_gte: Int }
    input MessageWhere { id_in: [String] mci_gt: Int address_in: [String] space: String type: String type_in: [String] timestamp_gte: Int }
    type Ref { id: String! }
    type Named { name: String! params: Any }
    type Strategy { name: String! network: String! params: Any }
    type Filters { minScore: Float! onlyMembers: Boolean! }
    type Voting { delay: Int period: Int type: String quorum: Float quorumType: String! blind: Boolean! hideAbstain: Boolean! privacy: String! aliased: Boolean! }
    type Portal { delegationType: String! delegationContract: String! delegationNetwork: String! delegationApi: String! }
    type Treasury { name: String! address: String! network: String! }
    type Label { id: String! name: String! description: String! color: String! }
    type Space {
      id: String! name: String! private: Boolean about: String avatar: String cover: String terms: String location: String
      website: String twitter: String github: String farcaster: String coingecko: String email: String discussions: String
      discourseCategory: Int network: String! symbol: String skin: String domain: String strategies: [Strategy!]!
      admins: [String!]! members: [String!]! moderators: [String!]! filters: Filters! plugins: Any! voting: Voting!
      categories: [String!]! validation: Named! voteValidation: Named! delegationPortal: Portal treasuries: [Treasury!]!
      labels: [Label!]! parent: Ref children: [Ref!]! guidelines: String template: String verified: Boolean! flagged: Boolean!
      flagCode: Int! hibernated: Boolean! turbo: Boolean! created: Int! ${hasEnvelopes ? 'controller: String' : ''}
    }
    type Proposal {
      id: String! author: String! created: Int! updated: Int space: Ref! network: String! symbol: String! type: String!
      strategies: [Strategy!]! validation: Named! plugins: Any! title: String! body: String! discussion: String!
      choices: [String!]! labels: [String!]! start: Int! end: Int! quorum: Float! quorumType: String! privacy: String!
      snapshot: Int! state: String! app: String! scores: [Float!]! scores_state: String! scores_total: Float! votes: Int!
      flagged: Boolean! flagCode: Int!
    }
    type Vote { id: String! voter: String! created: Int! proposal: Ref! choice: Any! metadata: Any! reason: String! app: String! vp: Float! vp_by_strategy: [Float]! vp_state: String! }
    type Follow { id: String! follower: String! network: String! created: Int! }
    type Statement { id: String! delegate: String! network: String! about: String statement: String discourse: String status: String! created: Int! updated: Int! }
    type Message { mci: Int! id: String! ipfs: String! address: String! timestamp: Int! space: String type: String! sig: String! ${hasEnvelopes ? 'envelope: String' : ''} }
  `)

type Row = Record<string, unknown>
export type ListName = 'votes' | 'proposals' | 'follows' | 'statements' | 'messages'

/** What it shows. Change it as you like, at any time. */
export type HubData = Record<ListName, Row[]> & { space: Row | null }

export interface HubServer {
  readonly url: string
  readonly data: HubData
  /** How many questions were asked. */
  readonly asked: () => number
  /** Set: answers in its place; true if it did. */
  intervene: ((response: ServerResponse) => boolean) | undefined
  /** Set: changes what a list answers. */
  tamper: ((list: ListName, rows: Row[]) => Row[]) | undefined
  stop(): Promise<void>
}

/** A hub of our own on a free port, that can be made to lie. It has all limits of the real one. */
export async function startHubServer({ hasEnvelopes = false } = {}): Promise<HubServer> {
  const schema = schemaOf(hasEnvelopes)
  const data: HubData = { votes: [], proposals: [], follows: [], statements: [], messages: [], space: null }
  let asked = 0
  const hub: { -readonly [Key in keyof HubServer]: HubServer[Key] } = {
    ...{ url: '', data, asked: () => asked, intervene: undefined, tamper: undefined },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  const list = (name: ListName) => (args: Query) => {
    if (args.first > 1000 || args.skip > 5000) throw new Error('The argument must not be greater')
    if (((args.where?.id_in as unknown[] | undefined)?.length ?? 0) > 100) throw new Error('too many ids')
    const rows = select(data[name], args)
    return hub.tamper ? hub.tamper(name, rows) : rows
  }
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', async () => {
      asked += 1
      if (hub.intervene?.(response)) return
      const { query, variables } = JSON.parse(Buffer.concat(pieces).toString())
      const rootValue = {
        space: () => data.space,
        proposal: ({ id }: { id: string }) => data.proposals.find((row) => row.id === id) ?? null,
        ...Object.fromEntries(
          (['votes', 'proposals', 'follows', 'statements', 'messages'] as const).map((name) => [
            name,
            list(name),
          ]),
        ),
      }
      const answer = await graphql({ schema, source: query, variableValues: variables, rootValue })
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(answer))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  hub.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return hub
}

interface Query {
  readonly first: number
  readonly skip: number
  readonly where?: Record<string, unknown>
  readonly orderBy?: string
  readonly orderDirection?: 'asc' | 'desc'
}

function select(
  rows: readonly Row[],
  { first, skip, where = {}, orderBy = 'created', orderDirection }: Query,
): Row[] {
  const value = (row: Row, name: string) =>
    name === 'space' || name === 'proposal'
      ? ((row[name] as { id?: string } | null)?.id ?? row[name])
      : row[name]
  const fits = (row: Row) =>
    Object.entries(where).every(([key, wanted]) => {
      const [, name = '', how] = /^(.*?)(?:_(in|gte|gt))?$/.exec(key) ?? []
      const found = value(row, name)
      if (how === 'in') return (wanted as unknown[]).includes(found)
      if (how === 'gte') return Number(found) >= Number(wanted)
      if (how === 'gt') return Number(found) > Number(wanted)
      return found === wanted
    })
  const sign = orderDirection === 'asc' ? 1 : -1
  const compare = (a: Row, b: Row) =>
    sign * (Number(a[orderBy]) - Number(b[orderBy])) || (String(a.id) < String(b.id) ? -1 : 1)
  return rows
    .filter(fits)
    .sort(compare)
    .slice(skip, skip + first)
}

/** The row of `messages` of an envelope that a hub took. */
export function messageRow(envelope: SignedEnvelope, mci: number, canonical?: string): Row {
  const { id, kind, space, timestamp } = resolveMessage(parseEnvelope(envelope))
  return {
    ...{
      mci,
      id,
      ipfs: `bafkrei${mci}`,
      address: envelope.address,
      timestamp,
      sig: envelope.sig,
      space: space ?? null,
    },
    type: kind.startsWith('vote') ? 'vote' : kind,
    ...(canonical !== undefined && { envelope: canonical }),
  }
}

/** What a hub makes of a signed proposal. */
export function proposalRow(envelope: SignedEnvelope, more: Row = {}): Row {
  const { id, from, space, message } = resolveMessage(parseEnvelope(envelope))
  return {
    id,
    author: from,
    created: message.timestamp,
    updated: null,
    space: { id: space },
    network: '31337',
    symbol: 'VOTE',
    type: message.type,
    strategies: [{ name: 'ticket', network: '31337', params: {} }],
    validation: { name: 'any', params: {} },
    plugins: parseJsonObject(message.plugins),
    title: message.title,
    body: message.body,
    discussion: message.discussion ?? '',
    choices: message.choices,
    labels: message.labels ?? [],
    start: message.start,
    end: message.end,
    quorum: 0,
    quorumType: 'default',
    privacy: message.privacy ?? '',
    snapshot: message.snapshot,
    state: 'closed',
    app: message.app ?? '',
    scores: [],
    scores_state: 'final',
    scores_total: 0,
    votes: 0,
    flagged: false,
    flagCode: 0,
    ...more,
  }
}

/** A space as a hub shows it. */
export function spaceRow(id: string, more: Row = {}): Row {
  return {
    ...{ id, name: 'Test', network: '31337' },
    strategies: [{ name: 'ticket', network: '31337', params: {} }],
    ...{ admins: [], members: [], moderators: [] },
    filters: { minScore: 0, onlyMembers: false },
    plugins: {},
    voting: { quorumType: 'default', blind: false, hideAbstain: false, privacy: '', aliased: false },
    validation: { name: 'any', params: {} },
    voteValidation: { name: 'any', params: {} },
    ...{ categories: [], treasuries: [], labels: [], children: [] },
    ...{ verified: false, flagged: false, flagCode: 0, hibernated: false, turbo: false },
    created: 1_600_000_000,
    ...more,
  }
}

/** What a hub makes of a signed ballot. */
export function voteRow(envelope: SignedEnvelope, vp = 1): Row {
  const { id, from, kind, message } = resolveMessage(parseEnvelope(envelope))
  const { choice, reason, app, metadata, proposal } = parseVote(message, kind as 'vote')
  return {
    ...{
      id,
      voter: from,
      created: message.timestamp,
      proposal: { id: proposal },
      choice,
      reason,
      app,
      metadata,
    },
    ...{ vp, vp_by_strategy: [vp], vp_state: 'final' },
  }
}
