import type { NameView } from '../../core/views/account-view'
import type { HexString } from '../../core/views/hex-string'
import { listProfiles } from '../../db/account/list-profiles'
import type { Context } from '../context'

/** What those of these accounts (EIP-55) that have a profile call themselves. */
export async function listNames(ctx: Context, addresses: readonly string[]): Promise<NameView[]> {
  const rows = await listProfiles(ctx.db, addresses)
  return rows.map(({ address, profile }) => {
    const { name = '', about = '' } = profile as { name?: string; about?: string }
    return { address: address as HexString, name, about }
  })
}
