import { z } from 'zod'
import { defineValidation } from './validation'

/** No condition. */
export const any = defineValidation({
  id: 'any',
  version: 1,
  label: 'Anybody',
  description: 'Everybody may.',
  uses: ['proposal', 'vote'],
  paramsSchema: z.object({}),
  example: {},
  isMet: async () => true,
})
