'use client'
import { useId } from 'react'
import type { ModuleSettlementView, NextAct } from '../../../../../lib/core/views/settlement-view'
import { Address } from '../../../../_components/ui/address'
import { Button } from '../../../../_components/ui/button'
import { ErrorNotice } from '../../../../_components/ui/error-notice'
import { Time } from '../../../../_components/ui/time'
import { useHydrated } from '../../../../_components/ui/use-hydrated'
import { useNow } from '../../../../_components/ui/use-now'
import { words } from '../../../../_components/words'
import { useConnectDialog } from '../../../../_wallet/wallet-provider'
import { type Availability, actAvailability, actWords, whoElse } from './act-availability'
import { useAct } from './use-act'

/** The next step on chain: what it does, who does it, and the button for whoever does not want to wait. */
export function Act({
  proposal,
  next,
  module,
}: {
  readonly proposal: string
  readonly next: NextAct
  readonly module: ModuleSettlementView
}) {
  const { address, doing, failure, run } = useAct(proposal, module)
  const openConnect = useConnectDialog()
  const note = useId()
  const hydrated = useHydrated()
  const ticking = useNow()
  // Server and browser start from the same moment.
  const now = hydrated ? ticking : module.readAt.timestamp
  const availability = actAvailability(next, address, now)
  const { button, effect } = actWords[next.act]
  const free = availability.state === 'now' || availability.state === 'connect'
  const { proof } = module
  return (
    <div className="mt-3 flex flex-col gap-2 border-t pt-3">
      <p className="text-small">
        {effect} <span className="text-muted">{whoElse(next)}</span>
        {next.transactions > 1 && ` It takes ${next.transactions} transactions.`}
      </p>
      <Button
        look={free && (!next.isAutomatic || next.act === 'register') ? 'primary' : 'secondary'}
        disabled={!free || doing !== null}
        aria-describedby={note}
        onClick={availability.state === 'connect' ? openConnect : () => run(next)}
      >
        {availability.state === 'connect' ? `${words.connectWallet} to ${button.toLowerCase()}` : button}
      </Button>
      <div id={note} className="flex flex-col gap-1 text-small">
        <Unavailable availability={availability} />
        {free && next.until !== null && (
          <p className="text-muted">
            Possible until <Time at={next.until} form="local" />, <Time at={next.until} form="left" />.
          </p>
        )}
      </div>
      <div aria-live="polite">
        {proof && next.act === 'prove' && (doing !== null || next.transactions > 1) && (
          <p className="tabular-nums">
            {proof.checked.toLocaleString('en')} of {proof.count.toLocaleString('en')}{' '}
            {proof.count === 1 ? 'ballot' : 'ballots'} checked
          </p>
        )}
        {doing && <p className="text-wait">{doing}</p>}
      </div>
      {failure !== null && (
        <ErrorNotice
          what={`${button}: the transaction did not go through.`}
          error={failure}
          onRetry={() => run(next)}
        />
      )}
    </div>
  )
}

function Unavailable({ availability }: { readonly availability: Availability }) {
  if (availability.state === 'early') {
    return (
      <p className="text-muted">
        Possible <Time at={availability.from} form="both" />.
      </p>
    )
  }
  if (availability.state === 'late') {
    return (
      <p className="text-against">
        The time for it was over <Time at={availability.until} form="both" />.
      </p>
    )
  }
  if (availability.state === 'not-yours') {
    return (
      <p className="flex flex-wrap items-center gap-x-1.5 text-muted">
        Only the operator may: <Address address={availability.sender} />
      </p>
    )
  }
  return null
}
