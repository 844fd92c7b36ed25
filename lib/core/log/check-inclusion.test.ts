import { ed25519 } from '@noble/curves/ed25519'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toBase64 } from './base64'
import { checkInclusion, type PublishedLog } from './check-inclusion'
import { checkpointText, formatVerifierKey } from './checkpoint'
import { cosign } from './cosignature'
import { encodeLeaf, hashLeaf, type Leaf } from './leaf'
import { formatNote, signNote } from './signed-note'
import { inclusionProof, rootOfLeaves } from './tree'
import { encodeVerifierKey } from './verifier-key'

const origin = 'vote.example/log'
const [ours, older, theirs, witness] = [1, 2, 3, 4].map((byte) => new Uint8Array(32).fill(byte)) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
]
const publicKey = (secret: Uint8Array) => ed25519.getPublicKey(secret)
const log: PublishedLog = {
  origin,
  keys: [older, ours].map((secret) => formatVerifierKey(origin, publicKey(secret))),
  witnesses: [
    encodeVerifierKey({ name: 'witness.example', type: 'cosignature', publicKey: publicKey(witness) }),
  ],
}

const leafOf = (index: number): Leaf => ({
  kind: 'vote',
  id: `0x${(index + 1).toString(16).padStart(64, '0')}`,
  envelopeSha256: `0x${'ab'.repeat(32)}`,
  acceptedAtMs: 1_700_000_000_000 + index,
})

/** What a log of `size` entries, that signs with `secret`, answers about number `index`. */
function prove(size: number, index: number, secret = ours, name = origin) {
  const leaves = Array.from({ length: size }, (_, at) => hashLeaf(encodeLeaf(leafOf(at))))
  const text = checkpointText({ origin: name, size, root: rootOfLeaves(leaves) })
  const signatures = [
    signNote(text, name, secret),
    cosign(text, { name: 'witness.example', privateKey: witness, timestamp: 1_700_000_100 }),
    cosign(text, { name: 'witness.example', privateKey: theirs, timestamp: 1_700_000_100 }),
  ]
  return {
    checkpoint: formatNote({ text, signatures }),
    index,
    size,
    proof: inclusionProof(leaves, index).map(toBase64),
  }
}

const places = fc
  .integer({ min: 1, max: 40 })
  .chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 0, max: size - 1 })))

it('finds every entry of every log in its place, and the witnesses that are asked', () => {
  fc.assert(
    fc.property(places, ([size, index]) => {
      const found = checkInclusion(leafOf(index), prove(size, index), log)
      expect(found).toMatchObject({ isIncluded: true, isSigned: true, checkpoint: { origin, size } })
      expect(found.witnesses).toEqual([{ name: 'witness.example', timestamp: 1_700_000_100 }])
    }),
    { numRuns: 30 },
  )
})

it('finds no other entry, and none in another place', () => {
  fc.assert(
    fc.property(places, fc.nat(40), ([size, index], other) => {
      fc.pre(other !== index)
      const view = prove(size, index)
      expect(checkInclusion(leafOf(other), view, log).isIncluded).toBe(false)
      expect(checkInclusion(leafOf(index), { ...view, index: other }, log).isIncluded).toBe(false)
      expect(
        checkInclusion({ ...leafOf(index), acceptedAtMs: leafOf(other).acceptedAtMs }, view, log).isIncluded,
      ).toBe(false)
    }),
    { numRuns: 30 },
  )
})

describe('an entry of a log of seven', () => {
  const view = prove(7, 3)

  it('is signed for by any key the log ever had, and by no other', () => {
    expect(checkInclusion(leafOf(3), prove(7, 3, older), log).isSigned).toBe(true)
    expect(checkInclusion(leafOf(3), prove(7, 3, theirs), log)).toMatchObject({
      isIncluded: true,
      isSigned: false,
    })
    expect(checkInclusion(leafOf(3), prove(7, 3, ours, 'else.example'), log).isSigned).toBe(false)
  })

  it.each([
    ['a sibling missing', { ...view, proof: view.proof.slice(1) }],
    ['a sibling too many', { ...view, proof: [...view.proof, view.proof[0] ?? ''] }],
    ['a sibling that is no base64', { ...view, proof: ['?', ...view.proof] }],
    ['another size than the checkpoint’s', { ...view, size: 8 }],
  ])('is not included with %s', (_, wrong) => {
    expect(checkInclusion(leafOf(3), wrong, log)).toMatchObject({ isIncluded: false, isSigned: true })
  })

  it.each(['', 'no note', `${origin}\nseven\nAAAA\n\n— ${origin} AAAAAAAA\n`])(
    'is nowhere under a checkpoint that reads %j',
    (checkpoint) => {
      expect(checkInclusion(leafOf(3), { ...view, checkpoint }, log)).toEqual({
        isIncluded: false,
        isSigned: false,
        checkpoint: undefined,
        witnesses: [],
      })
    },
  )

  it('is checked by the keys that can be read', () => {
    const some = { ...log, keys: ['garbage', ...log.keys], witnesses: ['garbage'] }
    expect(checkInclusion(leafOf(3), view, some)).toMatchObject({ isSigned: true, witnesses: [] })
  })
})
