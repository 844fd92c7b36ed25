'use client'
import { TriangleAlert } from 'lucide-react'
import { Fragment } from 'react'
import type { HexString } from '../../../../lib/core/views/hex-string'
import type { TallyModuleView } from '../../../../lib/core/views/treasury-view'
import { useInstallation } from '../../../_components/installation'
import { describeConfig } from '../../../_components/treasury/describe-config'
import { Address } from '../../../_components/ui/address'
import { AddressedText } from '../../../_components/ui/addressed-text'
import { CopyButton } from '../../../_components/ui/copy-button'
import { Notice } from '../../../_components/ui/notice'
import { Panel } from '../../../_components/ui/panel'
import { Time } from '../../../_components/ui/time'
import { useHydrated } from '../../../_components/ui/use-hydrated'
import { useNow } from '../../../_components/ui/use-now'

/** A tally module: who is who in it, and its config in words. */
export function TallyModule({
  address,
  tally,
  chainId,
  decimals,
}: {
  readonly address: HexString
  readonly tally: TallyModuleView
  readonly chainId: number
  readonly decimals: number
}) {
  const { coin } = useInstallation()
  const { config, configHash, obstacles } = tally
  return (
    <Panel title="Tally module">
      <p className="max-w-reading">
        The contract <Address address={address} /> has the Safe make the calls of a proposal once it has
        checked the signature and the votes of every ballot, and the rule below is met. Its code is what this
        installation knows, byte for byte.
      </p>
      {obstacles.length > 0 && (
        <Notice kind="warn" title="Proposals of this space cannot be settled by it" className="mt-3">
          <ul className="list-disc pl-4">
            {obstacles.map((obstacle) => (
              <li key={obstacle}>
                <AddressedText text={obstacle} plain />
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <dl className="mt-3 grid gap-x-6 border-t pt-3 sm:grid-cols-[9.5rem_minmax(0,1fr)] sm:gap-y-2 [&>dd]:min-w-0 max-sm:[&>dd]:mb-2.5 [&>dt]:text-muted">
        <dt>Operator</dt>
        <dd>
          <Address address={config.operator} /> commits each tally
        </dd>
        <dt>Guardian</dt>
        <dd>
          <Guardian guardian={config.guardian} />
        </dd>
        {describeConfig(tally, { decimals, coin: coin(chainId) }).map(({ name, text, isBad }) => (
          <Fragment key={name}>
            <dt className={isBad ? 'font-medium text-against!' : undefined}>{name}</dt>
            <dd className={isBad ? 'text-against' : undefined}>
              {isBad && <TriangleAlert aria-hidden className="mr-1.5 inline size-4 align-[-3px]" />}
              <AddressedText text={text} plain />
            </dd>
          </Fragment>
        ))}
        <dt>Config hash</dt>
        <dd className="flex items-center">
          <span className="min-w-0 truncate font-mono">{configHash}</span>
          <CopyButton text={configHash} label="config hash" />
        </dd>
      </dl>
      <p className="mt-2 text-muted text-small">
        Only the Safe can change the config. A proposal is settled under the one that it was registered with.
      </p>
    </Panel>
  )
}

function Guardian({ guardian }: Pick<TallyModuleView['config'], 'guardian'>) {
  const now = useNow(10)
  const hydrated = useHydrated()
  if (!guardian) return 'nobody'
  if (hydrated && guardian.until <= now) {
    return (
      <>
        nobody any more: the time of <Address address={guardian.address} /> was over{' '}
        <Time at={guardian.until} form="local" />
      </>
    )
  }
  return (
    <>
      <Address address={guardian.address} /> may veto, and pause once, until{' '}
      <Time at={guardian.until} form="local" />
    </>
  )
}
