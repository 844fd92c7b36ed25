import { type AuditReport, auditBundle } from '../../core/audit/audit-bundle'
import type { Expected } from '../../core/audit/audit-options'
import type { CheckId } from '../../core/audit/findings'
import { askPatiently } from './chain-questions'
import type { Known } from './known'
import { openChains } from './open-chains'
import type { VerifyOptions } from './options'

/** Checks that only a chain can answer. */
const onChains: readonly CheckId[] = ['contracts', 'chain']

/** Audits a bundle's lines against files and nodes that were named, and `more` that is known of its log. */
export async function verifyBundle(
  lines: AsyncIterable<string>,
  { rpc, logKey, witnesses }: VerifyOptions,
  { recover, receipts, notes, progress }: Known,
  more: Expected,
): Promise<AuditReport> {
  const report = await auditBundle(lines, {
    ...(rpc.length > 0 && askPatiently(await openChains(rpc))),
    recover,
    onProgress: ({ messages }) => progress.show(`Auditing: ${messages.toLocaleString('en')} messages`),
    expected: {
      receipts,
      checkpoints: notes.map((note) => ({ note })),
      ...(logKey !== undefined && { logKeys: [logKey] }),
      ...(witnesses && { witnesses }),
      ...more,
    },
  })
  // Whoever names a node wants its answer: that there was none is no small thing.
  const checks = report.checks.map((check) =>
    rpc.length > 0 && onChains.includes(check.id) && check.status === 'open'
      ? { ...check, status: 'failed' as const }
      : check,
  )
  return { ...report, checks, ok: checks.every(({ status }) => status !== 'failed') }
}
