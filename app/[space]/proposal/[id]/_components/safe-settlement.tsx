'use client'
import { Check, CircleDashed } from 'lucide-react'
import { useMemo } from 'react'
import type { ExecutionView, ProposalView } from '../../../../../lib/core/views/proposal-view'
import type { SafeSettlementView, SettlementView } from '../../../../../lib/core/views/settlement-view'
import { Address } from '../../../../_components/ui/address'
import { Button } from '../../../../_components/ui/button'
import { CopyButton } from '../../../../_components/ui/copy-button'
import { ErrorNotice } from '../../../../_components/ui/error-notice'
import { Notice } from '../../../../_components/ui/notice'
import { Time } from '../../../../_components/ui/time'
import { words } from '../../../../_components/words'
import { useConnectDialog } from '../../../../_wallet/wallet-provider'
import { checkSafeTransaction } from './check-safe-transaction'
import { useSafeActions } from './use-safe-actions'

/** The Safe's transaction: who has confirmed it, what to compare with a device, the button that is due. */
export function SafeSettlement({
  proposal,
  settlement,
  safe,
  execution,
}: {
  readonly proposal: ProposalView
  readonly settlement: SettlementView
  readonly safe: SafeSettlementView
  readonly execution: ExecutionView
}) {
  const checked = useMemo(() => checkSafeTransaction(execution, safe), [execution, safe])
  const confirmed = safe.owners.filter(({ confirmedAt }) => confirmedAt !== null).length
  // In a conflict there is nothing to confirm until it is final: then a new transaction takes its place.
  const open = ['confirming', 'ready'].includes(settlement.state)
  const [former] = safe.superseded
  return (
    <div className="mt-4 flex flex-col gap-4 border-t pt-4">
      {checked.mismatches.length > 0 && (
        <Notice kind="bad" title="Do not sign this transaction">
          <p>
            Rebuilt in this browser from the calls that were voted on, it differs from what the server shows:{' '}
            {checked.mismatches.join(', ')}.
          </p>
        </Notice>
      )}
      <div>
        <h3 className="font-medium">
          {confirmed} of {safe.threshold} confirmations
        </h3>
        {settlement.state === 'confirming' && former && (
          <p className="mt-1 text-muted text-small">
            Nonce {former.nonce} went to another transaction of the Safe: what was confirmed for it counts no
            more. This one has nonce {safe.transaction.nonce}.
          </p>
        )}
        <ul className="mt-1.5 flex flex-col gap-1" aria-label="Owners">
          {safe.owners.map((owner) => (
            <li key={owner.address} className="flex items-center justify-between gap-2">
              <Address address={owner.address} copy={false} />
              {owner.confirmedAt === null ? (
                <span className="inline-flex items-center gap-1 text-muted text-small">
                  <CircleDashed aria-hidden className="size-3.5" /> not yet
                </span>
              ) : (
                <span className="inline-flex items-center gap-1 text-for text-small">
                  <Check aria-hidden className="size-3.5" /> <Time at={owner.confirmedAt} />
                </span>
              )}
            </li>
          ))}
        </ul>
      </div>
      {open && safe.obstacle !== null && (
        <Notice kind="warn" title="As things are, it would fail">
          <p>{safe.obstacle} Confirmations count all the same: it can run once that has changed.</p>
        </Notice>
      )}
      {open && checked.mismatches.length === 0 && (
        <Actions proposal={proposal} safe={safe} checked={checked} />
      )}
      <details>
        <summary className="link inline-flex min-h-6 list-none items-center text-small [&::-webkit-details-marker]:hidden">
          Compare with your device
        </summary>
        <dl className="mt-2 flex flex-col gap-2 text-small">
          <Hash
            name="Safe transaction hash"
            value={safe.safeTxHash}
            same={checked.hashes.safeTxHash === safe.safeTxHash}
          />
          <Hash
            name="Domain hash"
            value={safe.domainHash}
            same={checked.hashes.domainHash === safe.domainHash}
          />
          <Hash
            name="Message hash"
            value={safe.messageHash}
            same={checked.hashes.messageHash === safe.messageHash}
          />
          <div>
            <dt className="text-muted">Nonce</dt>
            <dd>
              {safe.transaction.nonce} of Safe {safe.version}
            </dd>
          </div>
          {safe.superseded.map((attempt) => (
            <div key={attempt.safeTxHash}>
              <dt className="text-muted">Superseded, nonce {attempt.nonce}</dt>
              <dd className="break-all font-mono">{attempt.safeTxHash}</dd>
            </div>
          ))}
        </dl>
      </details>
    </div>
  )
}

function Hash({
  name,
  value,
  same,
}: {
  readonly name: string
  readonly value: string
  readonly same: boolean
}) {
  return (
    <div>
      <dt className="flex items-center gap-1 text-muted">
        {name} <CopyButton text={value} label={name.toLowerCase()} />
        <span className={same ? 'ml-auto text-for' : 'ml-auto text-against'}>
          {same ? 'recomputed here: same' : 'recomputed here: different'}
        </span>
      </dt>
      <dd className="break-all font-mono">{value}</dd>
    </div>
  )
}

function Actions({
  proposal,
  safe,
  checked,
}: {
  readonly proposal: ProposalView
  readonly safe: SafeSettlementView
  readonly checked: ReturnType<typeof checkSafeTransaction>
}) {
  const actions = useSafeActions(proposal.id, safe, checked)
  const openConnect = useConnectDialog()
  const { address, doing, failure } = actions
  const own = safe.owners.find((owner) => owner.address === address)
  const executable = safe.executeData !== null
  return (
    <div className="flex flex-col gap-2" aria-live="polite">
      {address === null ? (
        <Button look="primary" onClick={openConnect}>
          {words.connectWallet}
        </Button>
      ) : executable ? (
        <Button look="primary" disabled={doing !== null} onClick={actions.execute}>
          Execute
        </Button>
      ) : own?.confirmedAt === null ? (
        <Button look="primary" disabled={doing !== null} onClick={actions.confirm}>
          Confirm
        </Button>
      ) : (
        <p className="text-muted">
          {own ? 'You have confirmed. Waiting for another owner.' : 'Connect one of the owners to confirm.'}
        </p>
      )}
      {executable && own?.confirmedAt === null && (
        <p className="text-muted text-small">
          Enough owners have confirmed; your confirmation is not needed.
        </p>
      )}
      {doing && <p className="text-wait">{doing}</p>}
      {failure !== null && <ErrorNotice {...failure} />}
    </div>
  )
}
