import { rebuildPlain } from '../../core/messages/rebuild-row'
import { appendImported, type ImportedMessage } from '../../db/import/append-imported'
import {
  dropImportedFollows,
  saveImportedFollows,
  saveImportedStatements,
} from '../../db/import/save-imported-people'
import type { Context } from '../context'
import { type CheckedRow, checkRow } from '../remote-hub/check-row'
import type { RemoteFollow, RemoteMessage, RemoteSpace, RemoteStatement } from '../remote-hub/hub-rows'
import type { ImportSource } from './import-source'
import { toImported } from './to-imported'

const MOST = 2_000_000

/** Copies who follows a space and what delegates say to it. Answers how many messages were new. */
export async function importPeople(ctx: Context, source: ImportSource, space: RemoteSpace): Promise<number> {
  return (await importFollows(ctx, source, space)) + (await importStatements(ctx, source, space))
}

async function importFollows(ctx: Context, source: ImportSource, space: RemoteSpace): Promise<number> {
  const { hub } = source
  const id = space.id.toLowerCase()
  const still: string[] = []
  let added = 0
  for await (const page of hub.list('follows', { space: id }, { most: MOST })) {
    const told = await hub.messages(page.map((row) => row.id))
    const messages: ImportedMessage[] = []
    const good: RemoteFollow[] = []
    for (const row of page) {
      const checked = await checkPlain(source, space, 'follow', row.id, told.get(row.id), {
        from: row.follower,
        at: row.created,
        rebuild: () =>
          rebuildPlain('follow', row.id, {
            from: row.follower,
            space: id,
            timestamps: [row.created],
            network: row.network,
          }),
      })
      if (isForged(checked)) continue
      good.push(row)
      messages.push(
        toImported(hub, checked, {
          id: row.id,
          kind: 'follow',
          space: id,
          author: row.follower,
          timestamp: row.created,
          row: { from: row.follower, space: id, timestamp: row.created, network: row.network || 's' },
        }),
      )
    }
    still.push(...page.map((row) => row.id))
    added += await appendImported(ctx.db, ctx.clock.now, messages, (turn) =>
      saveImportedFollows(
        turn,
        good.map((row) => ({ ...row, space: id, network: row.network || 's' })),
      ),
    )
    source.onProgress?.(`${still.length} follows`)
  }
  await appendImported(ctx.db, ctx.clock.now, [], (turn) => dropImportedFollows(turn, id, still))
  return added
}

async function importStatements(ctx: Context, source: ImportSource, space: RemoteSpace): Promise<number> {
  const { hub } = source
  const id = space.id.toLowerCase()
  let added = 0
  for await (const page of hub.list('statements', { space: id }, { most: MOST })) {
    const told = await hub.messages(page.map((row) => row.id))
    const messages: ImportedMessage[] = []
    const good: RemoteStatement[] = []
    for (const row of page) {
      const { delegate, about, statement, discourse, status, network } = row
      const said = { about, statement, discourse, status, network }
      const checked = await checkPlain(source, space, 'statement', row.id, told.get(row.id), {
        from: delegate,
        at: row.updated,
        rebuild: () =>
          rebuildPlain('statement', row.id, {
            from: delegate,
            space: id,
            timestamps: [row.updated, row.created],
            ...said,
          }),
      })
      if (isForged(checked)) continue
      good.push(row)
      messages.push(
        toImported(hub, checked, {
          id: row.id,
          kind: 'statement',
          space: id,
          author: delegate,
          timestamp: row.updated,
          row: { from: delegate, space: id, timestamp: row.updated, ...said },
        }),
      )
    }
    added += await appendImported(ctx.db, ctx.clock.now, messages, (turn) =>
      saveImportedStatements(
        turn,
        good.map(({ status, network, ...row }) => ({
          ...row,
          space: id,
          network: network || 's',
          status: status === 'ACTIVE' ? 'ACTIVE' : 'INACTIVE',
        })),
      ),
    )
  }
  return added
}

function checkPlain(
  source: ImportSource,
  { network }: RemoteSpace,
  kind: 'follow' | 'statement',
  id: RemoteFollow['id'],
  told: RemoteMessage | undefined,
  {
    from,
    at,
    rebuild,
  }: { from: RemoteFollow['follower']; at: number; rebuild: () => ReturnType<typeof rebuildPlain> },
): Promise<CheckedRow> {
  return checkRow(source, { id, from, kinds: [kind], chainId: Number(network), at, rebuild }, told)
}

function isForged({ signature, isContradicted }: CheckedRow): boolean {
  return signature.status === 'failed' || isContradicted
}
