import { CircleCheck, CircleHelp, Clock, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { OriginView } from '../../../../../lib/core/views/proposal-view'
import { ExternalLink } from '../../../../_components/ui/external-link'
import { hostOf } from '../../../../_components/ui/host-of'
import { Panel } from '../../../../_components/ui/panel'
import { Time } from '../../../../_components/ui/time'

/** Of an imported proposal: from where, and what of it this server has checked and what it could not. */
export function OriginPanel({ origin }: { readonly origin: OriginView }) {
  const { checked, unchecked } = origin.signatures
  return (
    <Panel title="Where this comes from">
      <p>
        Copied from <ExternalLink href={origin.hub}>{hostOf(origin.hub)}</ExternalLink>{' '}
        <Time at={origin.importedAt} />. Its powers are the hub’s word: this server did not read them from a
        chain.
      </p>
      <ul className="mt-3 flex flex-col gap-2">
        {checked > 0 && (
          <Finding kind="good">
            {count(checked, 'ballot')}: the signature was checked here, and is the voter’s.
          </Finding>
        )}
        {unchecked > 0 && (
          <Finding kind="open">
            {count(unchecked, 'ballot')}: the signature could not be checked here.
          </Finding>
        )}
        {origin.leftOut > 0 && (
          <Finding kind="bad">
            {count(origin.leftOut, 'ballot')} of the hub {origin.leftOut === 1 ? 'was' : 'were'} left out: the
            signature is not the voter’s, or the ballot not what was signed.
          </Finding>
        )}
        <Recount origin={origin} />
      </ul>
    </Panel>
  )
}

function Recount({ origin: { recount, differences } }: { readonly origin: OriginView }) {
  switch (recount) {
    case 'agrees':
      return <Finding kind="good">The ballots here, counted anew, come to the hub’s result.</Finding>
    case 'impossible':
      return (
        <Finding kind="open">
          Not counted anew: its voting system is not part of this installation. The figures are the hub’s.
        </Finding>
      )
    case 'pending':
      return <Finding kind="wait">Not counted anew yet: its ballots are still being copied.</Finding>
    case 'differs':
      return (
        <Finding kind="bad">
          The ballots here, counted anew, do not come to the hub’s result:
          <ul className="mt-1 list-disc pl-5">
            {differences.map((difference) => (
              <li key={difference} className="break-words">
                {difference}
              </li>
            ))}
          </ul>
        </Finding>
      )
  }
}

const marks = {
  good: { icon: CircleCheck, look: 'text-for' },
  open: { icon: CircleHelp, look: 'text-muted' },
  wait: { icon: Clock, look: 'text-wait' },
  bad: { icon: TriangleAlert, look: 'text-warn' },
} as const

function Finding({ kind, children }: { readonly kind: keyof typeof marks; readonly children: ReactNode }) {
  const { icon: Icon, look } = marks[kind]
  return (
    <li className="flex items-start gap-2">
      <Icon aria-hidden className={`mt-0.5 size-4.5 shrink-0 ${look}`} />
      <span className="min-w-0 flex-1">{children}</span>
    </li>
  )
}

function count(number: number, what: string): string {
  return `${number.toLocaleString('en')} ${number === 1 ? what : `${what}s`}`
}
