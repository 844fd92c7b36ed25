import { recoverAddress } from '../../chain/recover-address'
import { type AuditReport, auditBundle } from '../../core/audit/audit-bundle'
import type { LineOf } from '../../core/audit/bundle-line'
import type { AuditCheck } from '../../core/audit/findings'
import type { RecoverSigner } from '../../core/audit/recover-signer'
import { AppError } from '../../core/errors'
import type { HexString } from '../../core/views/hex-string'
import type { BundleMessageRow } from '../../db/bundle/list-bundle-messages'
import { listOperatorKeys } from '../../db/log/list-operator-keys'
import type { ProposalRow } from '../../db/proposal/find-proposal'
import { translateError } from '../../db/translate-error'
import { countVotes } from '../../db/vote/count-votes'
import type { Context } from '../context'
import { type ChainReader, createChainReader } from './chain-reader'
import { compareRecords } from './compare-records'

/** A bundle as it is made. */
export interface Making {
  readonly proposal: ProposalRow
  /** Its lines, once more at each call; `onMessage` sees what they are made from. */
  readonly make: (onMessage: (row: BundleMessageRow) => void) => AsyncIterable<string>
  /** What the last audit found. */
  readonly earlier: readonly AuditCheck<string>[]
}

/** What came of it. */
export interface Audited {
  /** Those of core/audit, and that of `compareRecords`. */
  readonly checks: readonly AuditCheck<string>[]
  readonly ok: boolean
  readonly tookMs: number
  readonly bytes: number
  /** The last line; undefined if the rest could not be made. */
  readonly end: LineOf<'end'> | undefined
}

/** What chains have confirmed of the same bytes need not be asked again. */
const chainChecks = ['chain', 'contracts']

/**
 * Audits a bundle in the pass that makes it. Chains are asked until they have confirmed it once: reading all powers again
 * costs one call for 500 voters, and what was confirmed is under the seal from then on. A chain that cannot be read leaves
 * its checks open; that is never a failure. Throws `database_unavailable`.
 */
export async function auditAsMade(ctx: Context, making: Making): Promise<Audited> {
  const began = performance.now()
  const { proposal, earlier } = making
  const { log: logKeys, receipt } = await listOperatorKeys(ctx.db)
  const expected = { proposal: proposal.id as HexString, logKeys, receiptKeys: receipt as HexString[] }
  const pass = async (chains: Partial<ChainReader>) => {
    const records = compareRecords(proposal)
    const lines = measured(making.make(records.add), (error) => {
      ctx.log.error({ event: 'bundle.unmade', proposal: proposal.id, err: error })
    })
    const report = await auditBundle(lines, { ...chains, recover, expected })
    const shown = records.finish(await countVotes(ctx.db, proposal.id))
    return { report, shown, ...lines.measure() }
  }
  const isConfirmed = earlier.some(({ id, status }) => id === 'chain' && status === 'passed')
  const { report, shown, ...measure } = isConfirmed
    ? await pass({})
    : await pass(createChainReader(ctx.chains)).catch((error: unknown) => {
        if (!(error instanceof AppError) || error.code === 'database_unavailable') throw error
        ctx.log.warn({ event: 'bundle.chain_silent', proposal: proposal.id, reason: error.message })
        return pass({})
      })
  const checks = [...withEarlier(report, earlier), ...shown]
  return {
    ...measure,
    checks,
    ok: checks.every(({ status }) => status !== 'failed'),
    tookMs: Math.round(performance.now() - began),
  }
}

function withEarlier({ checks }: AuditReport, earlier: Making['earlier']): AuditCheck<string>[] {
  const isSame = checks.some(({ id, status }) => id === 'file' && status === 'passed')
  return checks.map((check) => {
    const before = chainChecks.includes(check.id) && earlier.find(({ id }) => id === check.id)
    return isSame && check.status === 'open' && before ? before : check
  })
}

/**
 * Lines without their newlines, counted on their way. What keeps the next one from being made, unless it may be gone in a
 * moment, is a fault of the file's, which the audit reports.
 */
function measured(lines: AsyncIterable<string>, onFault: (error: unknown) => void) {
  let bytes = 0
  let last = ''
  return {
    async *[Symbol.asyncIterator](): AsyncGenerator<string> {
      try {
        for await (const line of lines) {
          bytes += Buffer.byteLength(line)
          last = line
          yield line.slice(0, -1)
        }
      } catch (thrown) {
        const error = translateError(thrown)
        if (error instanceof AppError && error.retry) throw error
        onFault(error)
        throw new AppError('invalid', { message: 'it cannot be made from the database', cause: error })
      }
    },
    measure() {
      const line = last === '' ? undefined : (JSON.parse(last) as { kind: string })
      return { bytes, end: line?.kind === 'end' ? (line as LineOf<'end'>) : undefined }
    },
  }
}

/** By compiled code. Bundles hold a key's signature in one form alone. */
const recover: RecoverSigner = (digest, signature) =>
  /^0x[0-9a-f]{128}1[bc]$/.test(signature) ? recoverAddress(digest, signature) : undefined
