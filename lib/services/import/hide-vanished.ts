import { rebuildPlain } from '../../core/messages/rebuild-row'
import { appendImported, type ImportedMessage } from '../../db/import/append-imported'
import { hideImported } from '../../db/import/hide-imported'
import { findProposal } from '../../db/proposal/find-proposal'
import type { Context } from '../context'
import { checkRow } from '../remote-hub/check-row'
import type { SpaceRow } from '../remote-hub/hub-rows'
import type { ImportSource } from './import-source'
import { toImported } from './to-imported'

/** Hides proposals that the hub shows no more, with the signed withdrawal where it shows one. Answers how many messages were new. */
export async function hideVanished(
  ctx: Context,
  source: ImportSource,
  space: SpaceRow,
  ids: readonly string[],
): Promise<number> {
  if (ids.length === 0) return 0
  const { hub } = source
  const id = space.id.toLowerCase()
  const withdrawals = await hub.findMessages(
    { space: id, type: 'delete-proposal' },
    { by: 'timestamp', direction: 'desc' },
  )
  let added = 0
  for (const proposal of ids) {
    const row = await findProposal(ctx.db, proposal)
    if (!row) continue
    const messages: ImportedMessage[] = []
    let by = row.author
    for (const told of withdrawals) {
      const from = told.address
      const claim = {
        ...{
          id: told.id,
          from,
          kinds: ['delete-proposal'] as const,
          chainId: Number(row.network),
          at: told.timestamp,
        },
        rebuild: () =>
          rebuildPlain('delete-proposal', told.id, {
            from,
            space: id,
            timestamps: [told.timestamp],
            proposal,
          }),
      }
      const checked = await checkRow(source, claim, told)
      if (String(checked.form?.message.proposal ?? '').toLowerCase() !== proposal) continue
      by = from
      messages.push(
        toImported(hub, checked, {
          ...{ id: told.id, kind: 'delete-proposal', space: id, author: from, timestamp: told.timestamp },
          ...{
            proposal: row.id as typeof told.id,
            row: { from, space: id, timestamp: told.timestamp, proposal },
          },
        }),
      )
      break
    }
    const as = by === row.author ? 'author' : space.admins.includes(by) ? 'admin' : 'moderator'
    added += await appendImported(ctx.db, ctx.clock.now, messages, (turn) =>
      hideImported(turn, { id: proposal, by, as }),
    )
  }
  return added
}
