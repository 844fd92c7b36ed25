import { Import } from 'lucide-react'
import type { OriginView } from '../../../lib/core/views/proposal-view'
import { hostOf } from '../ui/host-of'

/** That a proposal was copied, and from where. */
export function ImportedBadge({ origin }: { readonly origin: OriginView }) {
  return (
    <span className="inline-flex items-center gap-1 text-muted">
      <Import aria-hidden className="size-3.5" />
      Imported from {hostOf(origin.hub)}
    </span>
  )
}
