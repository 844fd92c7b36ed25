import { ALIAS_SECONDS } from '../../core/messages/alias'
import type { AccountView } from '../../core/views/account-view'
import type { HexString } from '../../core/views/hex-string'
import { findAccount } from '../../db/account/find-account'
import { unixSeconds } from '../../platform/clock'
import type { Context } from '../context'
import { viewStatement } from './view-statement'

/** What an account (EIP-55) has signed about itself; one that never signed anything is empty. */
export async function getAccount(ctx: Context, address: HexString): Promise<AccountView> {
  const { profile, follows, statements, aliases } = await findAccount(
    ctx.db,
    address,
    unixSeconds(ctx.clock) - ALIAS_SECONDS,
  )
  return {
    address,
    profile: profile as AccountView['profile'],
    follows,
    statements: statements.map(viewStatement),
    aliases: aliases.map(({ alias, since }) => ({
      alias: alias as HexString,
      since,
      until: since + ALIAS_SECONDS,
    })),
  }
}
