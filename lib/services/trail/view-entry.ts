import { checksumAddress } from '../../core/messages/checksum-address'
import type { MessageKind } from '../../core/messages/definitions'
import { statedFields } from '../../core/messages/imported-envelope'
import { parseJsonObject } from '../../core/messages/payload-fields'
import { settingsSchema } from '../../core/messages/settings'
import { listChanges } from '../../core/trail/list-changes'
import type { HexString } from '../../core/views/hex-string'
import type { BallotFact, TrailEntry, TrailFact, TrailMessage } from '../../core/views/trail-view'
import type { ActRow } from '../../db/trail/list-acts'
import type { TrailMessageRow } from '../../db/trail/list-messages'
import { describeChoice } from '../vote/describe-choice'

/** A message of the log as its trail shows it. */
export function viewMessage(row: TrailMessageRow): TrailEntry {
  const { sig } = JSON.parse(row.envelope) as { readonly sig: HexString }
  const acceptedAtMs = row.acceptedAt.getTime()
  return {
    id: row.id,
    at: Math.floor(acceptedAtMs / 1000),
    author: row.author as HexString,
    proposal: proposalOf(row.proposal, row.title),
    what: factOf(row, statedFields(row.envelope)),
    message: {
      kind: row.kind as MessageKind,
      logIndex: Number(row.logIndex),
      timestamp: Number(row.timestamp),
      acceptedAtMs,
      cid: row.cid,
      signature: sig,
      verification: row.verification as TrailMessage['verification'],
    },
  }
}

/** What happened beside messages. */
export function viewAct({ id, kind, atMs, author, proposal, title, facts }: ActRow): TrailEntry {
  return {
    id,
    at: Math.floor(atMs / 1000),
    author: author as HexString | null,
    proposal: proposalOf(proposal, title),
    what: { kind, ...facts } as TrailFact,
    message: null,
  }
}

function proposalOf(id: string | null, title: string | null): TrailEntry['proposal'] {
  return id === null || title === null ? null : { id: id as HexString, title }
}

type Fields = ReturnType<typeof statedFields>

function factOf(row: TrailMessageRow, message: Fields): TrailFact {
  switch (row.kind) {
    case 'settings':
      return settingsFact(row, message)
    case 'proposal':
      return {
        kind: 'proposal',
        type: String(message.type),
        options: Array.isArray(message.choices) ? message.choices.length : 0,
        hasExecution: 'comitia' in parseJsonObject(message.plugins),
      }
    case 'update-proposal':
      return { kind: 'edit', ...listChanges(editable(former(row)), editable(message)) }
    case 'delete-proposal':
      return { kind: 'withdrawal', as: row.author === row.proposalAuthor ? 'author' : roleOf(row) }
    case 'flag-proposal':
      return { kind: 'flag', as: roleOf(row) }
    case 'delete-space':
      return { kind: 'deletion' }
    default:
      return ballotFact(row)
  }
}

/** The message that an entry is to be compared with; nothing before the first. */
function former({ formerEnvelope }: TrailMessageRow): Fields {
  return formerEnvelope === null ? {} : statedFields(formerEnvelope)
}

function settingsFact(row: TrailMessageRow, message: Fields): TrailFact {
  const [before, after] = [settingsOf(former(row)), settingsOf(message)]
  const isSame = (read: (settings: Record<string, unknown>) => unknown) =>
    JSON.stringify(read(before) ?? null) === JSON.stringify(read(after) ?? null)
  const isAdmin =
    adminsOf(before).includes(row.author) &&
    isSame(adminsOf) &&
    isSame(
      ({ plugins }) => (plugins as { comitia?: { controller?: unknown } } | undefined)?.comitia?.controller,
    )
  return {
    kind: 'settings',
    isFirst: row.formerEnvelope === null,
    as: isAdmin ? 'admin' : 'controller',
    ...listChanges(before, after),
  }
}

/** As in force when they were signed; what today's schema would not read, as it stands. */
function settingsOf(message: Fields): Record<string, unknown> {
  const signed = parseJsonObject(message.settings)
  return settingsSchema.safeParse(signed).data ?? signed
}

function adminsOf({ admins }: Record<string, unknown>): (string | undefined)[] {
  return Array.isArray(admins) ? admins.map(checksumAddress) : []
}

/** By the rule that let it in: an admin before a moderator. */
function roleOf(row: TrailMessageRow) {
  return adminsOf(settingsOf(former(row))).includes(row.author) ? 'admin' : 'moderator'
}

/** What an edit may change. Definitions that lack a field mean an empty one. */
function editable(message: Fields): object {
  const { title, body, discussion = '', type, choices, labels = [], plugins, privacy = '' } = message
  return { title, body, discussion, type, choices, labels, plugins: parseJsonObject(plugins), privacy }
}

function ballotFact(row: TrailMessageRow): BallotFact {
  const inWords = (choice: unknown) =>
    describeChoice(choice, { type: String(row.type), choices: row.choices ?? [] })
  return {
    kind: 'ballot',
    choiceText: inWords(row.choice),
    formerChoiceText: row.formerChoice === null ? null : inWords(row.formerChoice),
    state: stateOf(row),
    supersededBy: row.nextBallot === null ? null : Number(row.nextBallot),
    power: row.power,
    symbol: row.symbol ?? '',
    reason: row.reason ?? '',
  }
}

function stateOf({ current, countable, power }: TrailMessageRow): BallotFact['state'] {
  if (!current) return 'superseded'
  if (!countable) return 'uncountable'
  if (power === null) return 'pending'
  return power === '0' ? 'powerless' : 'counted'
}
