import { sha256 } from '@noble/hashes/sha2'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils'
import { refuse } from '../errors'
import { parseSignatureLines, signaturesOf, verifyEd25519 } from '../log/signed-note'
import type { VerifierKey } from '../log/verifier-key'
import type { HexString } from '../views/hex-string'
import { type BundleLine, bundleLineSchema, type LineOf } from './bundle-line'
import { bundleText } from './bundle-signature'
import type { Findings } from './findings'
import { isPlainBallot } from './plain-ballot'

/** Where a kind stands in a bundle. Those of one number come in any order, as often as needed; the others once. */
const places: Readonly<Record<BundleLine['kind'], number>> = {
  header: 0,
  proposal: 1,
  rule: 2,
  strategy: 3,
  block: 4,
  form: 5,
  skip: 5,
  message: 5,
  ballot: 5,
  result: 6,
  checkpoint: 7,
  end: 8,
}
const repeated = new Set<BundleLine['kind']>(['strategy', 'block', 'form', 'skip', 'message', 'ballot'])

/** Lines of a kind that is kept in memory whole: a ballot has room for no more powers. */
const MOST_KEPT = 64
/** Lines that are of no use, after which the rest is not read: a file of nothing else may have no end. */
const MOST_USELESS = 1000

/** Reads lines by the schema, in their order and one form, and checks the seal at the end. */
export function createFileAudit(findings: Findings) {
  const digest = sha256.create()
  const counts = new Map<BundleLine['kind'], number>()
  let [number, place, useless] = [0, 0, 0]
  let last: BundleLine | undefined
  let end: LineOf<'end'> | undefined
  let before = { lines: 0, sha256: '' }

  const countOf = (kind: BundleLine['kind']) => counts.get(kind) ?? 0

  /** What is wrong with a line for where it stands. */
  const misplaced = (line: BundleLine): string | undefined => {
    const { kind } = line
    const isAgain = countOf(kind) > 0 && !repeated.has(kind)
    if (places[kind] < place || end || isAgain) return 'is out of place'
    if ((kind === 'strategy' || kind === 'block') && countOf(kind) >= MOST_KEPT) return 'is one too many'
    const isUnder = 'form' in line && line.form === countOf('form') - 1
    if (last?.kind === 'form' && !isUnder)
      return 'stands where a message under the form in front of it should'
    return undefined
  }

  return {
    /** The line, if it is one. @throws AppError `invalid` when too many were of no use */
    read(text: string): BundleLine | undefined {
      if (useless > MOST_USELESS) refuse(`over ${MOST_USELESS} of its lines are of no use`)
      number += 1
      const where = `line ${number}`
      const line = parseLine(text)
      if (line?.kind === 'end')
        before = { lines: number - 1, sha256: `0x${bytesToHex(digest.clone().digest())}` }
      digest.update(utf8ToBytes(`${text}\n`))
      if (!line) {
        findings.fail('file', `Line ${number} is none of a bundle.`, where)
        useless += 1
        return undefined
      }
      const problem = misplaced(line)
      if (problem) {
        findings.fail('file', `Line ${number} (${line.kind}) ${problem}.`, where)
        useless += 1
      }
      last = line
      counts.set(line.kind, countOf(line.kind) + 1)
      place = Math.max(place, places[line.kind])
      if (line.kind === 'end') end = line
      return line
    },

    /** Counts a line that turned out to be of no use. */
    passOver(): void {
      useless += 1
    },

    finish(key: VerifierKey | undefined, proposal: HexString | undefined): void {
      for (const kind of Object.keys(places) as BundleLine['kind'][]) {
        const isNeeded = !repeated.has(kind) || ['strategy', 'block', 'message', 'form'].includes(kind)
        if (isNeeded)
          findings.expect(countOf(kind) > 0, 'file', `A ${kind} line is missing.`, `line ${number}`)
      }
      findings.describe('file', `${number} lines, sealed by the operator.`)
      if (!end || !key || !proposal) return
      findings.expect(
        end.lines === before.lines && end.sha256 === before.sha256,
        'file',
        `The last line seals ${end.lines} lines of other content than these ${before.lines}.`,
        'end',
      )
      const seal = { origin: key.name, proposal, lines: end.lines, sha256: end.sha256 as HexString }
      findings.expect(
        isSealed(end.signature, bundleText(seal), key),
        'file',
        'The file is not signed by the log’s key.',
        'end',
      )
    },
  }
}

function parseLine(text: string): BundleLine | undefined {
  try {
    const value: unknown = JSON.parse(text)
    // The input goes on, not zod's copy of it, which would turn an own `__proto__` key into a prototype. JSON that
    // JavaScript would write otherwise (white space, keys twice, 1.0) could be read otherwise too.
    if (JSON.stringify(value) !== text) return undefined
    return isPlainBallot(value) || bundleLineSchema.safeParse(value).success
      ? (value as BundleLine)
      : undefined
  } catch {
    return undefined
  }
}

function isSealed(line: string, text: string, key: VerifierKey): boolean {
  try {
    const own = signaturesOf(parseSignatureLines(line), key)
    return own.length > 0 && own.every(({ bytes }) => verifyEd25519(bytes, text, key.publicKey))
  } catch {
    return false
  }
}
