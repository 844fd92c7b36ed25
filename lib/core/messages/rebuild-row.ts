import type { HexString } from '../views/hex-string'
import { jsonTexts } from './json-texts'
import { type Candidates, type RebuiltMessage, rebuildMessage } from './rebuild-message'

/** What hubs say of a ballot, in the names of their API. */
export interface VoteRow {
  readonly id: HexString
  readonly voter: HexString
  /** Unix seconds. */
  readonly created: number
  readonly space: string
  readonly proposal: string
  /** Parsed, whatever the definition. */
  readonly choice: unknown
  readonly reason: string
  readonly app: string
  readonly metadata: unknown
}

/** What hubs say of a proposal's text. */
export interface ProposalText {
  readonly space: string
  readonly author: HexString
  readonly type: string
  readonly title: string
  readonly body: string
  readonly discussion: string
  readonly choices: readonly string[]
  readonly labels: readonly string[]
  readonly plugins: unknown
  readonly privacy: string
}

/** What hubs say of a proposal. */
export interface ProposalRow extends ProposalText {
  readonly id: HexString
  readonly created: number
  readonly start: number
  readonly end: number
  readonly snapshot: number
  readonly network: string
  readonly strategies: readonly object[]
  readonly app: string
}

/** The signed ballot behind a hub's row; undefined when no accepted definition gives it this id. */
export function rebuildVote(row: VoteRow, isBrief = false): RebuiltMessage | undefined {
  const { choice } = row
  const texts = choice === undefined ? [] : jsonTexts(choice)
  const candidates = {
    ...speech(row.voter, row.space, row.created),
    proposal: [row.proposal],
    choice: [choice, ...texts],
    reason: [row.reason],
    app: [row.app],
    metadata: looseTexts(row.metadata),
  }
  return rebuildMessage(row.id, ['vote', 'vote-array', 'vote-string'], candidates, isBrief)
}

/** The signed proposal behind a hub's row, unless its text was changed since. */
export function rebuildProposal(row: ProposalRow): RebuiltMessage | undefined {
  return rebuildMessage(row.id, ['proposal'], {
    ...speech(row.author, row.space, row.created),
    ...textFields(row),
    start: [row.start],
    end: [row.end],
    snapshot: [row.snapshot],
    network: [row.network],
    strategies: strategyTexts(row.strategies),
    metadata: ['{}', '', JSON.stringify({ plugins: row.plugins })],
    app: [row.app],
  })
}

/** The edit, of that id and time, that gave a proposal the text which the hub shows. */
export function rebuildUpdate(
  id: HexString,
  timestamp: number,
  proposal: string,
  text: ProposalText,
): RebuiltMessage | undefined {
  return rebuildMessage(id, ['update-proposal'], {
    ...speech(text.author, text.space, timestamp),
    proposal: [proposal],
    ...textFields(text),
  })
}

/** A message that is all in its row: a withdrawal, a link to a key, a follow, a statement. */
export function rebuildPlain(
  kind: 'delete-proposal' | 'alias' | 'revoke-alias' | 'follow' | 'unfollow' | 'statement',
  id: HexString,
  {
    from,
    space,
    timestamps,
    ...fields
  }: {
    readonly from: HexString
    readonly space?: string
    /** Unix seconds, of which one was signed. */
    readonly timestamps: readonly number[]
  } & Readonly<Record<string, unknown>>,
): RebuiltMessage | undefined {
  return rebuildMessage(id, [kind], {
    from: [from],
    space: space === undefined ? [] : spellings(space),
    timestamp: timestamps,
    ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, [value ?? '']])),
  })
}

function speech(from: HexString, space: string, timestamp: number): Candidates {
  return { from: [from], space: spellings(space), timestamp: [timestamp] }
}

/** A space is found in any case, and kept in lower case: `ENS.eth` is signed as it is written. */
function spellings(space: string): string[] {
  const [name = '', ...rest] = space.split('.')
  const end = ['', ...rest].join('.')
  return [space, `${name.charAt(0).toUpperCase()}${name.slice(1)}${end}`, `${name.toUpperCase()}${end}`]
}

function textFields(text: ProposalText): Candidates {
  const { type, title, body, discussion, choices, labels, plugins, privacy } = text
  return {
    type: [type],
    title: [title],
    body: [body],
    discussion: [discussion],
    choices: [choices],
    labels: [labels],
    plugins: looseTexts(plugins),
    // What a proposal leaves open, its space decides.
    privacy: [privacy, '', 'shutter'],
  }
}

/** JSON text that is read leniently: what is no object is `{}`. */
function looseTexts(value: unknown): string[] {
  const isEmpty = typeof value !== 'object' || value === null || Object.keys(value).length === 0
  return isEmpty ? ['{}', ''] : jsonTexts(value)
}

/** Hubs add the space's network to a strategy that names none. */
function strategyTexts(strategies: readonly object[]): string[] {
  const bare = strategies.map((strategy) => {
    const { network: _, ...rest } = strategy as { network?: unknown }
    return rest
  })
  return [strategies, bare].map((list) => JSON.stringify(list))
}
