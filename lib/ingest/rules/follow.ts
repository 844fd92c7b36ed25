import { readLimits } from '../../services/options/read-limits'
import { getMessageSpace } from '../find-subject'
import type { Rule } from '../rule'
import { checkRows } from './check-rows'
import { ownNetwork } from './own-network'

/** Somebody follows a space. */
export const follow: Rule = async (ctx, message) => {
  const { settings } = await getMessageSpace(ctx, message)
  return {
    chainId: Number(settings.network),
    async check() {
      const network = ownNetwork(message.message.network)
      const { follows: most } = await readLimits(ctx, { person: message.from })
      return checkRows(ctx, message, { type: 'follow', network, most })
    },
  }
}
