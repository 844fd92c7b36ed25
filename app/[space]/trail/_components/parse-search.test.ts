import { expect, test } from 'vitest'
import { parseSearch } from './parse-search'

const address = `0x${'aB'.repeat(20)}`
const id = `0x${'0f'.repeat(32)}`

test.each([
  ['', { author: undefined, find: undefined }],
  ['ada', { author: address, find: undefined }],
  [address, { author: address, find: undefined }],
  [id, { author: undefined, find: id }],
  ['#12', { author: undefined, find: '12' }],
  ['12', { author: undefined, find: '12' }],
  ['0x12', null],
  [`${id}0`, null],
  ['##12', null],
  ['1'.repeat(16), null],
])('%j', (text, filters) => {
  expect(parseSearch(text, [{ name: 'Ada', address }])).toEqual(filters)
})
