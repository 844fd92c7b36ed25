import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HexString } from '../views/hex-string'
import { type Definition, definitions } from './definitions'
import { hashMessage } from './hash-message'
import { jsonTexts } from './json-texts'
import { type FieldValue, normaliseValue } from './normalise-value'
import { parseJsonObject } from './payload-fields'
import type { RebuiltMessage } from './rebuild-message'
import { rebuildPlain, rebuildProposal, rebuildUpdate, rebuildVote } from './rebuild-row'
import { SNAPSHOT_DOMAIN } from './resolve-message'

type Message = Record<string, FieldValue>

const hex = (length: number) =>
  fc
    .uint8Array({ minLength: length, maxLength: length })
    .map((bytes) => `0x${Buffer.from(bytes).toString('hex')}` as HexString)
const address = hex(20).map((value) => normaliseValue('address', value) as HexString)
const text = fc.string({ unit: 'grapheme', maxLength: 60 }).filter((value) => !value.includes('\0'))
const time = fc.integer({ min: 1_500_000_000, max: 2_000_000_000 })
const json = fc.jsonValue({ maxDepth: 1 })
const object = fc
  .dictionary(
    fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 5 }).filter((key) => key !== '__proto__'),
    json,
    { maxKeys: 3 },
  )
  // What Postgres cannot hold is read as nothing.
  .filter((value) => JSON.stringify(parseJsonObject(JSON.stringify(value))) === JSON.stringify(value))
const looseText = fc.oneof(
  fc.constantFrom('{}', ''),
  object.map((value) => JSON.stringify(value)),
)
const domain = fc.constantFrom(
  SNAPSHOT_DOMAIN,
  { ...SNAPSHOT_DOMAIN, chainId: 1 },
  { ...SNAPSHOT_DOMAIN, chainId: 8453 },
)

const fields: Record<string, fc.Arbitrary<FieldValue>> = {
  from: address,
  space: fc.constantFrom('a.eth', 'A.eth', 'ENS.eth', 'native-space'),
  timestamp: time,
  reason: text,
  app: text,
  metadata: looseText,
  plugins: looseText,
  type: fc.constantFrom('basic', 'weighted', 'copeland'),
  title: text,
  body: text,
  discussion: text,
  choices: fc.array(text, { maxLength: 4 }),
  labels: fc.array(text, { maxLength: 2 }),
  start: time,
  end: time,
  snapshot: fc.nat(),
  network: fc.constant('1'),
  strategies: fc.constantFrom(
    '[{"name":"ticket","params":{}}]',
    '[{"name":"ticket","network":"1","params":{}}]',
  ),
  privacy: fc.constantFrom('', 'shutter'),
  proposal: hex(32),
  alias: address,
  about: text,
  statement: text,
  discourse: text,
  status: fc.constantFrom('ACTIVE', 'INACTIVE'),
}

const weights = fc.dictionary(
  fc.integer({ min: 1, max: 9 }).map(String),
  fc.oneof(fc.nat(99), fc.double({ min: 0, max: 9, noNaN: true })),
  { minKeys: 1 },
)
const choices: Record<string, fc.Arbitrary<FieldValue>> = {
  uint32: fc.nat(30),
  'uint32[]': fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 6 }),
  string: fc.oneof(
    weights.map((value) => JSON.stringify(value)),
    // As a writer in Python would.
    weights.map(
      (value) =>
        `{${Object.entries(value)
          .map(([key, weight]) => `"${key}": ${JSON.stringify(weight)}`)
          .join(', ')}}`,
    ),
    fc.constantFrom('1', '[1,2]', '"1"'),
  ),
}

function messagesOf(...kinds: string[]) {
  const signable = definitions.filter(
    ({ kind, types }) => kinds.includes(kind) && !('StarkNetDomain' in types),
  )
  return fc.constantFrom(...signable).chain((definition) =>
    fc.record({
      definition: fc.constant(definition),
      domain,
      message: fc.record(
        Object.fromEntries(
          definition.fields.map(({ name, type }) => [
            name,
            (name === 'choice' ? choices[type] : fields[name]) ?? text,
          ]),
        ),
      ) as fc.Arbitrary<Message>,
    }),
  )
}

type Signed = { definition: Definition; domain: typeof SNAPSHOT_DOMAIN; message: Message }

/** What every hub makes of the fields that messages share. */
function head({ definition, domain, message }: Signed) {
  return {
    id: hashMessage(definition, domain, message),
    space: String(message.space).toLowerCase(),
    created: Number(message.timestamp ?? 0),
  }
}

