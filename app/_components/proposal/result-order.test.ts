import { expect, test } from 'vitest'
import { resultOrder } from './result-order'

const choices = ['A', 'B', 'C', 'D']

test.each([
  ['without votes, as written', 'approval', [], [0, 1, 2, 3]],
  ['equals as written', 'approval', ['1', '3', '1', '3'], [1, 3, 0, 2]],
  [
    'the strongest first, exactly',
    'weighted',
    ['9', '10', '9007199254740993', '9007199254740992'],
    [2, 3, 1, 0],
  ],
  ['For, Against, Abstain stay', 'basic', ['1', '3', '2'], [0, 1, 2]],
])('%s', (_, type, scores, order) => {
  expect(resultOrder({ type, choices: choices.slice(0, order.length), scores })).toEqual(order)
})
