import { createHash } from 'node:crypto'
import { zeroAddress } from 'viem'
import { ensChainId, fetchEnsName } from '../../chain/ens-name'
import { AppError, refuse } from '../../core/errors'
import { checksumAddress } from '../../core/messages/checksum-address'
import { parseJsonObject } from '../../core/messages/payload-fields'
import { parseSpaceId } from '../../core/messages/space-id'
import type { HexString } from '../../core/views/hex-string'
import { appendImported } from '../../db/import/append-imported'
import { saveImport } from '../../db/import/save-import'
import { saveImportedSpace } from '../../db/import/save-imported-space'
import { findSpace } from '../../db/space/find-space'
import { unixSeconds } from '../../platform/clock'
import type { Context } from '../context'
import { checkRow, type RowVerdict } from '../remote-hub/check-row'
import type { RemoteSpace } from '../remote-hub/hub-rows'
import type { Cursors } from './cursors'
import { fitSettings } from './fit-settings'
import type { RowProblem } from './import-report'
import type { ImportSource } from './import-source'
import { isYetToCome } from './is-yet-to-come'
import { toImported } from './to-imported'

/**
 * Copies a space's settings, and the space itself the first time. Settings that were signed here since stay. What of them
 * cannot be used is left out, and added to `problems`.
 *
 * @throws AppError `not_found`: the hub has no such space; `invalid`: it is here and did not come from this hub, or has no
 * chain, or its settings are another message's
 */
export async function importSettings(
  ctx: Context,
  source: ImportSource,
  space: string,
  { cursors, problems }: { readonly cursors: Cursors; readonly problems: RowProblem[] },
): Promise<{ readonly row: RemoteSpace; readonly added: number }> {
  const { hub } = source
  const row = await hub.findSpace(space)
  if (!row) throw new AppError('not_found', { message: `${hub.url} has no space ${space}` })
  if (parseSpaceId(row.id).id !== space) refuse(`${hub.url} shows another space than ${space}: ${row.id}`)
  const present = await findSpace(ctx.db, space)
  const { hub: from, settingsId } = (present?.origin ?? {}) as { hub?: unknown; settingsId?: unknown }
  if (present && from !== hub.url) {
    refuse(
      from === undefined
        ? `The space ${space} was made here: nothing can be copied into it.`
        : `The space ${space} was copied from ${from}, not from ${hub.url}.`,
    )
  }
  // It has moved: what its hub says of its settings is of no account any more.
  if (present && present.settingsId !== settingsId) return { row, added: 0 }

  const [told] = await hub.findMessages(
    { space, type: 'settings' },
    { by: 'mci', direction: 'desc', first: 1 },
  )
  const isOdd = isYetToCome(ctx, row.created)
  if (isOdd) problems.push({ id: space, problem: `it was made at ${row.created}, which is yet to come` })
  const created = isOdd ? unixSeconds(ctx.clock) : row.created
  const stated = settingsOf(row)
  const text = JSON.stringify(stated)
  // Spaces from before there was a list of messages have none of their settings.
  const id = told?.id ?? (`0x${createHash('sha256').update(text).digest('hex')}` as HexString)
  const author = told?.address ?? checksumAddress(row.admins[0]) ?? zeroAddress
  const timestamp = told?.timestamp ?? created
  const checked = await checkRow(
    source,
    {
      id,
      from: author,
      kinds: ['settings'],
      space,
      chainId: Number(row.network),
      at: timestamp,
      rebuild: () => undefined,
      excuse: 'settings are signed as text, of which the hub shows the meaning alone',
    },
    told,
  )
  if (isYetToCome(ctx, timestamp)) refuse(`${hub.url} shows settings of ${space} that are yet to come`)
  if (checked.isContradicted) refuse(`${hub.url} shows other settings than those of ${space}`)
  const signed = checked.form && parseJsonObject(checked.form.message.settings)
  const fitted = fitSettings(signed ?? stated)
  // What was signed and does not fit, the hub may have made fit.
  const rest = signed && fitted.problems.length > 0 ? fitSettings(stated).settings : {}
  const settings = withNeeded(hub.url, row, { ...rest, ...fitted.settings })
  problems.push(...fitted.problems.map((problem) => ({ id: space, problem })))
  const controller = await findController(ctx, row, present?.controller ?? author)
  const statement = { from: author, space, timestamp, settings: text }
  // Nobody's key signs settings for him.
  const alias: RowVerdict =
    checked.signer === author
      ? { status: 'passed' }
      : { status: 'open', reason: `${checked.signer} signed it, not ${author}` }
  const facts = { id, kind: 'settings', space, author, timestamp, row: statement, alias } as const
  const message = toImported(hub, checked, facts)
  const added = await appendImported(ctx.db, ctx.clock.now, [message], async (turn) => {
    const place = turn.places.get(id)
    if (!place) refuse(`${hub.url} shows as settings of ${space} what is another message here: ${id}`)
    const origin = { hub: hub.url, importedAt: Math.floor(turn.at.getTime() / 1000) }
    await saveImportedSpace(
      turn.sql,
      { id: space, name: settings.name, settings, controller, settingsId: place.id, created, origin },
      turn.at,
    )
    await saveImport(turn.sql, turn.at, { space, hub: hub.url, cursors })
  })
  return { row, added }
}

