import { parseStatement } from '../../core/messages/statement'
import { getMessageSpace } from '../find-subject'
import type { Rule } from '../rule'
import { checkRows } from './check-rows'
import { ownNetwork } from './own-network'

/** What a delegate says to a space. */
export const statement: Rule = async (ctx, message) => {
  const { settings } = await getMessageSpace(ctx, message)
  return {
    chainId: Number(settings.network),
    async check() {
      const payload = parseStatement(message.message)
      const network = ownNetwork(payload.network)
      return checkRows(ctx, message, { type: 'save-statement', ...payload, network })
    },
  }
}
