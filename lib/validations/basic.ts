import { z } from 'zod'
import { settingsSchema } from '../core/messages/settings'
import { fixedPoint } from '../core/tally/fixed-point'
import { defineValidation } from './validation'

/** At least so much power, by strategies of its own or by those that it is used with. */
export const basic = defineValidation({
  id: 'basic',
  version: 1,
  label: 'Power of at least',
  description: 'Whoever has at least so much power by the given strategies may.',
  uses: ['proposal', 'vote'],
  paramsSchema: z.strictObject({
    /** In whole votes; without one, or with 0, everybody may. */
    minScore: z.number().min(0).optional(),
    strategies: settingsSchema.shape.strategies.max(10).optional(),
  }),
  example: { minScore: 1, strategies: [{ name: 'ticket', network: '1', params: {} }] },
  strategiesOf: ({ strategies }) => strategies,
  async isMet({ measure }, { params: { minScore, strategies } }) {
    return !minScore || (await measure(strategies)) >= fixedPoint(minScore)
  },
})
