import { CheckCheck, CircleCheck, CircleDot, CircleSlash, CircleX, Clock, Sigma } from 'lucide-react'
import type { ProposalState } from '../../../lib/core/views/proposal-view'
import { classNames } from '../ui/class-names'
import { words } from '../words'

const looks = {
  pending: { icon: Clock, look: 'text-wait' },
  active: { icon: CircleDot, look: 'text-for' },
  closing: { icon: Sigma, look: 'text-wait' },
  passed: { icon: CircleCheck, look: 'text-for' },
  rejected: { icon: CircleX, look: 'text-against' },
  'quorum-missed': { icon: CircleSlash, look: 'text-muted' },
  executed: { icon: CheckCheck, look: 'text-for' },
} as const satisfies Record<ProposalState, unknown>

/** A proposal's state: a word with its sign. */
export function StateBadge({ state }: { readonly state: ProposalState }) {
  const { icon: Icon, look } = looks[state]
  return (
    <span className={classNames('inline-flex items-center gap-1.5 whitespace-nowrap font-medium', look)}>
      <Icon aria-hidden className="size-4" />
      {words.states[state]}
    </span>
  )
}
