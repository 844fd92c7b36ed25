import { expect, it } from 'vitest'
import { fromBase64 } from './base64'
import { hashLeaf } from './leaf'
import { verifyConsistency, verifyInclusion } from './tree'
import argon from './vectors/argon2020.json'

const bytes = (text: string) => fromBase64(text) ?? new Uint8Array()
const root = bytes(argon.root)

// Answers of another implementation, with real certificates in it: the log's own, not computed here.
it('agrees with the inclusion proof of a certificate in Google’s Argon 2020', () => {
  const claim = {
    leaf: hashLeaf(bytes(argon.entry)),
    index: argon.index,
    size: argon.size,
    proof: argon.inclusion.map(bytes),
    root,
  }
  expect(verifyInclusion(claim)).toBe(true)
  expect(verifyInclusion({ ...claim, index: argon.index + 1 })).toBe(false)
})

it('agrees with the consistency proof between two sizes of Google’s Argon 2020', () => {
  const claim = {
    oldSize: argon.oldSize,
    newSize: argon.size,
    oldRoot: bytes(argon.oldRoot),
    newRoot: root,
    proof: argon.consistency.map(bytes),
  }
  expect(verifyConsistency(claim)).toBe(true)
  expect(verifyConsistency({ ...claim, oldSize: argon.oldSize - 1 })).toBe(false)
})
