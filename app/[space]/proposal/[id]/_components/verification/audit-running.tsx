'use client'
import type { AuditProgress } from '../../../../../../lib/client/audit-published'
import type { BundleView } from '../../../../../../lib/core/views/record-view'
import { Bar } from '../../../../../_components/ui/bar'
import { Button } from '../../../../../_components/ui/button'
import { fileSize } from '../../../../../_components/ui/file-size'
import { words } from '../../../../../_components/words'

/** How far an audit has come. */
export function AuditRunning({
  progress: { bytes, ballots },
  bundle,
  votes,
  onCancel,
}: {
  readonly progress: AuditProgress
  readonly bundle: BundleView
  /** Ballots that count; those they superseded are checked too. */
  readonly votes: number
  readonly onCancel: () => void
}) {
  const permille = Math.min(1000, Math.floor((bytes / Math.max(bundle.bytes, 1)) * 1000))
  return (
    <div>
      <div
        role="progressbar"
        aria-label="Checked"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(permille / 10)}
      >
        <Bar permille={permille} colour="bg-wait" />
      </div>
      <div className="mt-2 flex flex-wrap items-center justify-between gap-3">
        <p className="text-muted text-small tabular-nums">
          {ballots.toLocaleString('en')}
          {ballots <= votes && ` of ${votes.toLocaleString('en')}`} ballots checked · {fileSize(bytes)} of{' '}
          {fileSize(bundle.bytes)}
        </p>
        <Button onClick={onCancel}>{words.cancel}</Button>
      </div>
    </div>
  )
}
