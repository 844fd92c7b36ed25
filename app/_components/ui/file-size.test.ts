import { expect, it } from 'vitest'
import { fileSize } from './file-size'

it.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1000, '1 kB'],
  [5_296_832, '5.3 MB'],
  [123_456_789, '123 MB'],
  [5_300_000_000_000, '5,300 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(fileSize(bytes)).toBe(text)
})
