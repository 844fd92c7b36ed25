import { AppError } from '../../core/errors'
import { findImport } from '../../db/import/find-import'
import { listImportedProposals } from '../../db/import/list-imported-proposals'
import { saveImport } from '../../db/import/save-import'
import type { Context } from '../context'
import { readCursors } from './cursors'
import type { ImportReport } from './import-report'
import type { ImportSource } from './import-source'
import { importSpace, type News } from './import-space'

/** Messages that a feed shows at once. */
const PAGE = 500
/** Read in one look: a hub can go on for ever. What is left comes with the next one. */
const MOST_PAGES = 20

/**
 * Looks once at what happened in a space that was imported, by the hub's feed of messages, and copies it. Where there is no
 * feed, looks everywhere. Answers what came of it; undefined when there was nothing to do.
 */
export async function followHub(
  ctx: Context,
  source: ImportSource,
  space: string,
): Promise<ImportReport | undefined> {
  const known = await findImport(ctx.db, space)
  const { mci } = readCursors(known?.cursors)
  const news = await readFeed(source, space, mci)
  if (!news) return importSpace(ctx, source, space)
  const isOpen = (await listImportedProposals(ctx.db, space)).some(({ isDone }) => !isDone)
  // A vote that ends leaves no message.
  if (news.length === 0 && !isOpen) return undefined
  const report = await importSpace(ctx, source, space, { news })
  const newest = Math.max(mci, ...news.map((message) => message.mci))
  const now = await findImport(ctx.db, space)
  const cursors = { ...readCursors(now?.cursors), mci: newest }
  await ctx.db.transaction((sql) =>
    saveImport(sql, new Date(ctx.clock.now()), { space, hub: source.hub.url, cursors }),
  )
  return report
}

/** What came after that number, the oldest of it first; undefined where the hub has no feed. */
async function readFeed({ hub }: ImportSource, space: string, mci: number): Promise<News[] | undefined> {
  try {
    const news: News[] = []
    let after = mci
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const told = await hub.findMessages(
        { space, mci_gt: after },
        { by: 'mci', direction: 'asc', first: PAGE },
      )
      const fresh = told.filter((message) => message.mci > after)
      news.push(...fresh.map(({ id, type, mci }) => ({ id, type, mci })))
      if (fresh.length < PAGE) return news
      after = Math.max(...fresh.map((message) => message.mci))
    }
    return news
  } catch (error) {
    if (error instanceof AppError && error.message.includes('answers an error')) return undefined
    throw error
  }
}
