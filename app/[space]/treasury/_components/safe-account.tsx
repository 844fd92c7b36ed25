'use client'
import { useId } from 'react'
import type { SafeAccountView } from '../../../../lib/core/views/treasury-view'
import { useInstallation } from '../../../_components/installation'
import { Address } from '../../../_components/ui/address'
import { AddressedText } from '../../../_components/ui/addressed-text'
import { Notice } from '../../../_components/ui/notice'
import { Panel } from '../../../_components/ui/panel'
import { Time } from '../../../_components/ui/time'
import { Powers } from './powers'
import { TallyModule } from './tally-module'
import { whoCouldWhat } from './who-could-what'

/** One Safe: its owners, its modules, its guard, and what each could do if it turned evil. */
export function SafeAccount({
  account,
  decimals,
}: {
  readonly account: SafeAccountView
  readonly decimals: number
}) {
  const { chainName } = useInstallation()
  const heading = useId()
  const { name, chainId, address, problem, readAt, version, owners, threshold, guard, modules } = account
  return (
    <section aria-labelledby={heading} className="flex flex-col gap-4">
      <div>
        <h2 id={heading} className="font-semibold text-section">
          {name}
        </h2>
        <p className="flex flex-wrap items-center gap-x-1.5 text-muted">
          <Address address={address} />
          <span>
            on {chainName(chainId)}
            {version && `, Safe ${version}`}
          </span>
          {readAt && (
            <span className="text-small">
              · read at block {Number(readAt.block).toLocaleString('en')}, <Time at={readAt.timestamp} />
            </span>
          )}
        </p>
      </div>
      {problem !== null ? (
        <Notice kind="warn" title="Nobody can say now who can move it">
          <p>
            <AddressedText text={problem} plain />
          </p>
        </Notice>
      ) : (
        <>
          <Panel title="Owners">
            <p>
              Any {threshold} of these {owners.length} can have the Safe do anything, at once and without a
              vote.
            </p>
            <ul className="mt-2 grid gap-x-6 gap-y-1 sm:grid-cols-2">
              {owners.map((owner) => (
                <li key={owner} className="min-w-0">
                  <Address address={owner} />
                </li>
              ))}
            </ul>
            <p className="mt-3 border-t pt-3">
              {guard ? (
                <span className="flex flex-wrap items-center gap-x-1.5">
                  A guard, <Address address={guard} />, may refuse the owners’ transactions. A module’s are
                  not shown to it before Safe 1.5.
                </span>
              ) : (
                'No guard: nothing looks at a transaction before the Safe makes it.'
              )}
            </p>
          </Panel>
          {modules.length === 0 && (
            <Panel title="Modules">
              <p>None: nobody but the owners can move it, and no vote binds them.</p>
            </Panel>
          )}
          {modules.map((module) =>
            module.tally ? (
              <TallyModule
                key={module.address}
                address={module.address}
                tally={module.tally}
                chainId={chainId}
                decimals={decimals}
              />
            ) : (
              <Panel key={module.address} title="Unknown module">
                <Notice kind="bad" title="It can move everything, alone">
                  <p className="flex flex-wrap items-center gap-x-1.5">
                    <Address address={module.address} /> is enabled on the Safe, and its code is none that is
                    known here.
                  </p>
                </Notice>
              </Panel>
            ),
          )}
          <Powers rows={whoCouldWhat(account)} />
        </>
      )}
    </section>
  )
}
