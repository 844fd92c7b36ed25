import { expect, test } from 'vitest'
import type { StrategyView } from '../../../../../lib/core/views/proposal-view'
import { isSameResult } from './committed-result'

const strategy = (decimals: number): StrategyView => ({
  id: 'erc20-votes',
  version: 1,
  label: '',
  description: '',
  chainId: 1,
  params: { address: '0x5FbDB2315678afecb367f032d93F642f64180aa3', decimals },
})
const scores = ['2000000000000000000', '1000000000000000', '0']

test('committed totals are compared exactly, whatever the token’s decimals', () => {
  expect(isSameResult(scores, { scores, strategies: [strategy(18)] })).toBe(true)
  expect(isSameResult(['2000000', '1000', '0'], { scores, strategies: [strategy(6)] })).toBe(true)
  expect(isSameResult(['2000000', '1001', '0'], { scores, strategies: [strategy(6)] })).toBe(false)
  expect(isSameResult(['2000000', '1000', '0'], { scores, strategies: [strategy(7)] })).toBe(false)
  expect(isSameResult(['0', '0', '0'], { scores: [], strategies: [] })).toBe(false)
})
