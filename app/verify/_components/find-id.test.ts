import { expect, it } from 'vitest'
import { findId } from './find-id'

const id = `0x${'ab'.repeat(32)}`

it.each([
  id,
  ` ${id.toUpperCase().replace('0X', '0x')}\n`,
  'ab'.repeat(32),
  `https://vote.example/verify/${id}`,
  `https://vote.example/verify/${id}?from=mail#top`,
])('finds the id in %j', (text) => {
  expect(findId(text)).toBe(id)
})

it.each(['', '0x', id.slice(0, -1), `${id}0`, `x${id}`, '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'])(
  'finds none in %j',
  (text) => {
    expect(findId(text)).toBeNull()
  },
)
