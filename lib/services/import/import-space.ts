import { parseSpaceId } from '../../core/messages/space-id'
import { findImport } from '../../db/import/find-import'
import { listImportedProposals } from '../../db/import/list-imported-proposals'
import { readImportTotals } from '../../db/import/read-import-totals'
import { refreshCounters } from '../../db/import/refresh-counters'
import { saveImport } from '../../db/import/save-import'
import type { Context } from '../context'
import type { RemoteMessage, RemoteSpace } from '../remote-hub/hub-rows'
import { type Cursors, readCursors } from './cursors'
import { hideVanished } from './hide-vanished'
import { importPeople } from './import-people'
import { importProposals } from './import-proposals'
import { type ImportReport, type RowProblem, reportOf } from './import-report'
import { importSettings } from './import-settings'
import type { ImportSource } from './import-source'
import { importVotes, saveVotes } from './import-votes'
import { saveProposals } from './save-proposals'
import { settleCount } from './settle-count'

/** Proposals, or ballots, asked for at once. */
const MANY = 100

/** A message of the hub's feed: that something happened, not what. */
export type News = Pick<RemoteMessage, 'id' | 'type' | 'mci'>

export interface ImportHints {
  /** What the hub's feed says happened since the last look; undefined: it may be anything. */
  readonly news?: readonly News[]
}

/**
 * Copies a space from another hub into this database, or what is new of it since: settings, proposals, ballots, follows
 * and statements, each signature checked that can be, each vote counted again. It may be stopped at any moment: the next
 * run goes on. A run when there is nothing new adds nothing.
 *
 * @throws AppError as `importSettings` does; `invalid` for a hub that cannot be read
 */
export async function importSpace(
  ctx: Context,
  source: ImportSource,
  spaceId: string,
  { news }: ImportHints = {},
): Promise<ImportReport> {
  const { hub } = source
  const startedMs = performance.now()
  const space = parseSpaceId(spaceId).id
  const known = await findImport(ctx.db, space)
  const cursors = readCursors(known?.cursors)
  if (!known) cursors.mci = await newestMci(source, space)
  const problems: RowProblem[] = []
  const { row, added: settingsAdded } = await importSettings(ctx, source, space, { cursors, problems })

  let added = settingsAdded
  const has = (...types: string[]) => !news || news.some(({ type }) => types.includes(type))
  const before = await listImportedProposals(ctx.db, space)
  if (has('proposal')) added += await importProposals(ctx, source, row, cursors, problems)
  if (before.length > 0 && has('update-proposal', 'delete-proposal', 'flag-proposal')) {
    added += await recheck(ctx, source, { space: row, ids: before.map(({ id }) => id), cursors, problems })
  }
  added += await importNewVotes(ctx, source, space, cursors, news)
  if (has('follow', 'unfollow', 'statement')) added += await importPeople(ctx, source, row, problems)

  const totals = await readImportTotals(ctx.db, space)
  const report = reportOf(hub, space, totals, { added, problems, tookMs: performance.now() - startedMs })
  await ctx.db.transaction(async (sql) => {
    if (added > 0 || !news) await refreshCounters(sql, space)
    await saveImport(sql, new Date(ctx.clock.now()), { space, hub: hub.url, cursors, report })
  })
  return report
}

async function newestMci({ hub }: ImportSource, space: string): Promise<number> {
  const [newest] = await hub.findMessages({ space }, { by: 'mci', direction: 'desc', first: 1 })
  return newest?.mci ?? 0
}

/** Ballots of proposals that are not counted for good, and their counts. */
async function importNewVotes(
  ctx: Context,
  source: ImportSource,
  space: string,
  cursors: Cursors,
  news: ImportHints['news'],
): Promise<number> {
  const open = (await listImportedProposals(ctx.db, space)).filter(({ isDone }) => !isDone)
  // Late ones, with an early time, lie behind the cursor.
  const ids = news?.flatMap(({ type, id }) => (type.startsWith('vote') ? id : [])) ?? []
  let added = 0
  for (let i = 0; i < open.length; i += MANY) {
    const some = open.slice(i, i + MANY).map(({ id }) => id)
    const shown = (await source.hub.byIds('proposals', some)).filter((row) => row.space === space)
    for (let at = 0; at < ids.length; at += MANY) {
      const late = await source.hub.byIds('votes', ids.slice(at, at + MANY))
      for (const proposal of shown) {
        const rows = late.filter((vote) => vote.proposal === proposal.id)
        if (rows.length > 0) added += await saveVotes(ctx, source, { proposal, rows, cursors })
      }
    }
    for (const proposal of shown) {
      added += await importVotes(ctx, source, proposal, cursors)
      await settleCount(ctx, proposal, cursors)
    }
  }
  return added
}

/** What may have changed of proposals that were copied before: their text, a flag, that they are there. */
async function recheck(
  ctx: Context,
  source: ImportSource,
  {
    space,
    ids,
    cursors,
    problems,
  }: {
    readonly space: RemoteSpace
    readonly ids: readonly string[]
    readonly cursors: Cursors
    readonly problems: RowProblem[]
  },
): Promise<number> {
  let added = 0
  const gone: string[] = []
  for (let i = 0; i < ids.length; i += MANY) {
    const some = ids.slice(i, i + MANY)
    const rows = await source.hub.byIds('proposals', some)
    const found = new Set<string>(rows.map(({ id }) => id))
    gone.push(...some.filter((id) => !found.has(id)))
    added += await saveProposals(ctx, source, { space, rows, cursors, problems })
  }
  return added + (await hideVanished(ctx, source, space, gone))
}