function textOf({ message }: Signed) {
  return {
    space: String(message.space).toLowerCase(),
    author: message.from as HexString,
    type: String(message.type),
    title: String(message.title),
    body: String(message.body),
    discussion: String(message.discussion ?? ''),
    choices: message.choices as string[],
    labels: (message.labels ?? []) as string[],
    plugins: parseJsonObject(message.plugins),
    privacy: String(message.privacy ?? ''),
  }
}

/** At most so many ballots look alike in a hub's row. */
function waysToWrite({ definition, message }: Signed, choice: unknown): number {
  const spaces = message.space === String(message.space).toLowerCase() ? 1 : 3
  const choices = definition.kind === 'vote-string' ? jsonTexts(choice).length + 1 : 1
  return spaces * choices * (jsonTexts(parseJsonObject(message.metadata)).length + 1)
}

function expectSame(found: RebuiltMessage | undefined, signed: Signed) {
  expect(found).toMatchObject({ definition: { kind: signed.definition.kind }, domain: signed.domain })
  expect(found?.message).toEqual(signed.message)
}

describe('what a hub shows leads back to what was signed', () => {
  it('for ballots of every definition', () => {
    fc.assert(
      fc.property(messagesOf('vote', 'vote-array', 'vote-string'), (signed) => {
        const { definition, message } = signed
        const choice = definition.kind === 'vote-string' ? JSON.parse(String(message.choice)) : message.choice
        const found = rebuildVote({
          ...head(signed),
          voter: message.from as HexString,
          proposal: String(message.proposal),
          choice,
          reason: String(message.reason ?? ''),
          app: String(message.app ?? ''),
          metadata: parseJsonObject(message.metadata),
        })
        // Under a wallet's own domain, and of what can be written in very many ways, only the likeliest are tried.
        const isTried = signed.domain === SNAPSHOT_DOMAIN && waysToWrite(signed, choice) <= 48
        if (found || isTried) expectSame(found, signed)
      }),
      { numRuns: 60 },
    )
  })

  it('for proposals of every definition', () => {
    fc.assert(
      fc.property(messagesOf('proposal'), (signed) => {
        const { message } = signed
        const found = rebuildProposal({
          ...head(signed),
          ...textOf(signed),
          start: Number(message.start),
          end: Number(message.end),
          snapshot: Number(message.snapshot),
          network: '1',
          strategies: [{ name: 'ticket', network: '1', params: {} }].map((strategy) =>
            String(message.strategies).includes('network') ? strategy : { ...strategy, network: '1' },
          ),
          app: String(message.app ?? ''),
        })
        // A hub writes network last; the oldest definitions signed its text as it was.
        const isLost = String(message.strategies ?? '') !== '' || String(message.metadata ?? '{}').length > 2
        if (found || (signed.domain === SNAPSHOT_DOMAIN && !isLost)) expectSame(found, signed)
      }),
      { numRuns: 25 },
    )
  })

  it('for edits', () => {
    fc.assert(
      fc.property(messagesOf('update-proposal'), (signed) => {
        const { id, created } = head(signed)
        const found = rebuildUpdate(id, created, String(signed.message.proposal), textOf(signed))
        if (found || signed.domain === SNAPSHOT_DOMAIN) expectSame(found, signed)
      }),
      { numRuns: 40 },
    )
  })

  it('for everything that is all in its row', () => {
    const plain = ['delete-proposal', 'alias', 'revoke-alias', 'follow', 'unfollow', 'statement'] as const
    fc.assert(
      fc.property(messagesOf(...plain), (signed) => {
        const { id, space, created } = head(signed)
        const { from, space: _, timestamp: __, ...rest } = signed.message
        const kind = signed.definition.kind as (typeof plain)[number]
        const found = rebuildPlain(kind, id, {
          ...{ from: from as HexString, space, timestamps: [created + 7, created] },
          ...rest,
        })
        if (found || signed.domain === SNAPSHOT_DOMAIN) expectSame(found, signed)
      }),
      { numRuns: 80 },
    )
  })

  it('and never to what was not: one changed value and nothing is found', () => {
    const signed = fc.sample(messagesOf('vote'), 4)
    for (const one of signed) {
      const { message } = one
      const row = {
        ...head(one),
        voter: message.from as HexString,
        proposal: String(message.proposal),
        choice: Number(message.choice) + 1,
        reason: String(message.reason ?? ''),
        app: String(message.app ?? ''),
        metadata: parseJsonObject(message.metadata),
      }
      expect(rebuildVote(row)).toBeUndefined()
    }
  })
})
