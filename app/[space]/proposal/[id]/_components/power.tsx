'use client'
import { useInstallation } from '../../../../_components/installation'
import { AddressedText } from '../../../../_components/ui/addressed-text'
import { Amount } from '../../../../_components/ui/amount'
import { ErrorNotice } from '../../../../_components/ui/error-notice'
import { Notice } from '../../../../_components/ui/notice'
import { Loading, Skeleton } from '../../../../_components/ui/skeleton'
import { Time } from '../../../../_components/ui/time'
import { voteUnit } from '../../../../_components/vote-unit'
import type { VoteDraft } from './use-vote'

/** The reader's votes on this proposal, from where and at which block; and when there are none, why. */
export function Power({
  vote,
  symbol,
}: {
  readonly vote: Pick<VoteDraft, 'power'>
  readonly symbol: string
}) {
  const { chainName } = useInstallation()
  const { view, error, retry } = vote.power
  if (!view) {
    return error ? (
      <ErrorNotice what="Your votes could not be read." error={error} onRetry={retry} />
    ) : (
      <Loading>
        <Skeleton className="h-4 w-4/5" />
      </Loading>
    )
  }
  const block = (
    <>
      block {Number(view.block.number).toLocaleString('en')} of {chainName(view.block.chainId)},{' '}
      <Time at={view.block.timestamp} form="local" />
    </>
  )
  if (view.state === 'pending') {
    return (
      <Notice kind="wait" title="Your votes are not known yet">
        <p>{view.waitingFor ?? 'The chain does not answer at the moment.'}</p>
        <p>You can vote now: your ballot is kept, and counted as soon as they can be read.</p>
      </Notice>
    )
  }
  if (BigInt(view.total) === 0n) {
    return (
      <Notice kind="warn" title="You have no votes on this proposal">
        <p>
          <AddressedText text={view.whyZero ?? ''} plain />
        </p>
        <p className="mt-1 text-muted text-small">Read at {block}.</p>
      </Notice>
    )
  }
  return (
    <div>
      <p>
        You have{' '}
        <strong className="font-semibold">
          <Amount value={view.total} symbol={voteUnit(symbol, view.total)} />
        </strong>{' '}
        at {block}.
      </p>
      <details className="mt-1">
        <summary className="link inline-flex min-h-6 list-none items-center text-small [&::-webkit-details-marker]:hidden">
          Where they come from
        </summary>
        <ul className="mt-1.5 flex flex-col gap-1.5 text-small">
          {view.byStrategy.map(({ strategy, power }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a strategy may be listed twice, its position is fixed
            <li key={index} className="flex justify-between gap-3">
              <span className="min-w-0 text-muted">
                <AddressedText text={strategy.description} plain />
              </span>
              <Amount value={power} />
            </li>
          ))}
        </ul>
      </details>
    </div>
  )
}
