import type { z } from 'zod'
import { refuse } from '../../core/errors'
import {
  type Misshapen,
  type RemoteMessage,
  type RemoteProposal,
  type RemoteSpace,
  readRows,
  remoteFollowSchema,
  remoteMessageSchema,
  remoteProposalSchema,
  remoteSpaceSchema,
  remoteStatementSchema,
  remoteVoteSchema,
} from './hub-rows'
import type { Transport } from './transport'

/** What hubs allow at most. */
const PAGE = 1000
const MAX_SKIP = 5000
const MAX_IDS = 100
const MAX_SELECTIONS = 5
/** Proposals have long texts. */
const PROPOSAL_PAGE = 100
/** With their envelopes, a Comitia server gives no more than these at once. */
const MESSAGE_PAGE = 500

const voteFields = 'id voter created proposal { id } choice reason app metadata vp vp_by_strategy vp_state'
const proposalFields = `id author created updated space { id } network symbol type strategies { name network params }
  validation { name params } plugins title body discussion choices labels start end quorum quorumType privacy snapshot
  state app scores scores_state scores_total votes flagged flagCode`
const spaceFields = `id name private about avatar cover terms location website twitter github farcaster coingecko email
  discussions discourseCategory network symbol skin domain strategies { name network params } admins members moderators
  filters { minScore onlyMembers } plugins
  voting { delay period type quorum quorumType blind hideAbstain privacy aliased } categories
  validation { name params } voteValidation { name params }
  delegationPortal { delegationType delegationContract delegationNetwork delegationApi }
  treasuries { name address network } labels { id name description color } parent { id } children { id } guidelines
  template verified flagged flagCode hibernated turbo created`

/** The lists that are read page by page. */
const lists = {
  votes: { schema: remoteVoteSchema, fields: voteFields, input: 'VoteWhere', page: PAGE },
  proposals: {
    schema: remoteProposalSchema,
    fields: proposalFields,
    input: 'ProposalWhere',
    page: PROPOSAL_PAGE,
  },
  follows: {
    schema: remoteFollowSchema,
    fields: 'id follower network created',
    input: 'FollowWhere',
    page: PAGE,
  },
  statements: {
    schema: remoteStatementSchema,
    fields: 'id delegate network about statement discourse status created updated',
    input: 'StatementsWhere',
    page: PAGE,
  },
} as const

type Lists = typeof lists
type RowOf<List extends keyof Lists> = z.output<Lists[List]['schema']>

/** A server that speaks Snapshot's hub API, and may say anything in it. */
export interface RemoteHub {
  /** As it is named in records: without a slash at the end. */
  readonly url: string
  /** Whether it shows envelopes as they were signed. */
  readonly hasEnvelopes: boolean
  /** Rows that were none, so far. */
  readonly misshapen: readonly Misshapen[]
  findSpace(id: string): Promise<RemoteSpace | undefined>
  findProposal(id: string): Promise<RemoteProposal | undefined>
  /**
   * All rows, oldest first, by time of creation from `since` (unix seconds) on; each once, at most `most` of them.
   *
   * @throws AppError `invalid` where it shows more, or goes round in circles
   */
  list<List extends keyof Lists>(
    list: List,
    where: Readonly<Record<string, unknown>>,
    limits: { readonly since?: number; readonly most: number },
  ): AsyncGenerator<RowOf<List>[]>
  /** The rows with these ids that it has. */
  byIds<List extends 'votes' | 'proposals'>(list: List, ids: readonly string[]): Promise<RowOf<List>[]>
  /** What it knows of the messages with these ids. */
  messages(ids: readonly string[]): Promise<Map<string, RemoteMessage>>
  /** The first page of messages by a filter. */
  findMessages(
    where: Readonly<Record<string, unknown>>,
    order: { readonly by: 'mci' | 'timestamp'; readonly direction: 'asc' | 'desc'; readonly first?: number },
  ): Promise<RemoteMessage[]>
}

/**
 * Opens a hub: `https://hub.snapshot.org`, or the address of a Comitia server.
 *
 * @throws AppError `invalid` for one that cannot be read
 */
