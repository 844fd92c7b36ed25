import { parseAlias } from '../../core/messages/alias'
import { homeChain } from '../home-chain'
import type { Rule } from '../rule'
import { checkRows } from './check-rows'

/** Lets a key sign for the message's author no more. */
export const revokeAlias: Rule = async (ctx, message) => ({
  chainId: homeChain(ctx.chains),
  async check() {
    const { alias } = parseAlias(message.message, 'revoke-alias')
    return checkRows(ctx, message, { type: 'revoke-alias', alias })
  },
})
