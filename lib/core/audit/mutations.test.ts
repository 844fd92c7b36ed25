import { sha256 } from '@noble/hashes/sha2'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils'
import { expect, it } from 'vitest'
import { formatSignatureLine } from '../log/signed-note'
import { auditBundle } from './audit-bundle'
import type { AuditOptions } from './audit-options'
import { bundleJsonSchema } from './bundle-json-schema'
import { bundleLineSchema } from './bundle-line'
import { bundleText } from './bundle-signature'
import { createFastRecover } from './fast-recover'
import { fieldsOf, mutationsOf } from './mutations.suite'
import {
  logKey,
  publish,
  type Records,
  randomElection,
  receiptFor,
  receiptKey,
  signAsLog,
} from './random-election.suite'
import type { RecoverSigner } from './recover-signer'
import { writeBundle } from './write-bundle'

/**
 * Fields that the file alone cannot vouch for: README.md says why, and what can. With the chain at hand none of them
 * goes unnoticed.
 */
const uncovered = [
  'block.number',
  'block.hash',
  'block.timestamp',
  'strategy.version',
  'rule.module.total',
  'message.contract.method',
  'message.contract.network',
  'message.contract.block',
  'message.contract.blockHash',
  'ballot.contract.method',
  'ballot.contract.network',
  'ballot.contract.block',
  'ballot.contract.blockHash',
]

/** Changes of one field in one election: many lines are alike. */
const MOST = 8

const schema = bundleJsonSchema()
const fastRecover = await createFastRecover()
/** The same signatures come again and again. */
const recovered = new Map<string, ReturnType<RecoverSigner>>()
const recover: RecoverSigner = (digest, signature) => {
  const key = digest + signature
  if (!recovered.has(key)) recovered.set(key, fastRecover(digest, signature))
  return recovered.get(key)
}

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines
}

/** As its operator would after changing a line: with number, hash and signature of what it is now. */
function seal(lines: readonly string[], { proposal, header }: ReturnType<typeof publish>): string[] {
  const body = lines.slice(0, -1)
  const digest = sha256(utf8ToBytes(body.map((line) => `${line}\n`).join('')))
  const held = {
    origin: header.origin,
    proposal: proposal.id,
    lines: body.length,
    sha256: `0x${bytesToHex(digest)}`,
  } as const
  const signature = formatSignatureLine(signAsLog(bundleText(held)))
  return [...body, JSON.stringify({ kind: 'end', lines: held.lines, sha256: held.sha256, signature })]
}

function optionsFor({ entries, facts }: Records): AuditOptions {
  const own = entries.flatMap((entry, index) => (entry instanceof Uint8Array ? [] : index))
  const receipts = own.map((index) => receiptFor(entries, index))
  const messages = new Set(receipts.map(({ receipt }) => receipt.messageId))
  return {
    recover,
    expected: {
      logKeys: [logKey],
      receiptKeys: [receiptKey],
      proposal: facts.proposal.id,
      receipts,
      messages,
    },
  }
}

it('every change of a single field is caught', { timeout: 600_000 }, async () => {
  const elections = [
    randomElection(17, { type: 'weighted', voters: 7, strategies: 2, strangers: 1 }),
    randomElection(23, { type: 'ranked-choice', voters: 5, strategies: 1, strangers: 1 }),
    randomElection(75, { type: 'basic', voters: 6, strategies: 1, strangers: 1, hasAliases: true }),
    randomElection(9, { hasModule: true, voters: 9, strangers: 1 }),
  ]
  const touched = new Set<string>()
  const missedAlone = new Map<string, number>()
  const missedWithChain: string[] = []
  const counts = { mutations: 0, malformed: 0, caughtByChecks: 0, caughtWithChainOnly: 0 }

  for (const records of elections) {
    const source = publish(records)
    const lines: string[] = []
    for await (const line of writeBundle(source)) lines.push(line.slice(0, -1))
    const alone = optionsFor(records)
    const audit = async (changed: readonly string[], options: AuditOptions) =>
      (await auditBundle(each(changed), options)).ok
    expect(await audit(lines, { ...alone, ...records.chain })).toBe(true)

    const tried = new Map<string, number>()
    for (const [at, line] of lines.entries()) {
      for (const { field, change, value } of mutationsOf(JSON.parse(line), schema)) {
        const times = tried.get(field) ?? 0
        if (JSON.stringify(value) === line || times >= MOST) continue
        tried.set(field, times + 1)
        const changed = lines.with(at, JSON.stringify(value))
        const sealed = at === lines.length - 1 ? changed : seal(changed, source)
        touched.add(field)
        counts.mutations += 1
        if (!bundleLineSchema.safeParse(value).success) counts.malformed += 1
        if (!(await audit(sealed, alone))) {
          counts.caughtByChecks += 1
          continue
        }
        missedAlone.set(field, (missedAlone.get(field) ?? 0) + 1)
        if (await audit(sealed, { ...alone, ...records.chain })) missedWithChain.push(`${field}: ${change}`)
        else counts.caughtWithChainOnly += 1
      }
    }
  }

  const fields = fieldsOf(schema)
  process.stdout.write(
    `${fields.length} fields, ${touched.size} places changed in ${counts.mutations} ways (${counts.malformed} against the schema); ` +
      `${counts.caughtByChecks} caught by the file alone, ${counts.caughtWithChainOnly} with the chain, ${missedWithChain.length} missed; ` +
      `${missedAlone.size} fields need the chain: ${[...missedAlone.keys()].join(', ')}\n`,
  )
  expect(missedWithChain).toEqual([])
  expect([...missedAlone.keys()].filter((field) => !uncovered.includes(field))).toEqual([])
  expect(
    fields.filter((field) => ![...touched].some((place) => place === field || place.startsWith(`${field}.`))),
  ).toEqual([])
})
