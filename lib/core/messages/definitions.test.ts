import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { definitions, findDefinition, latestDefinition } from './definitions'
import hashes from './vectors/type-hashes.json'

const sha256 = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex')

it("holds exactly Snapshot's 79 accepted type hashes, each under its kind", () => {
  const ours = Object.fromEntries(definitions.map(({ types, kind }) => [sha256(types), kind]))
  const theirs = Object.fromEntries(Object.entries(hashes).map(([hash, { kind }]) => [hash, kind]))
  expect(definitions).toHaveLength(79)
  expect(ours).toEqual(theirs)
})

it('selects by the text of the types, with or without EIP712Domain', () => {
  const vote = latestDefinition('vote')
  const domain = [{ name: 'name', type: 'string' }]
  expect(findDefinition(structuredClone(vote.types))).toBe(vote)
  expect(findDefinition({ EIP712Domain: domain, ...vote.types })).toBe(vote)
  expect(findDefinition({ ...vote.types, EIP712Domain: domain })).toBe(vote)
})

it('takes nothing but an accepted definition', () => {
  const { Vote = [] } = latestDefinition('vote').types
  expect(findDefinition({})).toBeUndefined()
  expect(findDefinition({ Vote: [...Vote].reverse() })).toBeUndefined()
  expect(findDefinition({ Vote: Vote.map(({ name, type }) => ({ type, name })) })).toBeUndefined()
  expect(findDefinition({ Vote, Other: [] })).toBeUndefined()
})
