import { refuse } from '../../core/errors'
import { parseAlias } from '../../core/messages/alias'
import { signedTime } from '../../core/messages/signed-time'
import { homeChain } from '../home-chain'
import type { Rule } from '../rule'
import { checkRows } from './check-rows'

/** Lets a key sign for the message's author for 90 days. Sent again, for 90 more. */
export const alias: Rule = async (ctx, message) => ({
  chainId: homeChain(ctx.chains),
  async check() {
    const { alias } = parseAlias(message.message, 'alias')
    if (alias === message.from) refuse('alias cannot be the same as the address')
    // Whoever finds a link that was signed years ago, and revoked elsewhere since, could make it good for 90 days more.
    if (signedTime(message) === undefined) {
      refuse('A link without a time would be good for ever: sign it with its time (Alias with a timestamp).')
    }
    return checkRows(ctx, message, { type: 'link-alias', alias })
  },
})
