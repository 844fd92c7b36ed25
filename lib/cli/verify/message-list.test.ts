import { expect, it } from 'vitest'
import { publish, type Records, randomElection, receiptFor } from '../../core/audit/random-election.suite'
import { writeBundle } from '../../core/audit/write-bundle'
import { parseCanonicalEnvelope } from '../../core/messages/parse-canonical-envelope'
import { createMessageList } from './message-list'
import { scanBundle } from './scan-bundle'

/** The ids that a reader of the whole log expects in a bundle that holds only the entries at `kept`. */
async function expectedBy({ entries }: Records, source: ReturnType<typeof publish>, kept: readonly number[]) {
  const messages = [...(source.messages as Iterable<{ readonly index: number }>)]
  const shown = { ...source, messages: messages.filter(({ index }) => kept.includes(index)) as never }
  async function* lines() {
    for await (const line of writeBundle(shown)) yield line.slice(0, -1)
  }
  const list = createMessageList(await scanBundle(lines()))
  for (const [index, entry] of entries.entries()) {
    if (entry instanceof Uint8Array) continue
    const message = parseCanonicalEnvelope(entry.envelope)
    const { kind, id } = message.resolved
    const leaf = { kind, id, envelopeSha256: message.sha256, acceptedAtMs: entry.acceptedAtMs }
    if (list.wants({ index, leaf })) list.take(message)
  }
  return list.ids
}

it('expects the links of aliases and their ends, like all else that belongs in a bundle', async () => {
  const records = randomElection(75, {
    type: 'basic',
    voters: 6,
    strategies: 1,
    strangers: 1,
    hasAliases: true,
  })
  const source = publish(records)
  const own = records.entries.flatMap((entry, index) => (entry instanceof Uint8Array ? [] : index))
  const idOf = (index: number) => receiptFor(records.entries, index).receipt.messageId
  const all = new Set(own.map(idOf))
  expect(await expectedBy(records, source, own)).toEqual(all)
  const kindAt = (index: number) => {
    const entry = records.entries[index]
    if (!entry || entry instanceof Uint8Array) throw new Error(`entry ${index} is nobody's here`)
    return parseCanonicalEnvelope(entry.envelope).resolved.kind
  }
  // What comes first of its kind tells where to begin; all the rest is missed when it is left out.
  for (const left of own.filter((index) =>
    ['revoke-alias', 'flag-proposal', 'vote'].includes(kindAt(index)),
  )) {
    const ids = await expectedBy(
      records,
      source,
      own.filter((index) => index !== left),
    )
    expect(ids.has(idOf(left)), `${kindAt(left)} at ${left}`).toBe(true)
  }
})
