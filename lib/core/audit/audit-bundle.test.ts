import { describe, expect, it } from 'vitest'
import { votingSystems } from '../voting/registry'
import { auditBundle } from './audit-bundle'
import type { AuditOptions } from './audit-options'
import { createFastRecover } from './fast-recover'
import {
  logKey,
  publish,
  type Records,
  randomElection,
  receiptFor,
  receiptKey,
  type Shape,
} from './random-election.suite'
import { splitLines } from './split-lines'
import { writeBundle } from './write-bundle'

const encoder = new TextEncoder()

/** As a file arrives: in pieces that know nothing of lines. */
async function* inPieces(lines: AsyncIterable<string>, size: number): AsyncGenerator<Uint8Array> {
  for await (const line of lines) {
    const bytes = encoder.encode(line)
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
}

function optionsFor({ entries, facts, chain }: Records): AuditOptions {
  const own = entries.flatMap((entry, index) => (entry instanceof Uint8Array ? [] : index))
  return {
    ...chain,
    expected: {
      logKeys: [logKey],
      receiptKeys: [receiptKey],
      proposal: facts.proposal.id,
      receipts: own.map((index) => receiptFor(entries, index)),
      messages: new Set(own.map((index) => receiptFor(entries, index).receipt.messageId)),
    },
  }
}

async function complaints(records: Records, options: AuditOptions) {
  const lines = splitLines(inPieces(writeBundle(publish(records)), 777))
  const { ok, checks } = await auditBundle(lines, { recover: await createFastRecover(), ...options })
  const failed = checks.filter(({ status }) => status === 'failed')
  expect(ok).toBe(failed.length === 0)
  return failed
}

describe.each(votingSystems.map(({ id }) => id))('%s', (type) => {
  it('random honest elections have nothing against them, with the chain at hand or without', async () => {
    for (let seed = 1; seed <= 8; seed += 1) {
      const records = randomElection(seed, { type, strangers: seed % 4, hasAliases: seed % 2 === 0 })
      expect(await complaints(records, optionsFor(records)), `seed ${seed}`).toEqual([])
      expect(await complaints(records, {}), `seed ${seed}`).toEqual([])
    }
  })
})

it.each<[string, Shape]>([
  ['a module decides', { hasModule: true, voters: 12 }],
  ['a module decides, and keys sign for others', { hasModule: true, hasAliases: true, voters: 12 }],
  ['nobody votes', { voters: 0 }],
  ['nobody else is in the log', { strangers: 0 }],
  ['the log is mostly of others', { strangers: 90, voters: 20 }],
])('so have those where %s', async (_, shape) => {
  for (let seed = 100; seed < 106; seed += 1) {
    const records = randomElection(seed, shape)
    expect(await complaints(records, optionsFor(records)), `seed ${seed}`).toEqual([])
  }
})

it('says what it recounted, and what only others could tell', async () => {
  const records = randomElection(3, { type: 'single-choice' })
  const report = await auditBundle(splitLines(inPieces(writeBundle(publish(records)), 999)), {})
  expect(report.subject).toMatchObject({ space: 'dao', proposal: records.facts.proposal.id })
  const open = report.checks.filter(({ status }) => status === 'open').map(({ id }) => id)
  expect(open).toEqual(
    expect.arrayContaining(['operator', 'completeness', 'history', 'witnesses', 'chain', 'receipts']),
  )
})

it('is the same bytes for the same records', async () => {
  const write = async () => {
    const lines: string[] = []
    for await (const line of writeBundle(publish(randomElection(5)))) lines.push(line)
    return lines.join('')
  }
  expect(await write()).toBe(await write())
})

it('waits for whoever shows its progress', async () => {
  const shown: number[] = []
  const onProgress = async ({ messages }: { readonly messages: number }) => {
    await new Promise((resolve) => setTimeout(resolve, 1))
    shown.push(messages)
  }
  const records = randomElection(3, { type: 'approval', voters: 400, strategies: 1 })
  const messages = records.entries.filter((entry) => !(entry instanceof Uint8Array)).length
  await complaints(records, { onProgress })
  expect(shown).toEqual([
    ...Array.from({ length: Math.floor(messages / 250) }, (_, at) => 250 * (at + 1)),
    messages,
  ])
})
