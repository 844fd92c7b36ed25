import { getMessageSpace } from '../find-subject'
import type { Rule } from '../rule'
import { checkRows } from './check-rows'
import { ownNetwork } from './own-network'

/** Somebody follows a space no more. */
export const unfollow: Rule = async (ctx, message) => {
  const { settings } = await getMessageSpace(ctx, message)
  return {
    chainId: Number(settings.network),
    async check() {
      ownNetwork(message.message.network)
      return checkRows(ctx, message, { type: 'unfollow' })
    },
  }
}
