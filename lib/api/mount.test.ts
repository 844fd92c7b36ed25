import { expect, test } from 'vitest'
import { shareContext } from '../services/create-context'
import { createTestContext } from '../testing/context'
import { answerMounted } from './mount'

test('a host that runs plain Next answers from the context of its process, also when that is another', async () => {
  const ctx = await createTestContext()
  const limits = [70, 80].map((limit) => ctx.another({ variables: { COMITIA_RATE_LIMIT: String(limit) } }))
  const answered: (string | null)[] = []
  for (const shared of [...limits, ...limits]) {
    shareContext({ ...shared, close: async () => {} })
    const { headers } = await answerMounted(new Request('http://localhost/api'))
    answered.push(headers.get('ratelimit-limit'))
  }
  expect(answered).toEqual(['70', '80', '70', '80'])
  await ctx.close()
})
