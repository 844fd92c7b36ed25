import { appendImported, type ImportedMessage } from '../../db/import/append-imported'
import { saveImport } from '../../db/import/save-import'
import { type ImportedVote, saveImportedVotes } from '../../db/import/save-imported-votes'
import type { Context } from '../context'
import { type CheckedVoteRow, checkVote } from '../remote-hub/check-vote'
import { type FoundAliases, findAliases, type UsedAlias } from '../remote-hub/find-aliases'
import type { RemoteProposal, RemoteVote } from '../remote-hub/hub-rows'
import { mostVotes } from '../remote-hub/most-votes'
import { powersOf } from '../remote-hub/recount-rows'
import type { Cursors } from './cursors'
import type { ImportSource } from './import-source'
import { isYetToCome } from './is-yet-to-come'
import { toImported } from './to-imported'

/** Ballots of one transaction: the log stands still for as long. */
const BATCH = 500
/** Of those that are left out, named. */
const NAMED = 20

/** Copies the ballots of a proposal that were signed since the last look. Answers how many messages were new. */
export async function importVotes(
  ctx: Context,
  source: ImportSource,
  proposal: RemoteProposal,
  cursors: Cursors,
): Promise<number> {
  const cursor = cursorOf(cursors, proposal)
  let [added, seen] = [0, 0]
  const limits = { since: cursor.since, most: mostVotes(proposal, 'import') }
  for await (const page of source.hub.list('votes', { proposal: proposal.id }, limits)) {
    added += await saveVotes(ctx, source, { proposal, rows: page, cursors })
    seen += page.length
    source.onProgress?.(`${proposal.title.slice(0, 40)}: ${seen} of ${proposal.votes} ballots`)
  }
  return added
}

function cursorOf(cursors: Cursors, { id, state }: RemoteProposal): Cursors['votes'][string] {
  const isOver = state === 'closed'
  const known = cursors.votes[id]
  // What came in late, with an early time, and what powers have become, shows only when it is all read again.
  const cursor =
    known && (known.isOver || !isOver) ? known : { since: 0, isOver, leftOut: [], leftOutCount: 0 }
  cursors.votes[id] = cursor
  return cursor
}

/** Writes ballots as the hub shows them; what is proven false is left out, and named. */
export async function saveVotes(
  ctx: Context,
  source: ImportSource,
  { proposal, rows, cursors }: { proposal: RemoteProposal; rows: readonly RemoteVote[]; cursors: Cursors },
): Promise<number> {
  const { hub } = source
  const cursor = cursorOf(cursors, proposal)
  const told = await hub.messages(rows.map(({ id }) => id))
  const checked: CheckedVoteRow[] = []
  for (const row of rows) checked.push(await checkVote(source, proposal, row, told.get(row.id)))
  const aliases = await findAliases(
    source,
    checked.map((vote) => usedBy(vote, proposal)),
  )
  let added = 0
  for (let i = 0; i < checked.length; i += BATCH) {
    const good: CheckedVoteRow[] = []
    for (const vote of checked.slice(i, i + BATCH)) {
      const problem = forgeryOf(ctx, proposal, vote, aliases)
      if (problem === undefined) good.push(vote)
      else leaveOut(cursor, vote.row.id, problem)
    }
    cursor.since = Math.max(cursor.since, checked[Math.min(i + BATCH, checked.length) - 1]?.row.created ?? 0)
    const messages = [
      ...(i === 0 ? linksOf(source, aliases) : []),
      ...good.map((vote) => messageOf(source, proposal, vote, aliases)),
    ]
    added += await appendImported(ctx.db, ctx.clock.now, messages, async (turn) => {
      for (const { row } of good) {
        if (!turn.places.has(row.id)) leaveOut(cursor, row.id, 'its id is another message’s here')
      }
      await saveImportedVotes(
        turn,
        good.map((vote) => toVote(proposal, vote)),
      )
      await saveImport(turn.sql, turn.at, { space: proposal.space, hub: hub.url, cursors })
    })
  }
  return added
}

function leaveOut(cursor: Cursors['votes'][string], id: string, problem: string): void {
  if (cursor.leftOut.some((known) => known.id === id)) return
  cursor.leftOutCount += 1
  if (cursor.leftOut.length < NAMED) cursor.leftOut.push({ id, problem })
}

function usedBy({ row, signer }: CheckedVoteRow, { network }: RemoteProposal): UsedAlias {
  return { principal: row.voter, alias: signer, at: row.created, chainId: Number(network) }
}

/** What proves a ballot false. One that only cannot be checked is copied, and marked. */
function forgeryOf(
  ctx: Context,
  proposal: RemoteProposal,
  vote: CheckedVoteRow,
  aliases: FoundAliases,
): string | undefined {
  const { row, signature, identity, isContradicted, form } = vote
  if (signature.status === 'failed') return signature.reason
  const alias = aliases.verdictOf(usedBy(vote, proposal))
  if (alias.status === 'failed') return alias.reason
  if (isContradicted && identity.status === 'failed') return identity.reason
  const signedAt = Number(form?.message.timestamp ?? row.created)
  if (signedAt < proposal.start || signedAt > proposal.end)
    return `it was signed at ${signedAt}, when nobody could vote`
  if (isYetToCome(ctx, signedAt)) return `it was signed at ${signedAt}, which is yet to come`
  const about = String(form?.message.proposal ?? row.proposal).toLowerCase()
  return about === proposal.id ? undefined : `it is about the proposal ${about}`
}

function messageOf(
  { hub }: ImportSource,
  proposal: RemoteProposal,
  vote: CheckedVoteRow,
  aliases: FoundAliases,
): ImportedMessage {
  const { row } = vote
  const { id, voter, created, choice, reason, app, metadata } = row
  return toImported(hub, vote, {
    id,
    kind: 'vote',
    space: proposal.space,
    author: voter,
    timestamp: created,
    proposal: proposal.id,
    alias: aliases.verdictOf(usedBy(vote, proposal)),
    row: {
      from: voter,
      space: proposal.space,
      timestamp: created,
      proposal: proposal.id,
      choice,
      reason,
      app,
      metadata,
    },
  })
}

/** The messages by which voters let others sign for them: kept as evidence. Here they let nobody sign. */
function linksOf({ hub }: ImportSource, { links }: FoundAliases): ImportedMessage[] {
  return links
    .filter(({ signature }) => signature.status === 'passed')
    .map((link) => {
      const { principal, alias, told } = link
      const { id, timestamp } = told
      const row = { from: principal, alias, timestamp }
      return toImported(hub, link, { id, kind: 'alias', space: '', author: principal, timestamp, row })
    })
    .filter(({ message }, index, all) => all.findIndex((other) => other.message.id === message.id) === index)
}

function toVote(proposal: RemoteProposal, { row, choice, form }: CheckedVoteRow): ImportedVote {
  const { metadata } = row
  return {
    id: row.id,
    proposal: proposal.id,
    space: proposal.space,
    voter: row.voter,
    choice,
    isSigned: form !== undefined || proposal.privacy === 'shutter',
    // What its signature does not cover, somebody else may have written.
    reason: form ? String(form.message.reason ?? '') : row.reason,
    app: form ? String(form.message.app ?? '') : row.app,
    metadata: typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata) ? metadata : {},
    created: Number(form?.message.timestamp ?? row.created),
    powerByStrategy: powersOf(row, proposal.strategies.length),
  }
}
