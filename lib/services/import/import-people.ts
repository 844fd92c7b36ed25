import type { RebuiltMessage } from '../../core/messages/rebuild-message'
import { rebuildPlain } from '../../core/messages/rebuild-row'
import type { HexString } from '../../core/views/hex-string'
import { appendImported } from '../../db/import/append-imported'
import {
  dropImportedFollows,
  type ImportedStatement,
  saveImportedFollows,
  saveImportedStatements,
} from '../../db/import/save-imported-people'
import type { Context } from '../context'
import { type CheckedRow, checkRow, type RowVerdict } from '../remote-hub/check-row'
import { findAliases } from '../remote-hub/find-aliases'
import type { RemoteSpace, RemoteStatement } from '../remote-hub/hub-rows'
import type { RowProblem } from './import-report'
import type { ImportSource } from './import-source'
import { isYetToCome } from './is-yet-to-come'
import { toImported } from './to-imported'

const MOST = 2_000_000

/** Where people's rows go, and what is wrong with any. */
interface Target {
  readonly ctx: Context
  readonly source: ImportSource
  readonly space: RemoteSpace
  readonly problems: RowProblem[]
}

/**
 * Copies who follows a space and what delegates say to it. Answers how many messages were new; what is wrong with any is
 * added to `problems`.
 */
export async function importPeople(
  ctx: Context,
  source: ImportSource,
  space: RemoteSpace,
  problems: RowProblem[],
): Promise<number> {
  const target = { ctx, source, space, problems }
  return (await importFollows(target)) + (await importStatements(target))
}

async function importFollows(target: Target): Promise<number> {
  const { ctx, source, space } = target
  const { hub } = source
  const id = space.id.toLowerCase()
  const still: string[] = []
  let added = 0
  for await (const page of hub.list('follows', { space: id }, { most: MOST })) {
    const good = await leaveOutForged(target, 'follow', page, (row) => ({
      from: row.follower,
      at: row.created,
      rebuild: () =>
        rebuildPlain('follow', row.id, {
          from: row.follower,
          space: id,
          timestamps: [row.created],
          network: row.network,
        }),
    }))
    const messages = good.map(({ row, checked, alias }) =>
      toImported(hub, checked, {
        id: row.id,
        kind: 'follow',
        space: id,
        author: row.follower,
        timestamp: row.created,
        alias,
        row: { from: row.follower, space: id, timestamp: row.created, network: row.network || 's' },
      }),
    )
    added += await appendImported(ctx.db, ctx.clock.now, messages, async (turn) => {
      still.push(...[...turn.places.values()].map((place) => place.id))
      await saveImportedFollows(
        turn,
        good.map(({ row }) => ({ ...row, space: id, network: row.network || 's' })),
      )
    })
    source.onProgress?.(`${still.length} follows`)
  }
  await appendImported(ctx.db, ctx.clock.now, [], (turn) => dropImportedFollows(turn, id, still))
  return added
}

async function importStatements(target: Target): Promise<number> {
  const { ctx, source, space } = target
  const { hub } = source
  const id = space.id.toLowerCase()
  let added = 0
  for await (const page of hub.list('statements', { space: id }, { most: MOST })) {
    const good = await leaveOutForged(target, 'statement', page, (row) => ({
      from: row.delegate,
      at: row.updated,
      rebuild: () =>
        rebuildPlain('statement', row.id, {
          from: row.delegate,
          space: id,
          timestamps: [row.updated, row.created],
          ...wordsOf(row, undefined),
        }),
    }))
    const statements: ImportedStatement[] = []
    const messages = good.map(({ row, checked, alias }) => {
      const { delegate, created } = row
      const said = wordsOf(row, checked.form)
      const updated = signedAt(checked, row.updated)
      const message = toImported(hub, checked, {
        id: row.id,
        kind: 'statement',
        space: id,
        author: delegate,
        timestamp: updated,
        alias,
        row: { from: delegate, space: id, timestamp: updated, ...said },
      })
      statements.push({
        ...{ id: row.id, delegate, space: id, ...said, created, updated },
        network: said.network || 's',
        status: said.status === 'ACTIVE' ? 'ACTIVE' : 'INACTIVE',
        isProven: message.message.id === row.id,
      })
      return message
    })
    added += await appendImported(ctx.db, ctx.clock.now, messages, (turn) =>
      saveImportedStatements(turn, statements),
    )
  }
  return added
}

/** What a delegate says: as it was signed, where that is known. */
function wordsOf(row: RemoteStatement, form: CheckedRow['form']) {
  const word = (name: 'about' | 'statement' | 'discourse' | 'status' | 'network') =>
    form ? String(form.message[name] ?? '') : row[name]
  return {
    about: word('about'),
    statement: word('statement'),
    discourse: word('discourse'),
    status: word('status'),
    network: word('network'),
  }
}

function signedAt({ form }: CheckedRow, told: number): number {
  return Number(form?.message.timestamp ?? told)
}

/** What a row says of its message. */
interface Claim {
  readonly from: HexString
  /** Unix seconds. */
  readonly at: number
  readonly rebuild: () => RebuiltMessage | undefined
}

/** Rows that are not proven false, with what was checked of them and whether who signed was entitled to. */
async function leaveOutForged<Row extends { readonly id: HexString }>(
  { ctx, source, space, problems }: Target,
  kind: 'follow' | 'statement',
  rows: readonly Row[],
  claimOf: (row: Row) => Claim,
): Promise<{ row: Row; checked: CheckedRow; alias: RowVerdict }[]> {
  const told = await source.hub.messages(rows.map(({ id }) => id))
  const chainId = Number(space.network)
  const all: { row: Row; checked: CheckedRow; used: Parameters<typeof findAliases>[1][number] }[] = []
  for (const row of rows) {
    const { id } = row
    const { from, at, rebuild } = claimOf(row)
    const claim = { id, from, kinds: [kind], space: space.id.toLowerCase(), chainId, at, rebuild }
    const checked = await checkRow(source, claim, told.get(id))
    all.push({
      row,
      checked,
      used: { principal: from, alias: checked.signer, at: signedAt(checked, at), chainId },
    })
  }
  const aliases = await findAliases(
    source,
    all.map(({ used }) => used),
  )
  return all.flatMap(({ row, checked, used }) => {
    const { signature, identity, isContradicted } = checked
    const alias = aliases.verdictOf(used)
    const wrong = [signature, ...(isContradicted ? [identity] : []), alias].find(
      ({ status }) => status === 'failed',
    )
    const problem =
      wrong && 'reason' in wrong
        ? wrong.reason
        : isYetToCome(ctx, used.at)
          ? `it was signed at ${used.at}, which is yet to come`
          : undefined
    if (problem === undefined) return [{ row, checked, alias }]
    problems.push({ id: row.id, problem })
    return []
  })
}
