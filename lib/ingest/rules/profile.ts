import { parseProfile } from '../../core/messages/profile'
import { homeChain } from '../home-chain'
import type { Rule } from '../rule'
import { checkRows } from './check-rows'

/** What somebody says of himself, as a whole. */
export const profile: Rule = async (ctx, message) => ({
  chainId: homeChain(ctx.chains),
  check: async () =>
    checkRows(ctx, message, { type: 'save-profile', profile: parseProfile(message.message) }),
})