export async function openHub(address: string, transport: Transport): Promise<RemoteHub> {
  const url = new URL(address)
  const base = `${url.origin}${url.pathname.replace(/\/(graphql)?\/*$/, '')}`
  const { host } = url
  const misshapen: Misshapen[] = []

  async function ask(query: string, variables: object = {}): Promise<Record<string, unknown>> {
    const answer = (await transport.post(`${base}/graphql`, { query, variables })) as {
      data?: Record<string, unknown> | null
      errors?: readonly { message?: unknown }[]
    } | null
    const [error] = Array.isArray(answer?.errors) ? answer.errors : []
    if (error) refuse(`${host} answers an error: ${String(error.message).slice(0, 300)}`)
    if (typeof answer?.data !== 'object' || answer.data === null)
      return refuse(`${host} does not speak GraphQL`)
    return answer.data
  }

  const rowsOf = (value: unknown): unknown[] =>
    Array.isArray(value) ? value : refuse(`${host} answers something else than a list`)
  const read = <Row>(schema: z.ZodType<Row>, value: unknown) =>
    readRows(schema, rowsOf(value), (row) => misshapen.push(row))

  const atMost = <Row>(most: number, list: string, rows: Row[]): Row[] =>
    rows.length > most ? refuse(`${host} sends ${rows.length} ${list} where ${most} were asked for`) : rows

  const known = await extras(ask)
  const messageFields = `id mci ipfs address timestamp type sig${known.envelope ? ' envelope' : ''}`

  return {
    url: base,
    hasEnvelopes: known.envelope,
    misshapen,

    async findSpace(id) {
      const extra = known.controller ? ' controller' : ''
      const { space } = await ask(`query ($id: String!) { space(id: $id) { ${spaceFields}${extra} } }`, {
        id,
      })
      if (space === null || space === undefined) return undefined
      const [row] = read(remoteSpaceSchema, [space])
      if (!row) return refuse(`${host} shows the space ${id} in no known form: ${misshapen.at(-1)?.problem}`)
      return row
    },

    async findProposal(id) {
      const { proposal } = await ask(`query ($id: String!) { proposal(id: $id) { ${proposalFields} } }`, {
        id,
      })
      if (proposal === null || proposal === undefined) return undefined
      const [row] = read(remoteProposalSchema, [proposal])
      if (!row)
        return refuse(`${host} shows the proposal ${id} in no known form: ${misshapen.at(-1)?.problem}`)
      return row.id === id.toLowerCase() ? row : refuse(`${host} shows another proposal than ${id}`)
    },

    async *list(list, where, { since = 0, most }) {
      const { fields, input, page } = lists[list]
      const schema = lists[list].schema as unknown as z.ZodType<RowOf<typeof list>>
      const query = `query ($first: Int!, $skip: Int!, $where: ${input}) {
        rows: ${list}(first: $first, skip: $skip, where: $where, orderBy: "created", orderDirection: asc) { ${fields} } }`
      let [cursor, skip, total] = [since, 0, 0]
      let seen = new Set<string>()
      for (;;) {
        const answer = await ask(query, {
          first: page,
          skip,
          where: { ...where, ...(cursor > 0 && { created_gte: cursor }) },
        })
        const raw = atMost(page, list, rowsOf(answer.rows))
        const rows = read(schema, raw)
        if (rows.some(({ created }) => created < cursor)) refuse(`${host} shows ${list} out of order`)
        const fresh = [...new Map(rows.map((row) => [row.id, row])).values()].filter(
          ({ id }) => !seen.has(id),
        )
        total += fresh.length
        if (total > most) refuse(`${host} shows more than ${most} ${list}, and no end of them`)
        if (fresh.length > 0) yield fresh
        if (raw.length < page) return
        const last = rows.at(-1)?.created ?? cursor
        if (last > cursor) {
          seen = new Set(rows.flatMap(({ id, created }) => (created === last ? id : [])))
          cursor = last
          skip = 0
          continue
        }
        for (const { id } of rows) seen.add(id)
        skip += raw.length
        if (skip > MAX_SKIP) refuse(`${host} shows more than ${MAX_SKIP} ${list} of one second, ${cursor}`)
      }
    },

    async byIds(list, ids) {
      const { fields, input } = lists[list]
      const schema = lists[list].schema as unknown as z.ZodType<RowOf<typeof list>>
      const query = `query ($where: ${input}) { rows: ${list}(first: ${MAX_IDS}, where: $where) { ${fields} } }`
      const found: RowOf<typeof list>[] = []
      for (const some of chunks(ids, MAX_IDS)) {
        const { rows } = await ask(query, { where: { id_in: some } })
        const asked = atMost(MAX_IDS, list, read(schema, rows)).filter(({ id }) => some.includes(id))
        found.push(...new Map(asked.map((row) => [row.id, row])).values())
      }
      return found
    },

    async messages(ids) {
      const found = new Map<string, RemoteMessage>()
      for (const group of chunks(chunks(ids, MAX_IDS), MAX_SELECTIONS)) {
        const names = group.map((_, index) => `list${index}`)
        const query = `query (${names.map((name) => `$${name}: [String]`).join(', ')}) {
          ${names.map((name) => `${name}: messages(first: ${MAX_IDS}, where: { id_in: $${name} }) { ${messageFields} }`).join('\n')} }`
        const answer = await ask(query, Object.fromEntries(names.map((name, index) => [name, group[index]])))
        for (const [index, name] of names.entries()) {
          for (const row of read(remoteMessageSchema, answer[name])) {
            if (group[index]?.includes(row.id)) found.set(row.id, row)
          }
        }
      }
      return found
    },

    async findMessages(where, { by, direction, first = MESSAGE_PAGE }) {
      const query = `query ($where: MessageWhere) { rows: messages(first: ${first}, where: $where,
        orderBy: "${by}", orderDirection: ${direction}) { ${messageFields} } }`
      const { rows } = await ask(query, { where })
      return atMost(first, 'messages', read(remoteMessageSchema, rows))
    },
  }
}

/** Fields that only some hubs have. */
async function extras(
  ask: (query: string) => Promise<Record<string, unknown>>,
): Promise<{ envelope: boolean; controller: boolean }> {
  const answer = await ask(
    '{ message: __type(name: "Message") { fields { name } } space: __type(name: "Space") { fields { name } } }',
    // A hub need not describe itself.
  ).catch(() => ask('{ __typename }'))
  const has = (type: unknown, name: string) => {
    const fields = (type as { fields?: unknown } | null | undefined)?.fields
    return Array.isArray(fields) && fields.some((field: { name?: unknown } | null) => field?.name === name)
  }
  return { envelope: has(answer.message, 'envelope'), controller: has(answer.space, 'controller') }
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}
