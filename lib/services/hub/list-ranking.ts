import { z } from 'zod'
import { decodeCursor, encodeCursor } from '../keyset-cursor'
import type { HubRequest } from './hub-request'
import { checkLimits, type ListArguments } from './list-page'
import { rankSpaces } from './rank-spaces'
import { viewSpace } from './view-space'

const limits = { first: 20, skip: 100_000 }
const cursorSchema = z.tuple([z.literal('rank'), z.int().min(1)])

/** Spaces by popularity, and of which categories all are that fit but for the category asked for. Throws `invalid`. */
export async function listRanking(hub: HubRequest, args: ListArguments) {
  checkLimits(args, limits)
  const text = (name: string) => String(args.where?.[name] ?? '')
  const search = text('search').toLowerCase()
  const category = text('category').toLowerCase()
  const [network, strategy, plugin] = [text('network'), text('strategy'), text('plugin')]
  const fitting = [...(await rankSpaces(hub)).values()].filter(
    (space) =>
      space.rank !== null &&
      (space.id.includes(search) || space.name.toLowerCase().includes(search)) &&
      (network === '' || space.networks.includes(network)) &&
      (strategy === '' || space.strategies.includes(strategy)) &&
      (plugin === '' || space.plugins.includes(plugin)),
  )
  const categories = new Map<string, number>()
  for (const name of fitting.flatMap((space) => space.categories)) {
    categories.set(name, (categories.get(name) ?? 0) + 1)
  }
  const found = fitting.filter(
    (space) => category === '' || category === 'all' || space.categories.includes(category),
  )
  const after = args.after == null ? 0 : decodeCursor(cursorSchema, args.after)[1]
  const page = found.filter(({ rank }) => Number(rank) > after).slice(args.skip, args.skip + args.first)
  const rows = await hub.space.loadMany(page.map(({ id }) => id))
  return {
    metrics: { total: found.length, categories: Object.fromEntries(categories) },
    items: rows.flatMap((row, index) => {
      if (row instanceof Error) throw row
      return row ? [{ ...viewSpace(row), cursor: encodeCursor(['rank', page[index]?.rank]) }] : []
    }),
  }
}
