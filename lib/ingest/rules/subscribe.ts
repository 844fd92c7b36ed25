import { getMessageSpace } from '../find-subject'
import type { Rule } from '../rule'
import { checkRows } from './check-rows'

/** Somebody wants to hear of a space. */
export const subscribe: Rule = async (ctx, message) => {
  const { settings } = await getMessageSpace(ctx, message)
  return {
    chainId: Number(settings.network),
    check: () => checkRows(ctx, message, { type: 'subscribe' }),
  }
}
