import { checksumAddress } from '../../core/messages/checksum-address'
import { findInList } from '../../db/hub/find-in-list'
import { users } from '../../db/hub/lists/users'
import type { HubRequest } from './hub-request'
import { type ListArguments, listPage } from './list-page'
import { viewUser } from './view-user'

/** Users with a profile; who is asked for by id and has none comes after them, with what he did alone. */
export async function listUsers(hub: HubRequest, args: ListArguments) {
  const known = await listPage(hub, users, args, (row) => viewUser(row.address, row))
  const { id, id_in: ids } = args.where ?? {}
  const asked = [id, ...(Array.isArray(ids) ? ids : [])].flatMap((value) => addressOf(value) ?? [])
  const isWhole = args.skip === 0 && args.after == null && known.length < args.first
  if (asked.length === 0 || !isWhole) return known
  // Who has a profile that does not fit is no stranger.
  const profiles = new Set((await findInList(hub.reader, users, asked)).map(({ address }) => address))
  const strangers = [...new Set(asked)].filter((address) => !profiles.has(address))
  return [...known, ...strangers.map((address) => ({ ...viewUser(address), cursor: null }))].slice(
    0,
    args.first,
  )
}

/** Somebody, whoever he is; null for what is no address. */
export async function findUser(hub: HubRequest, id: string) {
  const address = addressOf(id)
  if (address === undefined) return null
  const [row] = await findInList(hub.reader, users, [address])
  return viewUser(address, row)
}

function addressOf(value: unknown): string | undefined {
  return typeof value === 'string' ? checksumAddress(value.toLowerCase()) : undefined
}