/** What a hub adds to the settings that it was given, and what is the operator's to say. */
const OWN = [
  'id',
  'created',
  'controller',
  'verified',
  'flagged',
  'flagCode',
  'hibernated',
  'turbo',
  'domain',
]

/** A hub's space as the settings that it came from, without what was left out of them. */
function settingsOf(row: RemoteSpace): Record<string, unknown> {
  const { parent, children, ...rest } = row as RemoteSpace & { parent?: unknown; children?: unknown }
  const idOf = (value: unknown) => (value as { id?: unknown } | null | undefined)?.id
  return {
    ...filled(Object.fromEntries(Object.entries(rest).filter(([name]) => !OWN.includes(name)))),
    ...(typeof idOf(parent) === 'string' && { parent: idOf(parent) }),
    ...(Array.isArray(children) && children.length > 0 && { children: children.map(idOf) }),
    // Whatever is empty elsewhere, these are looked at.
    strategies: row.strategies.map((strategy) => filled(strategy)),
  }
}

/** Settings of which at least what no page can do without is there. */
function withNeeded(hub: string, { id, network }: RemoteSpace, fitted: Readonly<Record<string, unknown>>) {
  if (fitted.network === undefined) refuse(`${hub} shows a space of ${network}, which is no EVM chain`)
  return { strategies: [], ...fitted, name: typeof fitted.name === 'string' ? fitted.name : id.slice(0, 32) }
}

function filled(values: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]): [string, unknown][] => {
      const isEmpty =
        value === null ||
        value === '' ||
        value === false ||
        value === 'default' ||
        (Array.isArray(value) && value.length === 0)
      if (isEmpty) return []
      const isNested = ['voting', 'filters', 'validation', 'voteValidation', 'delegationPortal'].includes(
        name,
      )
      if (isNested && typeof value === 'object') return [[name, filled(value)]]
      const items = name === 'labels' && Array.isArray(value) ? value : undefined
      return [[name, items?.map((item) => (isObject(item) ? filled(item) : item)) ?? value]]
    }),
  )
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Who may change the space here: of an ENS name whom ENS names, where it can be asked, else whom the hub names, else who
 * signed its settings. Throws `controller_unknown` while ENS does not answer: no hub stands in for it.
 */
async function findController(ctx: Context, row: RemoteSpace, otherwise: string): Promise<string> {
  const hasEns = ctx.chains.has(ensChainId(ctx.chains))
  const name = hasEns && row.id.includes('.') ? await fetchEnsName(ctx.chains, row.id) : undefined
  return name?.controller ?? checksumAddress(row.controller) ?? otherwise
}
