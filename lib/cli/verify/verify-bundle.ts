import { type AuditReport, auditBundle } from '../../core/audit/audit-bundle'
import type { Expected } from '../../core/audit/audit-options'
import type { CheckId } from '../../core/audit/findings'
import type { HexString } from '../../core/views/hex-string'
import { askPatiently } from './chain-questions'
import type { Known } from './known'
import { openChains } from './open-chains'
import type { VerifyOptions } from './options'

/** Checks that only a chain can answer. */
const onChains: readonly CheckId[] = ['contracts', 'chain']

/** What is known of a bundle from its log. */
interface FromLog {
  readonly expected: Expected
  /** Whether the log was held against a state that was seen before; undefined where no log was read. */
  readonly hasMemory: boolean | undefined
  /** The proposal whose messages were looked up in it. */
  readonly lookedUp: HexString | undefined
}

/** Audits a bundle's lines against files and nodes that were named, and what its log says. */
export async function verifyBundle(
  lines: AsyncIterable<string>,
  { rpc, logKeys, witnesses }: VerifyOptions,
  { recover, receipts, notes, progress }: Known,
  { expected, hasMemory, lookedUp }: FromLog,
): Promise<AuditReport> {
  const report = await auditBundle(lines, {
    ...(rpc.length > 0 && askPatiently(await openChains(rpc))),
    recover,
    onProgress: ({ messages }) => progress.show(`Auditing: ${messages.toLocaleString('en')} messages`),
    expected: {
      receipts,
      checkpoints: notes.map((note) => ({ note })),
      ...(witnesses && { witnesses }),
      ...expected,
      // Whoever names keys does not ask the server for others.
      ...(logKeys.length > 0 && { logKeys }),
    },
  })
  // Whoever names a node wants its answer: that there was none is no small thing.
  const checks = report.checks.map((check) => {
    const { id, status } = check
    if (rpc.length > 0 && onChains.includes(id) && status === 'open')
      return { ...check, status: 'failed' as const }
    if (hasMemory === false && id === 'history' && status === 'passed') {
      const detail = 'It agrees with the log as it is now. Nothing that was seen before was compared.'
      return { ...check, status: 'open' as const, detail }
    }
    if (id === 'completeness' && status === 'passed' && report.subject?.proposal !== lookedUp) {
      const detail = 'What was looked up in the log is not about this proposal.'
      return { ...check, status: 'open' as const, detail }
    }
    return check
  })
  return { ...report, checks, ok: checks.every(({ status }) => status !== 'failed') }
}
