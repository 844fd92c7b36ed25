'use client'
import Link from 'next/link'
import type { ExecutionView, ProposalView } from '../../../../../lib/core/views/proposal-view'
import type {
  BrakeView,
  ModuleSettlementView,
  SettlementView,
} from '../../../../../lib/core/views/settlement-view'
import { Address } from '../../../../_components/ui/address'
import { AddressedText } from '../../../../_components/ui/addressed-text'
import { CopyButton } from '../../../../_components/ui/copy-button'
import { Notice } from '../../../../_components/ui/notice'
import { Time } from '../../../../_components/ui/time'
import { useHydrated } from '../../../../_components/ui/use-hydrated'
import { useNow } from '../../../../_components/ui/use-now'
import { words } from '../../../../_components/words'
import { useWallet } from '../../../../_wallet/use-wallet'
import { Act } from './act'
import { Brakes } from './brakes'
import { Demand } from './demand'
import { LookAgain } from './look-again'
import { isPaused, moduleAlert } from './module-alert'
import { ModuleDetails } from './module-details'
import { SettlementSteps } from './settlement-steps'

/** A proposal's way through its tally module: where it is, what stops it, what anybody can do about it. */
export function ModuleSettlement({
  proposal,
  settlement,
  module,
  execution,
}: {
  readonly proposal: ProposalView
  readonly settlement: SettlementView
  readonly module: ModuleSettlementView
  readonly execution: ExecutionView
}) {
  const { state, reason, next, steps } = settlement
  const hydrated = useHydrated()
  const ticking = useNow()
  // Server and browser start from the same moment.
  const now = hydrated ? ticking : module.readAt.timestamp
  const alert = moduleAlert(settlement, now)
  const pause = isPaused(module, now) ? module.pause : null
  const brake = module.veto ?? pause
  const { address } = useWallet()
  const failed = proposal.state === 'rejected' || proposal.state === 'quorum-missed'
  const canBeDemanded = failed && module.state === 'awaiting-tally' && !module.isDemanded
  return (
    <>
      <div aria-live="polite" className="flex flex-col gap-2">
        {alert ? (
          <Notice kind={alert.kind} title={alert.title}>
            {alert.text && (
              <p>
                <AddressedText text={alert.text} plain />
              </p>
            )}
            {brake && <Brake brake={brake} until={module.veto ? undefined : pause?.until} />}
            {state === 'blocked' && <LookAgain proposal={proposal.id} />}
          </Notice>
        ) : (
          <p>
            <AddressedText text={reason ?? words.settlement[state]} plain />
          </p>
        )}
        {module.commitment?.isOurs === false && (
          <Notice kind="bad" title="Another tally was committed than the one computed here">
            <p>
              The operator left ballots out, or holds others than this server. The module proves only that
              every committed ballot is genuine. Look at the details below before anything is executed.
            </p>
          </Notice>
        )}
        {module.isHidden && (
          <Notice kind="warn" title="Hidden here by a moderator">
            <p>The module knows nothing of that: on chain the proposal goes on.</p>
          </Notice>
        )}
        {!module.isConfigCurrent && state !== 'unregistered' && (
          <Notice title="The module’s config has changed since">
            <p>This proposal is settled under the one that it was registered with.</p>
          </Notice>
        )}
      </div>
      <SettlementSteps steps={steps} chainId={execution.chainId} />
      {next && (!canBeDemanded || next.sender === address) && (
        <Act proposal={proposal.id} next={next} module={module} />
      )}
      {canBeDemanded && <Demand proposal={proposal.id} />}
      {module.isDemanded && module.commitment === null && (
        <p className="mt-3 text-muted text-small">
          The tally was asked for: it is to be committed and proved.
        </p>
      )}
      <Brakes proposal={proposal.id} module={module} />
      <ModuleDetails proposal={proposal} module={module} />
      <p className="mt-2 text-small">
        <Link href={`/${proposal.space}/treasury`} className="link inline-flex min-h-6 items-center">
          Who can move this treasury
        </Link>
      </p>
    </>
  )
}

/** Who braked, when and why. */
function Brake({ brake, until }: { readonly brake: BrakeView; readonly until: number | undefined }) {
  return (
    <div className="mt-1 flex flex-col gap-1">
      <p className="flex flex-wrap items-center gap-x-1.5">
        By <Address address={brake.by} copy={false} />
        {/* Read aloud when it appears: no time that ticks. */}
        <Time at={brake.at} form="local" />
        {until !== undefined && (
          <span>
            until <Time at={until} form="local" />
          </span>
        )}
      </p>
      {brake.reason === null ? (
        <p className="flex flex-wrap items-center text-muted text-small">
          The reason is not published here. Its hash is{' '}
          <span className="ml-1 font-mono">{brake.reasonHash.slice(0, 10)}…</span>
          <CopyButton text={brake.reasonHash} label="hash of the reason" />
        </p>
      ) : (
        <p className="whitespace-pre-line break-words border-l-2 pl-3">{brake.reason}</p>
      )}
      <p className="flex items-center text-muted text-small">
        Transaction <span className="ml-1 font-mono">{brake.transactionHash.slice(0, 10)}…</span>
        <CopyButton text={brake.transactionHash} label="transaction hash" />
      </p>
    </div>
  )
}
