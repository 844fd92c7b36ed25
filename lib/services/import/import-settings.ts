import { createHash } from 'node:crypto'
import { zeroAddress } from 'viem'
import { ensChainId, fetchEnsName } from '../../chain/ens-name'
import { AppError, refuse } from '../../core/errors'
import { checksumAddress } from '../../core/messages/checksum-address'
import { parseJsonObject } from '../../core/messages/payload-fields'
import { settingsSchema } from '../../core/messages/settings'
import { parseSpaceId } from '../../core/messages/space-id'
import type { HexString } from '../../core/views/hex-string'
import { appendImported } from '../../db/import/append-imported'
import { saveImport } from '../../db/import/save-import'
import { saveImportedSpace } from '../../db/import/save-imported-space'
import { findSpace } from '../../db/space/find-space'
import type { Context } from '../context'
import { checkRow } from '../remote-hub/check-row'
import type { RemoteSpace } from '../remote-hub/hub-rows'
import type { Cursors } from './cursors'
import type { ImportSource } from './import-source'
import { toImported } from './to-imported'

/**
 * Copies a space's settings, and the space itself the first time. Settings that were signed here since stay.
 *
 * @throws AppError `not_found`: the hub has no such space; `invalid`: it is here and did not come from this hub
 */
export async function importSettings(
  ctx: Context,
  source: ImportSource,
  space: string,
  cursors: Cursors,
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
  const stated = settingsOf(row)
  const text = JSON.stringify(stated)
  // Spaces from before there was a list of messages have none of their settings.
  const id = told?.id ?? (`0x${createHash('sha256').update(text).digest('hex')}` as HexString)
  const author = told?.address ?? checksumAddress(row.admins[0]) ?? zeroAddress
  const timestamp = told?.timestamp ?? row.created
  const checked = await checkRow(
    source,
    {
      id,
      from: author,
      kinds: ['settings'],
      chainId: Number(row.network),
      at: timestamp,
      rebuild: () => undefined,
      excuse: 'settings are signed as text, of which the hub shows the meaning alone',
    },
    told,
  )
  const isOfSpace = String(checked.form?.message.space ?? space).toLowerCase() === space
  if (!isOfSpace) refuse(`${hub.url} shows settings of another space as those of ${space}`)
  const signed = checked.form && parseJsonObject(checked.form.message.settings)
  const settings = signed ? (settingsSchema.safeParse(signed).data ?? { ...stated, ...signed }) : stated
  const controller = await findController(ctx, row, present?.controller ?? author)
  const statement = { from: author, space, timestamp, settings: text }
  const message = toImported(hub, checked, { id, kind: 'settings', space, author, timestamp, row: statement })
  const added = await appendImported(ctx.db, ctx.clock.now, [message], async (turn) => {
    const origin = { hub: hub.url, importedAt: Math.floor(turn.at.getTime() / 1000) }
    const { name, created } = row
    await saveImportedSpace(
      turn.sql,
      { id: space, name, settings, controller, settingsId: id, created, origin },
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
      return [[name, isNested && typeof value === 'object' && value !== null ? filled(value) : value]]
    }),
  )
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
