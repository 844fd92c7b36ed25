import { expect, it } from 'vitest'
import { parseSpaceId } from './space-id'

it.each([
  ['ens.eth', 'ens', 'ens.eth'],
  ['ENS.eth', 'ens', 'ens.eth'],
  ['vote.río.eth', 'ens', 'vote.río.eth'],
  ['🗳.eth', 'ens', '🗳.eth'],
  ['river-dao', 'native', 'river-dao'],
  ['River-DAO', 'native', 'river-dao'],
  ['123', 'native', '123'],
])('%s is an id', (text, kind, id) => {
  expect(parseSpaceId(text)).toEqual({ kind, id })
})

it.each([
  '',
  'ab',
  '-abc',
  'a_b',
  'x'.repeat(64),
  'a b',
  'río',
  'api',
  'Settings',
  'favicon.ico',
  'robots.txt',
  'a..eth',
  '.',
  'eth.',
  'a_b.eth\u200d',
  'ѕnapshot.eth\u0301',
  's:ens.eth',
  'eth:0x01',
  '../etc',
  '%2e.eth',
  'a/b.eth',
  '__proto__',
  'constructor.',
])('%j is none', (text) => {
  expect(() => parseSpaceId(text)).toThrow('Invalid space id')
})
