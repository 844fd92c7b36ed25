'use client'
import type { ReactNode } from 'react'
import type { ProposalView } from '../../../../../lib/core/views/proposal-view'
import type { ModuleSettlementView } from '../../../../../lib/core/views/settlement-view'
import { tokenDecimals } from '../../../../_components/treasury/token-decimals'
import { Address } from '../../../../_components/ui/address'
import { Amount } from '../../../../_components/ui/amount'
import { CopyButton } from '../../../../_components/ui/copy-button'
import { Time } from '../../../../_components/ui/time'
import { isSameResult } from './committed-result'
import { LookAgain } from './look-again'

/** What the module says, for comparing with an explorer or another server. */
export function ModuleDetails({
  proposal,
  module,
}: {
  readonly proposal: ProposalView
  readonly module: ModuleSettlementView
}) {
  const { commitment, times } = module
  const decimals = tokenDecimals(proposal)
  return (
    <details className="mt-3 border-t pt-3">
      <summary className="link inline-flex min-h-6 list-none items-center text-small [&::-webkit-details-marker]:hidden">
        Details and comparison
      </summary>
      <dl className="mt-2 flex flex-col gap-2 text-small [&_dt]:text-muted">
        <Row name="Module">
          <Address address={module.address} />
        </Row>
        <Row name="Safe it acts for">
          <Address address={module.safe} />
        </Row>
        <Row name="Operator, who alone commits">
          <Address address={module.operator} />
          {module.keeper === module.operator && (
            <span className="text-muted"> this installation’s keeper</span>
          )}
        </Row>
        {module.keeper !== module.operator && (
          <Row name="Keeper of this installation">
            {module.keeper ? <Address address={module.keeper} /> : 'none: every step waits for a person'}
          </Row>
        )}
        {module.guardian && (
          <Row name="Guardian, who can stop and never pay">
            <Address address={module.guardian.address} /> until{' '}
            <Time at={module.guardian.until} form="local" />
          </Row>
        )}
        <Hash name="Config" value={module.configHash} />
        {module.timepoint !== null && <Row name="Votes are read at timepoint">{module.timepoint}</Row>}
        {module.totalPower !== null && (
          <Row name="All votes there are">
            <Amount value={module.totalPower} decimals={decimals} symbol={proposal.symbol} />
          </Row>
        )}
        {commitment && (
          <>
            <Hash
              name="Commitment"
              value={commitment.root}
              verdict={
                commitment.isOurs === null
                  ? null
                  : {
                      same: commitment.isOurs,
                      label: `computed here: ${commitment.isOurs ? 'same' : 'different'}`,
                    }
              }
            />
            <Row name="Committed">
              {commitment.count.toLocaleString('en')} {commitment.count === 1 ? 'ballot' : 'ballots'},{' '}
              <Time at={commitment.at} form="local" />
            </Row>
            <div>
              <dt className="flex gap-2">
                Committed totals
                {proposal.outcome && <Verdict totals={commitment.totals} proposal={proposal} />}
              </dt>
              <dd>
                {commitment.totals.map((total, index) => (
                  <span key={proposal.choices[index]} className="flex justify-between gap-3">
                    {proposal.choices[index]} <Amount value={total} decimals={decimals} />
                  </span>
                ))}
              </dd>
            </div>
          </>
        )}
        {times.commitUntil !== null && commitment === null && module.state !== 'unknown' && (
          <Row name="Last moment to commit">
            <Time at={times.commitUntil} form="local" />
          </Row>
        )}
        {times.executableFrom !== null && times.executableUntil !== null && module.state !== 'rejected' && (
          <Row name="Can be executed">
            from <Time at={times.executableFrom} form="local" /> until{' '}
            <Time at={times.executableUntil} form="local" />
          </Row>
        )}
        <Row name="Read">
          at block {Number(module.readAt.block).toLocaleString('en')}, <Time at={module.readAt.timestamp} />
        </Row>
      </dl>
      <LookAgain proposal={proposal.id} />
    </details>
  )
}

function Row({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  )
}

function Hash({
  name,
  value,
  verdict = null,
}: {
  readonly name: string
  readonly value: string
  readonly verdict?: { readonly same: boolean; readonly label: string } | null
}) {
  return (
    <div>
      <dt className="flex items-center gap-1">
        {name} <CopyButton text={value} label={name.toLowerCase()} />
        {verdict && (
          <span className={verdict.same ? 'ml-auto text-for' : 'ml-auto text-against'}>{verdict.label}</span>
        )}
      </dt>
      <dd className="break-all font-mono">{value}</dd>
    </div>
  )
}

function Verdict({
  totals,
  proposal,
}: {
  readonly totals: readonly string[]
  readonly proposal: ProposalView
}) {
  const same = isSameResult(totals, proposal)
  return (
    <span className={same ? 'ml-auto text-for' : 'ml-auto text-against'}>
      result shown here: {same ? 'same' : 'different'}
    </span>
  )
}
